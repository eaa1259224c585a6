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

/**
 * A token server's answer: what an issued token of agora-token is as JSON, or `POST /v1/tokens` answers. Times are Unix
 * seconds by the server's clock. Without `expiresAt` the option `lifetime` says how long the token lives; without both,
 * only the events renew it. Further fields are ignored; one that looks like a time is warned of.
 *
 * @typedef {object} TokenAnswer
 * @property {string} token
 * @property {number | null} [issuedAt] when the token was made
 * @property {number | null} [expiresAt] when it ends; needs `issuedAt` or `serverTime` beside it
 * @property {number | null} [refreshAfter] when to fetch the next token. Left out: a tenth of its life before the end
 *   and at least 30 seconds, which is when the SDK warns, but never in the first half
 * @property {number | null} [serverTime] the server's clock at the answer. Left out: `issuedAt`, so a server that hands
 *   out a token that it made some time ago has to say it
 */

/**
 * What became of a failure.
 *
 * @typedef {object} Consequence
 * @property {boolean} final the server refuses: nothing more is tried, and the present token runs out
 * @property {number} retryIn seconds until the next attempt; Infinity after a final failure
 */

/**
 * @typedef {object} TokenRenewerOptions
 * @property {(signal: AbortSignal, authorization: string | undefined) => Promise<TokenAnswer>} fetchToken Asks the
 *   token server. An error with a `status` of 400, 401 or 403 is final, but for `authorization`; `retryAfter`, in
 *   seconds, is respected on every other one.
 * @property {(token: string, signal: AbortSignal) => Promise<unknown>} join Joins the channel and publishes, at the
 *   start and again after a token expired. The client may still be in the channel: then it has to leave first. Once
 *   `signal` is aborted, by `stop` or because it took too long, it must not go on to join.
 * @property {(token: string, signal: AbortSignal) => Promise<unknown>} renewToken Gives the next token to a client that
 *   is in the channel.
 * @property {(error: unknown, consequence: Consequence) => void} onError Is told of every failure after the start.
 * @property {Authorization} [authorization] Says who is calling, if the server wants to know.
 * @property {(warning: string) => void} [onWarning] Is told, once for each, what in the server's answers is not
 *   understood; `console.warn`. The text holds names of fields and no values.
 * @property {number} [lifetime] seconds that a token lives whose answer does not say so
 * @property {number} [timeout] seconds that the token server has to answer, and `authorization`; 10
 * @property {number} [joinTimeout] seconds that `join` and `renewToken` have; 30
 * @property {number} [firstDelay] seconds, at most, before the first retry; 1. Every further one may take twice as long
 * @property {number} [longestDelay] seconds, at most, before any retry for which the server asks no longer; 30
 * @property {number} [longestRetryAfter] seconds, at most, that the server's `retryAfter` counts for; 600
 * @property {Host} [host] for tests
 */

/**
 * What `fetchToken` is given to say who is calling: the value of the header Authorization, as a rule. It is asked
 * before every request; and once more, with the error, when the server answered 401 or 403, so that the app can renew
 * its session. The request is then made a second time, and that answer counts. If the session cannot be renewed, throw
 * an error with the `status` 401, which is final; any other is tried again later.
 *
 * @callback Authorization
 * @param {unknown} refusal why the last request was refused; undefined before the first
 * @param {AbortSignal} signal
 * @returns {Promise<string | undefined> | string | undefined}
 */

/**
 * Where time, chance and wake-ups come from. Times in milliseconds.
 *
 * @typedef {object} Host
 * @property {() => number} steady a clock that nobody sets
 * @property {() => number} wall the device's clock
 * @property {() => number} random from 0 up to 1, not included
 * @property {(callback: () => void, delay: number) => any} setTimeout
 * @property {(timer: any) => void} clearTimeout
 * @property {(wake: () => void) => () => void} onWake calls when the device may have slept or been offline, until the
 *   function it returns is called
 */

/** Two clocks at one time, in milliseconds. @typedef {{ steady: number, wall: number }} Moment */

/** Answers that the same request gets again. */
const FINAL = new Set([400, 401, 403])
/** Of these, answers that another session may not get. */
const UNAUTHORIZED = new Set([401, 403])
/** The part of the wait for the next token that chance may take off, so that clients that joined together ask apart. */
const SPREAD = 0.1
/** Milliseconds between two tokens, however short they live and whatever the events say. */
const CALM = 5_000
/** Milliseconds. A timer may stand still while the device sleeps, and ends at once when longer than 2^31. */
const LONGEST_NAP = 30_000

export class TokenRenewer {
    #fetchToken
    #join
    #renewToken
    #onError
    #authorization
    #onWarning
    #lifetime
    #timeout
    #joinTimeout
    #firstDelay
    #longestDelay
    #longestRetryAfter
    #host

    #stopping = new AbortController()
    #started = false
    /** Ends the nap of #wait. */
    #nudge = () => {}
    /** Ends the calls of #wake. */
    #ignoreWakes = () => {}
    /** The device woke since the last failure. */
    #woken = false
    /** An event asked for the next token. */
    #asked = false
    /** The client is not in the channel. */
    #outside = true
    /**
     * Of the present token: when it was asked for, in milliseconds of this device and in seconds of the server, and
     * milliseconds from there on.
     *
     * @type {{ since: Moment, serverTime: number | undefined, refresh: number, life: number }}
     */
    #token = { since: { steady: 0, wall: 0 }, serverTime: undefined, refresh: Infinity, life: Infinity }
    /** What was warned of. @type {Set<string>} */
    #warnings = new Set()

    /** @param {TokenRenewerOptions} options */
    constructor({
        fetchToken,
        join,
        renewToken,
        onError,
        authorization,
        onWarning = warning => console.warn(warning),
        lifetime = Infinity,
        timeout = 10,
        joinTimeout = 30,
        firstDelay = 1,
        longestDelay = 30,
        longestRetryAfter = 600,
        host = DEVICE,
    }) {
        this.#fetchToken = fetchToken
        this.#join = join
        this.#renewToken = renewToken
        this.#onError = onError
        this.#authorization = authorization
        this.#onWarning = onWarning
        this.#lifetime = lifetime
        this.#timeout = timeout * 1000
        this.#joinTimeout = joinTimeout * 1000
        this.#firstDelay = firstDelay * 1000
        this.#longestDelay = longestDelay * 1000
        this.#longestRetryAfter = longestRetryAfter * 1000
        this.#host = host
    }

    /**
     * Fetches a token, joins with it, and keeps renewing until {@link stop} or a final failure. Rejects with whatever
     * failed: the first attempt is the only one, since somebody is waiting for it. A renewer starts once.
     */
    async start() {
        if (this.#started) throw new Error('a TokenRenewer starts once: make a new one')
        this.#started = true
        await this.#attempt()
        this.#stopping.signal.throwIfAborted()
        this.#ignoreWakes = this.#host.onWake(() => this.#wake())
        this.#keep()
    }

    /** For the event token-privilege-will-expire. */
    renew() {
        this.#asked = true
        this.#nudge()
    }

    /** For the event token-privilege-did-expire, after which the client is no longer in the channel. */
    rejoin() {
        this.#outside = true
        this.#nudge()
    }

    /**
     * Ends everything, also a request on its way: neither `join` nor `renewToken` is called any more, and the signal of
     * one that is under way is aborted.
     */
    stop() {
        this.#stopping.abort()
        this.#ignoreWakes()
        this.#nudge()
    }

    get #stopped() {
        return this.#stopping.signal.aborted
    }

    /** The only place that fetches after the start, so no two requests are ever under way. */
    async #keep() {
        while (!this.#stopped) {
            await this.#wait(() => this.#dueIn())
            await this.#replace()
        }
    }

    /** Milliseconds until the next token is due. */
    #dueIn() {
        const { since, refresh } = this.#token
        return (this.#asked || this.#outside ? CALM : refresh) - this.#elapsed(since)
    }

    /** Tries until it has replaced the token, is stopped or refused. */
    async #replace() {
        for (let failures = 0; !this.#stopped; failures = this.#woken ? 0 : failures + 1) {
            try {
                return await this.#attempt()
            } catch (error) {
                if (this.#stopped) return
                const { status, retryAfter } = Object(error)
                if (FINAL.has(status)) {
                    this.stop()
                    return this.#report(error, { final: true, retryIn: Infinity })
                }
                const least = Math.min(retryAfter * 1000, this.#longestRetryAfter)
                await this.#backOff(error, failures, least > 0 ? least : 0)
            }
        }
    }

    /**
     * Waits by chance, so that the clients of a server that was away do not come back all at once. A device that wakes
     * tries sooner.
     *
     * @param {unknown} error
     * @param {number} failures before this one
     * @param {number} least milliseconds that the server asked for
     */
    async #backOff(error, failures, least) {
        const failed = this.#now()
        const delay = least + this.#host.random() * Math.min(this.#longestDelay, this.#firstDelay * 2 ** failures)
        const sooner = Math.min(delay, Math.max(least, this.#firstDelay))
        this.#woken = false
        this.#report(error, { final: false, retryIn: delay / 1000 })
        await this.#wait(() => (this.#woken ? sooner : delay) - this.#elapsed(failed))
    }

    /** Fetches a token and hands it over. */
    async #attempt() {
        const { since, answer } = await this.#fetch()
        const { token, serverTime, life, refresh } = readAnswer(answer, this.#lifetime, text => this.#warn(text))
        const joins = this.#outside || this.#ended(serverTime)
        const hand = joins ? this.#join : this.#renewToken
        const late = `${joins ? 'join' : 'renewToken'} took too long`
        this.#outside = false
        try {
            await this.#within(this.#joinTimeout, late, async signal => hand(token, signal))
        } catch (error) {
            this.#outside ||= joins
            throw error
        }
        this.#asked = false
        const sooner = 1 - SPREAD * (1 - this.#host.random())
        this.#token = { since, serverTime, life, refresh: Math.max(refresh * sooner, CALM) }
    }

    /**
     * Whether the present token is over, and the client out of the channel. When the device's clock ran ahead of the
     * steady one, either the device slept or somebody set its clock: the server's clock tells which.
     *
     * @param {number | undefined} serverTime seconds, now
     */
    #ended(serverTime) {
        const { since, life, serverTime: before } = this.#token
        const now = this.#now()
        if (now.steady - since.steady >= life) return true
        if (now.wall - since.wall < life) return false
        return serverTime === undefined || before === undefined || (serverTime - before) * 1000 >= life
    }

    /** An answer of the token server, and when it was asked: twice if the app renewed its session. */
    async #fetch() {
        const authorization = this.#authorization
        if (authorization === undefined) return this.#ask(undefined)
        const authorize = (/** @type {unknown} */ refusal) =>
            this.#within(this.#timeout, 'authorization took too long', async signal => authorization(refusal, signal))
        const usual = await authorize(undefined)
        try {
            return await this.#ask(usual)
        } catch (refusal) {
            if (!UNAUTHORIZED.has(Object(refusal).status)) throw refusal
            return this.#ask(await authorize(refusal))
        }
    }

    /** @param {string | undefined} authorization */
    async #ask(authorization) {
        const since = this.#now()
        const late = 'the token server did not answer in time'
        const answer = await this.#within(this.#timeout, late, async signal => this.#fetchToken(signal, authorization))
        return { since, answer }
    }

    /**
     * `work`, which ends at the latest when the time is over or when stopped, whatever it does with its signal.
     *
     * @template T
     * @param {number} time milliseconds
     * @param {string} late what it means if it takes longer
     * @param {(signal: AbortSignal) => Promise<T>} work
     * @returns {Promise<T>}
     */
    async #within(time, late, work) {
        const { signal: stopping } = this.#stopping
        stopping.throwIfAborted()
        const call = new AbortController()
        const stopped = () => call.abort(stopping.reason)
        stopping.addEventListener('abort', stopped)
        const timer = this.#host.setTimeout(() => call.abort(new DOMException(late, 'TimeoutError')), time)
        /** @type {Promise<never>} */
        const aborted = new Promise((_, reject) => {
            call.signal.addEventListener('abort', () => reject(call.signal.reason))
        })
        try {
            const done = await Promise.race([work(call.signal), aborted])
            call.signal.throwIfAborted()
            return done
        } finally {
            this.#host.clearTimeout(timer)
            stopping.removeEventListener('abort', stopped)
        }
    }

    /**
     * Waits until `left` is not above 0, or until stopped.
     *
     * @param {() => number} left milliseconds, asked again at every nudge
     */
    async #wait(left) {
        for (let nap = left(); nap > 0 && !this.#stopped; nap = left()) {
            await new Promise(resolve => {
                const whole = Math.ceil(Math.min(nap, LONGEST_NAP))
                const timer = this.#host.setTimeout(() => resolve(undefined), whole)
                this.#nudge = () => {
                    this.#host.clearTimeout(timer)
                    resolve(undefined)
                }
            })
        }
    }

    #wake() {
        this.#woken = true
        this.#nudge()
    }

    /**
     * @param {unknown} error
     * @param {Consequence} consequence
     */
    #report(error, consequence) {
        // On its own, so that a callback that throws does not end the renewing.
        queueMicrotask(() => this.#onError(error, consequence))
    }

    /**
     * Once for each text.
     *
     * @param {string} warning
     */
    #warn(warning) {
        if (this.#warnings.has(warning)) return
        this.#warnings.add(warning)
        queueMicrotask(() => this.#onWarning(warning))
    }

    /** @returns {Moment} */
    #now() {
        return { steady: this.#host.steady(), wall: this.#host.wall() }
    }

    /**
     * Milliseconds, by the clock that saw more of them: a steady clock may stand still while the device sleeps, and the
     * device's clock may be set back.
     *
     * @param {Moment} since
     */
    #elapsed(since) {
        const now = this.#now()
        return Math.max(now.steady - since.steady, now.wall - since.wall)
    }
}

/** The times of an answer. */
const TIMES = /** @type {const} */ (['issuedAt', 'expiresAt', 'refreshAfter', 'serverTime'])
/** A field that means to tell a time. */
const LIKE_A_TIME = /expir|refresh.?a|issued.?at|lifetime|^ttl$|server.?time/i
/** Unix seconds from here on are milliseconds: it is the year 5138. */
const MILLISECONDS = 1e11

/**
 * What an answer says: the token; the server's clock, in seconds; how long the token lives and when the next one is
 * due, in milliseconds. The server's own clock is taken off its times, so that they can be counted on any other.
 *
 * @param {TokenAnswer} answer
 * @param {number} lifetime seconds, for an answer without times
 * @param {(warning: string) => void} warn
 */
function readAnswer(answer, lifetime, warn) {
    const { token } = Object(answer)
    if (typeof token !== 'string' || token === '') {
        const found = typeof answer === 'object' && answer ? `; it has: ${Object.keys(answer).join(', ')}` : ''
        throw new TypeError(`the token server answered without a token${found}`)
    }
    const { issuedAt, expiresAt, refreshAfter, serverTime = issuedAt } = readTimes(answer, warn)

    if (expiresAt !== undefined && serverTime === undefined) {
        throw new TypeError('the token server answered with expiresAt, but without issuedAt and serverTime')
    }
    const life = expiresAt === undefined ? lifetime : expiresAt - Number(serverTime)
    if (!(life > 0)) throw new TypeError('the token server answered with a token that has ended')

    let refresh = Math.max(life / 2, Math.min(0.9 * life, life - 30))
    if (refreshAfter !== undefined) {
        const said = refreshAfter - Number(serverTime)
        if (said > 0 && said < life) refresh = said
        else warn("refreshAfter in the token server's answer is not between its serverTime or issuedAt and expiresAt")
    }
    return { token, serverTime, life: life * 1000, refresh: refresh * 1000 }
}

/**
 * The times of an answer. One that cannot be read counts as left out, so that a call does not end for it.
 *
 * @param {TokenAnswer} answer
 * @param {(warning: string) => void} warn
 */
function readTimes(answer, warn) {
    /** @type {{ [name in typeof TIMES[number]]?: number }} */
    const times = {}
    for (const [name, value] of Object.entries(answer)) {
        const time = TIMES.find(known => known === name)
        const wrong = `${name} in the token server's answer is not read`
        if (time === undefined) {
            if (LIKE_A_TIME.test(name)) warn(`${wrong}: the times of a token are ${TIMES.join(', ')}`)
        } else if (typeof value === 'number' && value < MILLISECONDS) {
            times[time] = value
        } else if (value !== null && value !== undefined) {
            warn(`${wrong}: it is no number of Unix seconds`)
        }
    }
    return times
}

/** The device this runs on. @type {Host} */
const DEVICE = {
    steady: () => performance.now(),
    wall: () => Date.now(),
    random: () => Math.random(),
    setTimeout: (callback, delay) => setTimeout(callback, delay),
    clearTimeout: timer => clearTimeout(timer),
    onWake(wake) {
        if (typeof document === 'undefined') return () => {}
        const seen = () => document.visibilityState === 'visible' && wake()
        document.addEventListener('visibilitychange', seen)
        window.addEventListener('online', wake)
        return () => {
            document.removeEventListener('visibilitychange', seen)
            window.removeEventListener('online', wake)
        }
    },
}
