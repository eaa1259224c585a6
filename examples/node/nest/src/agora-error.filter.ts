// Who is at fault says what to answer; what is wrong with the server is for its log alone.

import { ArgumentsHost, Catch, ExceptionFilter, Logger } from '@nestjs/common'
import { AgoraTokenError, VerificationError } from 'agora-token-native'
import type { Response } from 'express'

const STATUS = { caller: 400, configuration: 500, system: 503 }

function statusOf(error: AgoraTokenError): number {
    if (!(error instanceof VerificationError)) return STATUS[error.fault]
    return ['CHANNEL_MISMATCH', 'USER_MISMATCH'].includes(error.code) ? 403 : 401
}

@Catch(AgoraTokenError)
export class AgoraErrorFilter implements ExceptionFilter<AgoraTokenError> {
    readonly #log = new Logger(AgoraErrorFilter.name)

    catch(error: AgoraTokenError, host: ArgumentsHost): void {
        const status = statusOf(error)
        if (status >= 500) this.#log.error(error)
        const { code, message } = error
        const body = status < 500 ? { error: message, code } : { error: 'something is wrong here' }
        host.switchToHttp().getResponse<Response>().status(status).json(body)
    }
}
