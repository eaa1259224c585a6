// AccessToken2 (007): the mechanism, which expresses every token the format can carry, and reading without believing.

'use strict'

const native = require('./native.cjs')
const check = require('./check.cjs')
const { given } = require('./error.cjs')
const { inspect } = require('./inspect.cjs')
const { checkService, privilegesOf, serviceOf, serviceRow } = require('./services.cjs')
const { shown } = require('./shown.cjs')

class AccessToken2 {
    // Private, so that nothing which shows an object shows it.
    #appCertificate

    constructor(appId, appCertificate, issueTs = 0, expire = 900) {
        given(native.checkCredentials(appId, appCertificate))
        const [now, salt] = given(native.drawStamp())
        this.appId = appId
        this.#appCertificate = appCertificate
        // As in the official constructors, 0 is now; the property takes any time.
        this.issueTs = check.timestamp(issueTs, 'issueTs') || now
        this.expire = check.lifetime(expire, 'expire')
        this.salt = salt
        this.services = []
    }

    static parse(token) {
        return new UnverifiedToken2(token)
    }

    addService(service) {
        this.services.push(checkService(service))
        return this
    }

    build() {
        const services = Array.from(check.array(this.services, 'NO_SERVICES', 'services'), serviceRow)
        return given(
            native.buildAccessToken2(this.#appCertificate, this.appId, this.issueTs, this.expire, this.salt, services),
        )
    }

    toJSON() {
        return inspect(this.build())
    }
}

class UnverifiedToken2 {
    #token

    constructor(token) {
        const [appId, issueTs, expire, salt, signature, services, unknownService, unreadBytes] = given(
            native.parseAccessToken2(token),
        )
        this.#token = token
        this.appId = appId
        this.issueTs = issueTs
        this.expire = expire
        this.expiresAt = issueTs + expire
        this.salt = salt
        this.signature = signature
        this.services = Object.freeze(services.map(serviceOf))
        this.unknownService = unknownService && unknownServiceOf(unknownService)
        this.complete = unknownService === null
        this.unreadBytes = unreadBytes
        Object.freeze(this)
    }

    verifySignature(appCertificate) {
        return given(native.verifyAccessToken2(this.#token, appCertificate))
    }

    toJSON() {
        return inspect(this.#token)
    }
}

UnverifiedToken2.prototype[Symbol.for('nodejs.util.inspect.custom')] = shown

const unknownServiceOf = ([type, privileges]) => Object.freeze({ type, privileges: privilegesOf(privileges) })

module.exports = { AccessToken2, UnverifiedToken2 }
