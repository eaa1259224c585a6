// Written from token-renewer.js by tests/web/declarations.test.mjs.

/**
 * Keeps a client in its channel for longer than one token lives. Depends on nothing: for any web application, and for
 * Node.
 *
 *     const renewer = new TokenRenewer({ fetchToken, join, renewToken, onError })
 *     client.on('token-privilege-will-expire', () => renewer.renew())
 *     client.on('token-privilege-did-expire', () => renewer.rejoin())
 *     await renewer.start()
 *
 * Beside these events it keeps a time of its own, since a client that reconnects with an expired token may get neither.
 *
 * @module
 */
export type TokenAnswer = {
    token: string
    /**
     * when the token was made
     */
    issuedAt?: number | null
    /**
     * when it ends; needs `issuedAt` or `serverTime` beside it
     */
    expiresAt?: number | null
    /**
     * when to fetch the next token. Left out: a tenth of its life before the end
     * and at least 30 seconds, which is when the SDK warns, but never in the first half
     */
    refreshAfter?: number | null
    /**
     * the server's clock at the answer. Left out: `issuedAt`, so a server that hands
     * out a token that it made some time ago has to say it
     */
    serverTime?: number | null
}
export type Consequence = {
    /**
     * the server refuses: nothing more is tried, and the present token runs out
     */
    final: boolean
    /**
     * seconds until the next attempt; Infinity after a final failure
     */
    retryIn: number
}
export type TokenRenewerOptions = {
    /**
     * Asks the
     * token server. An error with a `status` of 400, 401 or 403 is final, but for `authorization`; `retryAfter`, in
     * seconds, is respected on every other one.
     */
    fetchToken: (signal: AbortSignal, authorization: string | undefined) => Promise<TokenAnswer>
    /**
     * Joins the channel and publishes, at the
     * start and again after a token expired. The client may still be in the channel: then it has to leave first. Once
     * `signal` is aborted, by `stop` or because it took too long, it must not go on to join.
     */
    join: (token: string, signal: AbortSignal) => Promise<unknown>
    /**
     * Gives the next token to a client that
     * is in the channel.
     */
    renewToken: (token: string, signal: AbortSignal) => Promise<unknown>
    /**
     * Is told of every failure after the start.
     */
    onError: (error: unknown, consequence: Consequence) => void
    /**
     * Says who is calling, if the server wants to know.
     */
    authorization?: Authorization
    /**
     * Is told, once for each, what in the server's answers is not
     * understood; `console.warn`. The text holds names of fields and no values.
     */
    onWarning?: (warning: string) => void
    /**
     * seconds that a token lives whose answer does not say so
     */
    lifetime?: number
    /**
     * seconds that the token server has to answer, and `authorization`; 10
     */
    timeout?: number
    /**
     * seconds that `join` and `renewToken` have; 30
     */
    joinTimeout?: number
    /**
     * seconds, at most, before the first retry; 1. Every further one may take twice as long
     */
    firstDelay?: number
    /**
     * seconds, at most, before any retry for which the server asks no longer; 30
     */
    longestDelay?: number
    /**
     * seconds, at most, that the server's `retryAfter` counts for; 600
     */
    longestRetryAfter?: number
    /**
     * for tests
     */
    host?: Host
}
export type Authorization = (refusal: unknown, signal: AbortSignal) => Promise<string | undefined> | string | undefined
export type Host = {
    /**
     * a clock that nobody sets
     */
    steady: () => number
    /**
     * the device's clock
     */
    wall: () => number
    /**
     * from 0 up to 1, not included
     */
    random: () => number
    setTimeout: (callback: () => void, delay: number) => any
    clearTimeout: (timer: any) => void
    /**
     * calls when the device may have slept or been offline, until the
     * function it returns is called
     */
    onWake: (wake: () => void) => () => void
}
export type Moment = {
    steady: number
    wall: number
}
export declare class TokenRenewer {
    #private
    /** @param {TokenRenewerOptions} options */
    constructor({
        fetchToken,
        join,
        renewToken,
        onError,
        authorization,
        onWarning,
        lifetime,
        timeout,
        joinTimeout,
        firstDelay,
        longestDelay,
        longestRetryAfter,
        host,
    }: TokenRenewerOptions)
    /**
     * Fetches a token, joins with it, and keeps renewing until {@link stop} or a final failure. Rejects with whatever
     * failed: the first attempt is the only one, since somebody is waiting for it. A renewer starts once.
     */
    start(): Promise<void>
    /** For the event token-privilege-will-expire. */
    renew(): void
    /** For the event token-privilege-did-expire, after which the client is no longer in the channel. */
    rejoin(): void
    /**
     * Ends everything, also a request on its way: neither `join` nor `renewToken` is called any more, and the signal of
     * one that is under way is aborted.
     */
    stop(): void
}
