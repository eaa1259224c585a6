/**
 * Asks a token server for a token. Both functions answer what a TokenRenewer takes, and throw what it understands.
 *
 * A server that asks who is calling wants the JWT of the app's session as `authorization`, "Bearer ..."; a TokenRenewer
 * hands over what its option of that name gives.
 *
 * @module
 */

/** @import { TokenAnswer } from './token-renewer.js' */

/**
 * @typedef {object} Caller
 * @property {string} channel
 * @property {number} uid 1 to 2^32-1
 * @property {'publisher' | 'subscriber'} role
 */

/** The token server answered, but not with a token. */
export class TokenServerError extends Error {
    /**
     * @param {string} message
     * @param {number} status of HTTP
     * @param {number} [retryAfter] seconds that the server wants left in peace
     */
    constructor(message, status, retryAfter) {
        super(message)
        this.name = 'TokenServerError'
        this.status = status
        this.retryAfter = retryAfter
    }
}

/**
 * `POST /v1/tokens`: the answer says how long the token lives.
 *
 * @param {string} server
 * @param {Caller} caller
 * @param {AbortSignal} signal
 * @param {string} [authorization]
 * @returns {Promise<TokenAnswer>}
 */
export function fetchToken(server, { channel, uid, role }, signal, authorization) {
    return post(new URL('/v1/tokens', server), { channel, uid, role }, signal, authorization)
}

/**
 * `POST /fetch_rtc_token`, as in Agora's guides: a token and no times.
 *
 * @param {string} server
 * @param {Caller} caller
 * @param {AbortSignal} signal
 * @param {string} [authorization]
 * @returns {Promise<TokenAnswer>}
 */
export function fetchRtcToken(server, { channel, uid, role }, signal, authorization) {
    const request = { uid, ChannelName: channel, role: role === 'publisher' ? 1 : 2 }
    return post(new URL('/fetch_rtc_token', server), request, signal, authorization)
}

/**
 * @param {URL} url
 * @param {object} request
 * @param {AbortSignal} signal
 * @param {string | undefined} authorization
 */
async function post(url, request, signal, authorization) {
    const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(authorization === undefined ? {} : { authorization }) },
        body: JSON.stringify(request),
        cache: 'no-store',
        signal,
    })
    if (!response.ok) throw await refusal(response)
    return response.json()
}

/**
 * The reason stands in `detail` on /v1, and in `token` as the guides have it.
 *
 * @param {Response} response
 */
async function refusal(response) {
    const { detail, token } = await response.json().catch(() => ({}))
    const reason = detail ?? token ?? response.statusText
    return new TokenServerError(
        `the token server answered ${response.status}: ${reason}`,
        response.status,
        retryAfter(response.headers.get('retry-after')),
    )
}

/**
 * The header Retry-After in seconds: it is a number of them, or a date.
 *
 * @param {string | null} header
 */
function retryAfter(header) {
    if (header === null) return undefined
    const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000
    return seconds > 0 ? seconds : undefined
}
