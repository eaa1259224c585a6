// Judging tokens of either generation: verify stops, verdict tells.

'use strict'

const native = require('./native.cjs')
const check = require('./check.cjs')
const { CERTIFICATES, certificatesOf, fromEnvironment, withCredentials } = require('./credentials.cjs')
const { VerificationError, errorOf, given } = require('./error.cjs')
const { inspect } = require('./inspect.cjs')
const { isChannel, isUser } = require('./identity.cjs')
const { check: checkNames, drawn, environment, fixed, flat, refuseName, unixTime } = require('./options.cjs')
const { withoutSignature } = require('./shown.cjs')

const MORE = new Set(['leeway', 'clock', 'ignoreTime'])
const NAMES = new Set(['appId', ...CERTIFICATES, ...MORE])

// The places of what is expected, as bits; a user is a uid or an account there.
const [SERVICE, PRIVILEGE, CHANNEL, UID, ACCOUNT] = [1, 2, 4, 8, 16]
const USER = UID | ACCOUNT
const EXPECTED = ['service', 'privilege', 'channel', 'uid', 'account', 'user']

/** Of a `User`, as two options of which one is `undefined`. Any user is who holds a token for any. */
function userOf(value) {
    if (isUser(value)) return value.account === null ? [value.uid ?? 0, undefined] : [undefined, value.account]
    if (typeof value === 'number') return [value, undefined]
    if (typeof value === 'string') return [undefined, value]
    return check.refuse('INVALID_USER_ACCOUNT', 'user', value, 'a number, a string or a User')
}

class Verifier {
    // Private, so that nothing which shows an object shows it.
    #native
    #clock

    constructor(credentials, more) {
        const options = withCredentials(credentials, more, 'verifier', NAMES)
        const { appId, leeway, clock, ignoreTime = false } = options
        this.#native = given(native.newVerifier(appId, certificatesOf(options), leeway, ignoreTime))
        this.#clock = ignoreTime ? undefined : clock
        this.appId = appId
        Object.freeze(this)
        // A time that is always the same is refused now, not at a request.
        given(native.checkTime(unixTime(fixed(clock))))
    }

    static fromEnv(more, env = environment()) {
        const { AGORA_APP_CERTIFICATE_SECONDARY: secondary } = env
        const pair = fromEnvironment(env, secondary)
        // The certificates are those of the environment: one given beside them would be dropped or mixed in.
        const options = { ...checkNames(more ?? {}, 'verifier', MORE), ...pair }
        return new Verifier({ ...options, ...(secondary !== undefined && { certificates: [secondary] }) })
    }

    // Left out is not the same as left open by mistake, so both count what they are given.
    verdict(token, expected) {
        return new Verdict(this.#judge(token, expected, arguments.length), token)
    }

    verify(token, expected) {
        const verdict = new Verdict(this.#judge(token, expected, arguments.length), token)
        if (verdict.valid) return verdict
        // What is wrong with the clock is not wrong with the token.
        const [first] = verdict.refusals
        throw first.fault === 'system' ? first : new VerificationError(verdict.refusals)
    }

    #judge(token, expected, count) {
        if (count < 2 && this.#clock === undefined) return given(native.verdict(this.#native, token))
        const asked = count < 2 ? {} : flat(expected, 'expected', EXPECTED)
        let [bits, service, privilege, channel, uid, account] = [0]
        // What is there must have a value, which the bridge sees to.
        for (const name in asked) {
            const value = asked[name]
            const earlier = bits
            switch (name) {
                case 'service':
                    bits |= SERVICE
                    service = value
                    continue
                case 'privilege':
                    bits |= PRIVILEGE
                    privilege = value
                    continue
                case 'channel':
                    bits |= CHANNEL
                    channel = isChannel(value) ? (value.name ?? '*') : value
                    continue
                case 'uid':
                    bits |= UID
                    uid = value
                    break
                case 'account':
                    bits |= ACCOUNT
                    account = value
                    break
                case 'user':
                    ;[uid, account] = userOf(value)
                    bits |= uid === undefined ? ACCOUNT : UID
                    break
                default:
                    refuseName(name, 'expected', EXPECTED)
            }
            if (earlier & USER) throw errorOf('INVALID_USER_ACCOUNT', name, 'is given beside another user')
        }
        const now = unixTime(drawn(this.#clock))
        return given(native.verdictOn(this.#native, token, now, bits, service, privilege, channel, uid, account))
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

module.exports = { Verdict, Verifier }
