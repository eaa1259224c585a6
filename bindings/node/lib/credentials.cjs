// App ID and App Certificate. Never two texts in a row: swapped, every token would publish the certificate.

'use strict'

const native = require('./native.cjs')
const check = require('./check.cjs')
const { errorOf, given } = require('./error.cjs')
const options = require('./options.cjs')

const NAMES = new Set(['appId', 'appCertificate'])

/** The pair of credentials, or `undefined` of what are no credentials. */
let pairOf

class Credentials {
    // Private, so that nothing which shows an object shows it.
    #appCertificate

    static {
        pairOf = value =>
            check.isObject(value) && #appCertificate in value
                ? { appId: value.appId, appCertificate: value.#appCertificate }
                : undefined
    }

    constructor(pair) {
        refuseTexts(pair)
        const { appId, appCertificate } = options.check(pair, 'credentials', NAMES)
        given(native.checkPair(appId, appCertificate))
        this.appId = appId
        this.#appCertificate = appCertificate
        Object.freeze(this)
    }

    static fromEnv(env = options.environment()) {
        return new Credentials(fromEnvironment(env))
    }
}

/** What the environment says; the secondary certificate stands there while certificates are rotated. */
function fromEnvironment(env, secondary) {
    const { AGORA_APP_ID: appId, AGORA_APP_CERTIFICATE: appCertificate } = env
    given(native.checkEnvironment(appId, appCertificate, secondary))
    return { appId, appCertificate }
}

function refuseTexts(value) {
    if (typeof value !== 'string') return
    const reason =
        'is a string; { appId, appCertificate } expected: two texts are soon swapped, and tokens show the App ID'
    throw errorOf('INVALID_APP_ID', 'credentials', reason)
}

/**
 * What an object is made of, from `new Issuer({ appId, appCertificate, clock })` as from `new Issuer(credentials, { clock
 * })`: all in one.
 */
function withCredentials(first, more, field, names) {
    refuseTexts(first)
    const pair = pairOf(first)
    if (pair === undefined) {
        if (more !== undefined)
            check.refuse('UNKNOWN_OPTION', field, more, 'one object of all options, or Credentials first,')
        return options.check(first, field, names)
    }
    if (more === undefined) return pair
    const all = options.check(more, field, names)
    if (all.appId !== undefined || all.appCertificate !== undefined) {
        throw errorOf('INVALID_APP_ID', 'appId', 'is given beside credentials')
    }
    return { ...all, ...pair }
}

/** What a certificate may be called, in the order that the bridge knows; the last two are lists. */
const CERTIFICATES = ['appCertificate', 'certificate', 'appCertificates', 'certificates']
const MOST = 100

/** Each certificate of the options after the number of its name. */
function certificatesOf(options) {
    return CERTIFICATES.flatMap((name, at) => {
        const value = options[name]
        if (value === undefined) return []
        if (at < 2) return [at, value]
        if (check.array(value, 'INVALID_APP_CERTIFICATE', name).length > MOST) {
            throw errorOf('INVALID_APP_CERTIFICATE', name, `holds ${value.length} entries, at most ${MOST} expected`)
        }
        return Array.from(value, each => [at, each]).flat()
    })
}

module.exports = { CERTIFICATES, Credentials, certificatesOf, fromEnvironment, withCredentials }
