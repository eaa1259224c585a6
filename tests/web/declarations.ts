// Compiled only: what users of token-renewer.js write in TypeScript, and what the compiler keeps them from.

import {
    TokenRenewer,
    type Consequence,
    type TokenAnswer,
    type TokenRenewerOptions,
} from '../../examples/web/token-renewer.js'

declare const session: { fresh(): Promise<string>; renewed(signal: AbortSignal): Promise<string> }
declare const client: { join(token: string): Promise<number>; renewToken(token: string): Promise<void> }

const required = {
    async fetchToken(signal: AbortSignal, authorization: string | undefined): Promise<TokenAnswer> {
        const response = await fetch('/token', {
            method: 'POST',
            signal,
            headers: { authorization: authorization ?? '' },
        })
        return response.json()
    },
    join: (token: string) => client.join(token),
    renewToken: (token: string) => client.renewToken(token),
    onError(error: unknown, { final, retryIn }: Consequence) {
        console.log(error, final ? 'over' : retryIn.toFixed(1))
    },
} satisfies TokenRenewerOptions

const renewer = new TokenRenewer({
    ...required,
    authorization: (refusal, signal) => (refusal === undefined ? session.fresh() : session.renewed(signal)),
    join: async (token, signal) => {
        await client.join(token)
        signal.throwIfAborted()
    },
    onWarning: warning => console.warn(warning.length),
    joinTimeout: 20,
})
const started: Promise<void> = renewer.start()
renewer.renew()
renewer.rejoin()
renewer.stop()

// What issued tokens are as JSON.
const answers: TokenAnswer[] = [
    { token: '007' },
    { token: '007', issuedAt: 1, expiresAt: 41, refreshAfter: 11 },
    { token: '007', issuedAt: 1, expiresAt: 41, refreshAfter: null, serverTime: 1 },
]

// @ts-expect-error a renewer cannot do without onError
new TokenRenewer({ fetchToken: required.fetchToken, join: required.join, renewToken: required.renewToken })
// @ts-expect-error there is no such option
new TokenRenewer({ ...required, timeOut: 3 })
// @ts-expect-error seconds are numbers
new TokenRenewer({ ...required, timeout: '3s' })
// @ts-expect-error times are numbers
const iso: TokenAnswer = { token: '007', expiresAt: '2023-11-14T22:14:00Z' }
// @ts-expect-error what an answer is without a token
const none: TokenAnswer = { expiresAt: 41 }
// @ts-expect-error nothing inside is for others
renewer.attempt()

export { answers, iso, none, started }
