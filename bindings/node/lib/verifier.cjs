// Judging tokens of either generation: verify stops, verdict tells.

'use strict'

const native = require('./native.cjs')
const check = require('./check.cjs')
const { fromEnvironment, withCredentials } = require('./credentials.cjs')
const { VerificationError, errorOf, given } = require('./error.cjs')
const { inspect } = require('./inspect.cjs')
const { isChannel, isUser } = require('./identity.cjs')
const { drawn, fixed, refuseName, unixTime } = require('./options.cjs')
const { withoutSignature } = require('./shown.cjs')

/** What a certificate may be called, in the order that the bridge knows; the last two are lists. */
const CERTIFICATES = ['appCertificate', 'certificate', 'appCertificates', 'certificates']
const NAMES = new Set(['appId', ...CERTIFICATES, 'leeway', 'clock', 'ignoreTime'])

/** Each certificate of the options after the number of its name. */
function certificatesOf(options) {
    return CERTIFICATES.flatMap((name, at) => {
        const value = options[name]
        if (value === undefined) return []
        if (at < 2) return [at, value]
        return Array.from(check.array(value, 'INVALID_APP_CERTIFICATE', name), each => [at, each]).flat()
    })
}

// The places of what is expected; a user is a uid or an account there.
const [CHANNEL, UID, ACCOUNT] = [2, 3, 4]
const PLACES = Object.assign(Object.create(null), { service: 0, privilege: 1, channel: CHANNEL, uid: UID, account: ACCOUNT })
const EXPECTED = [...Object.keys(PLACES), 'user']

/** What is expected, as the bridge takes it. An option that is there must have a value. */
function expectedValues(expected) {
    if (!check.isPlain(expected)) check.refuse('UNKNOWN_OPTION', 'expected', expected, 'a plain object')
    const values = [0, undefined, undefined, undefined, undefined, undefined]
    const put = (place, value, name) => {
        if (values[0] & (1 << place)) throw errorOf('INVALID_USER_ACCOUNT', name, 'is given beside another user')
        values[0] |= 1 << place
        values[place + 1] = value
    }
    for (const name in expected) {
        const value = expected[name]
        const place = PLACES[name]
        if (place !== undefined) put(place, place === CHANNEL && isChannel(value) ? (value.name ?? '*') : value, name)
        else if (name === 'user') put(...userOf(value), name)
        else refuseName(name, 'expected', EXPECTED)
    }
    return values
}

function userOf(value) {
    const { uid, account } = isUser(value) ? value : { uid: undefined, account: undefined }
    // Any user is who holds a token for any.
    if (uid === null && account === null) return [UID, 0]
    const user = uid ?? account ?? value
    if (typeof user === 'number') return [UID, user]
    return typeof user === 'string'
        ? [ACCOUNT, user]
        : check.refuse('INVALID_USER_ACCOUNT', 'user', user, 'a number, a string or a User')
}

class Verifier {
    // Private, so that nothing which shows an object shows it.
    #native
    #clock

    constructor(credentials, more) {
        const options = withCredentials(credentials, more, 'verifier', NAMES)
        const { appId, leeway, clock, ignoreTime = false } = options
        this.#native = given(native.newVerifier(appId, certificatesOf(options), leeway, ignoreTime))
        this.#clock = clock
        this.appId = appId
        Object.freeze(this)
        // A time that is always the same is refused now, not at a request.
        given(native.checkStamp(unixTime(fixed(clock)), undefined))
    }

    static fromEnv(more, env = process.env) {
        const { AGORA_APP_CERTIFICATE_SECONDARY: secondary } = env
        const pair = fromEnvironment(env, secondary)
        return new Verifier({ ...more, ...pair, ...(secondary !== undefined && { certificates: [secondary] }) })
    }

    verdict(token, ...expected) {
        return new Verdict(this.#judge(token, expected), token)
    }

    verify(token, ...expected) {
        const verdict = new Verdict(this.#judge(token, expected), token)
        if (verdict.valid) return verdict
        // What is wrong with the clock is not wrong with the token.
        const [first] = verdict.refusals
        throw first.fault === 'system' ? first : new VerificationError(verdict.refusals)
    }

    /** @param rest Nothing, or what is expected: left out is not the same as left open by mistake. */
    #judge(token, rest) {
        if (rest.length === 0 && this.#clock === undefined) return given(native.verdict(this.#native, token))
        const values = expectedValues(rest.length === 0 ? {} : rest[0])
        const now = unixTime(drawn(this.#clock))
        return given(native.verdictOn(this.#native, token, now, ...values))
    }
}

const NO_REFUSALS = Object.freeze([])

class Verdict {
    #token
    #document

    /** @param reply The number of the certificate, or that number and what else there is to tell. */
    constructor(reply, token) {
        this.valid = typeof reply === 'number'
        this.certificate = this.valid ? reply : reply[0]
        this.refusals = this.valid ? NO_REFUSALS : refusalsOf(reply)
        this.#token = token
        Object.freeze(this)
    }

    get token() {
        return this.certificate === null ? null : (this.#document ??= inspect(this.#token))
    }

    toJSON() {
        return { valid: this.valid, certificate: this.certificate, refusals: this.refusals, token: this.token }
    }

    [Symbol.for('nodejs.util.inspect.custom')](depth, how, show) {
        return `${this.constructor.name} ${show({ ...this.toJSON(), token: withoutSignature(this.token) }, how)}`
    }
}

function refusalsOf(reply) {
    const refusals = []
    for (let at = 1; at < reply.length; at += 4) refusals.push(errorOf(...reply.slice(at, at + 4)))
    return Object.freeze(refusals)
}

module.exports = { CERTIFICATES, Verdict, Verifier }
