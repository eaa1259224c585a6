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
 * A token server's answer. Without times (`expiresAt`), the option `lifetime` says how long the token lives; without
 * both, only the events renew it. Further fields are ignored.
 *
 * @typedef {object} TokenAnswer
 * @property {string} token
 * @property {number} [expiresAt] when the token ends, in Unix seconds
 * @property {number} [serverTime] the server's clock at the answer, in Unix seconds; needed beside `expiresAt`
 * @property {number} [refreshAfter] when to fetch the next token, in Unix seconds. Left out: a tenth of its life
 *   before the end and at least 30 seconds, which is when the SDK warns, but never in the first half
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
 * @property {(signal: AbortSignal) => Promise<TokenAnswer>} fetchToken Asks the token server. An error with a `status`
 *   of 400, 401 or 403 is final; `retryAfter`, in seconds, is respected on every other one.
 * @property {(token: string) => Promise<unknown>} join Joins the channel and publishes, at the start and again after a
 *   token expired. The client may still be in the channel: then it has to leave first.
 * @property {(token: string) => Promise<unknown>} renewToken Gives the next token to a client that is in the channel.
 * @property {(error: unknown, consequence: Consequence) => void} onError Is told of every failure after the start.
 * @property {number} [lifetime] seconds that a token lives whose answer does not say so
 * @property {number} [timeout] seconds that the token server has to answer; 10
 * @property {number} [firstDelay] seconds, at most, before the first retry; 1. Every further one may take twice as long
 * @property {number} [longestDelay] seconds, at most, before any retry; 30
 * @property {Host} [host] for tests
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

/** Answers that the same request gets again. */
const FINAL = new Set([400, 401, 403])
/** Milliseconds between two tokens, however short they live and whatever the events say. */
const CALM = 5_000
/** Milliseconds. A timer may stand still while the device sleeps, and ends at once when longer than 2^31. */
const LONGEST_NAP = 30_000

export class TokenRenewer {
    #fetchToken
    #join
    #renewToken
    #onError
    #lifetime
    #timeout
    #firstDelay
    #longestDelay
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
    /** Of the present token: when it was asked for, and milliseconds from there on. */
    #token = { since: { steady: 0, wall: 0 }, refresh: Infinity, life: Infinity }

    /** @param {TokenRenewerOptions} options */
    constructor({
        fetchToken,
        join,
        renewToken,
        onError,
        lifetime = Infinity,
        timeout = 10,
        firstDelay = 1,
        longestDelay = 30,
        host = DEVICE,
    }) {
        this.#fetchToken = fetchToken
        this.#join = join
        this.#renewToken = renewToken
        this.#onError = onError
        this.#lifetime = lifetime
        this.#timeout = timeout * 1000
        this.#firstDelay = firstDelay * 1000
        this.#longestDelay = longestDelay * 1000
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

    /** Ends everything, also a request on its way: neither `join` nor `renewToken` is called any more. */
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
                await this.#backOff(error, failures, retryAfter > 0 ? retryAfter * 1000 : 0)
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
        this.#stopping.signal.throwIfAborted()
        const since = this.#now()
        const answer = await this.#fetch()
        const times = timesOf(answer, this.#lifetime)
        this.#stopping.signal.throwIfAborted()
        const joins = this.#outside || this.#elapsed(this.#token.since) >= this.#token.life
        this.#outside = false
        try {
            await (joins ? this.#join(answer.token) : this.#renewToken(answer.token))
        } catch (error) {
            this.#outside ||= joins
            throw error
        }
        this.#stopping.signal.throwIfAborted()
        this.#asked = false
        this.#token = { since, ...times }
    }

    /** `fetchToken`, which ends at the latest when the time is over or when stopped, whatever it does with its signal. */
    async #fetch() {
        const request = new AbortController()
        const stopped = () => request.abort(this.#stopping.signal.reason)
        this.#stopping.signal.addEventListener('abort', stopped)
        const late = () => request.abort(new DOMException('the token server did not answer in time', 'TimeoutError'))
        const timer = this.#host.setTimeout(late, this.#timeout)
        /** @type {Promise<never>} */
        const aborted = new Promise((_, reject) => {
            request.signal.addEventListener('abort', () => reject(request.signal.reason))
        })
        try {
            return await Promise.race([this.#fetchToken(request.signal), aborted])
        } finally {
            this.#host.clearTimeout(timer)
            this.#stopping.signal.removeEventListener('abort', stopped)
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

    #now() {
        return { steady: this.#host.steady(), wall: this.#host.wall() }
    }

    /**
     * Milliseconds, by the clock that saw more of them: a steady clock may stand still while the device sleeps, and the
     * device's clock may be set back.
     *
     * @param {{ steady: number, wall: number }} since
     */
    #elapsed(since) {
        const now = this.#now()
        return Math.max(now.steady - since.steady, now.wall - since.wall)
    }
}

/**
 * How long the token of an answer lives and when the next one is due, in milliseconds. The server's own clock is taken
 * off its times, so that they can be counted on any other.
 *
 * @param {TokenAnswer} answer
 * @param {number} lifetime seconds, for an answer without times
 */
function timesOf({ token, expiresAt, serverTime, refreshAfter }, lifetime) {
    if (typeof token !== 'string' || token === '') throw new TypeError('the token server answered without a token')
    const timed = expiresAt !== undefined
    const life = timed ? Number(expiresAt) - Number(serverTime) : lifetime
    if (!(life > 0)) throw new TypeError('the token server answered with expiresAt not after serverTime, or without it')
    let refresh = Math.max(life / 2, Math.min(0.9 * life, life - 30))
    if (timed && refreshAfter !== undefined && refreshAfter < Number(expiresAt)) {
        refresh = refreshAfter - Number(serverTime)
    }
    return { life: life * 1000, refresh: Math.max(refresh * 1000, CALM) }
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
