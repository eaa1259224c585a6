// One verdict on a token of either generation.

'use strict'

const native = require('./native.cjs')
const { AgoraTokenError, given } = require('./error.cjs')
const { inspect } = require('./inspect.cjs')
const options = require('./options.cjs')
const { withoutSignature } = require('./shown.cjs')

/** In the places that the bridge knows. */
const NAMES = ['now', 'ignoreTime', 'leeway', 'appId', 'service', 'privilege', 'channelName', 'uid', 'userAccount']
const PLACES = options.placed(NAMES)
const NONE = [0, []]

/** What is asked, as the bridge takes it. */
function questions(asked) {
    if (asked === undefined) return NONE
    const [which, ...values] = options.byPlace(asked, 'options', PLACES)
    if (values[PLACES.now] instanceof Date) values[PLACES.now] = options.unixTime(values[PLACES.now])
    return [which, values]
}

function verify(token, appCertificate, asked) {
    const [which, values] = questions(asked)
    return new Verdict(given(native.verify(token, appCertificate, which, values)), token)
}

class Verifier {
    // Private, so that nothing which shows an object shows it.
    #native

    constructor(appCertificate, asked) {
        this.#native = given(native.newVerifier(appCertificate, ...questions(asked)))
        Object.freeze(this)
    }

    verdict(token) {
        return new Verdict(given(native.verdict(this.#native, token)), token)
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

    assertValid() {
        if (!this.valid) throw this.refusals[0]
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
    for (let at = 1; at < reply.length; at += 3) {
        refusals.push(new AgoraTokenError(reply[at], reply[at + 1], reply[at + 2]))
    }
    return Object.freeze(refusals)
}

module.exports = { Verdict, Verifier, verify }
