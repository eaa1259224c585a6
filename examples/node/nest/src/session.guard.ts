// Who is logged in, as the JWT of a request says: `sub` is the user, `hosts` the channels in which the user publishes.

import { CanActivate, ExecutionContext, Injectable, UnauthorizedException, createParamDecorator } from '@nestjs/common'
import { User } from 'agora-token-native'
import type { Request } from 'express'
import { jwtVerify } from 'jose'

export interface Session {
    user: User
    hosts: string[]
}

type WithSession = Request & { session?: Session }

@Injectable()
export class SessionGuard implements CanActivate {
    readonly #secret: Uint8Array

    constructor() {
        const { SESSION_SECRET } = process.env
        if (!SESSION_SECRET) throw new Error('set SESSION_SECRET')
        this.#secret = new TextEncoder().encode(SESSION_SECRET)
    }

    async canActivate(context: ExecutionContext): Promise<boolean> {
        const request = context.switchToHttp().getRequest<WithSession>()
        const [, jwt = ''] = /^Bearer (.*)$/.exec(request.headers.authorization ?? '') ?? []
        try {
            const options = { algorithms: ['HS256'], requiredClaims: ['sub', 'exp'] }
            const { payload } = await jwtVerify(jwt, this.#secret, options)
            const hosts = Array.isArray(payload['hosts']) ? payload['hosts'].map(String) : []
            // A number is a uid, any other text an account: never one for the other.
            request.session = { user: User.from(payload.sub), hosts }
        } catch {
            throw new UnauthorizedException('log in first')
        }
        return true
    }
}

/** The session of a request that passed the guard. */
export const CurrentSession = createParamDecorator(
    (_: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<WithSession>().session,
)
