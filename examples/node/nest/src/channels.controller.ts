import {
    BadRequestException,
    Body,
    Controller,
    ForbiddenException,
    Get,
    Header,
    Headers,
    HttpCode,
    Param,
    Post,
    UseGuards,
} from '@nestjs/common'
import { IssuedToken, Issuer, Verifier } from 'agora-token-native'

import { CurrentSession, SessionGuard, type Session } from './session.guard.js'

@Controller('channels/:channel')
@UseGuards(SessionGuard)
export class ChannelsController {
    constructor(
        private readonly issuer: Issuer,
        private readonly verifier: Verifier,
    ) {}

    /** The token with which the caller joins, with the times at which to renew it. */
    @Post('token')
    @HttpCode(200)
    @Header('Cache-Control', 'no-store')
    token(@Param('channel') channel: string, @CurrentSession() { user, hosts }: Session): IssuedToken {
        const role = hosts.includes(channel) ? 'publisher' : 'subscriber'
        return this.issuer.issue({ channel, user, role, rtm: true, lifetime: 3600 })
    }

    /** For who holds a token of that channel. */
    @Get('recording')
    recording(
        @Param('channel') channel: string,
        @Headers('agora-token') token: string | undefined,
        @CurrentSession() { user }: Session,
    ): { url: string } {
        this.verifier.verify(token ?? '', { channel, user })
        return { url: `/recordings/${encodeURIComponent(channel)}.mp4` }
    }

    /** A token for each of many users, or why there is none: off the event loop, and one bad user keeps out nobody else. */
    @Post('invitations')
    @HttpCode(200)
    @Header('Cache-Control', 'no-store')
    async invitations(
        @Param('channel') channel: string,
        @CurrentSession() { hosts }: Session,
        @Body() body: { users?: unknown } | undefined,
    ): Promise<object[]> {
        if (!hosts.includes(channel)) throw new ForbiddenException('for hosts')
        const users = body?.users
        if (!Array.isArray(users)) throw new BadRequestException('users must be a list')
        const rows = await this.issuer.issueMany(users, { channel, role: 'subscriber', lifetime: 7200 })
        return rows.map(({ token, error }, row) => {
            const user: unknown = users[row]
            return error ? { user, error: error.message } : { user, token }
        })
    }
}
