// AccessToken2 (007): the mechanism, which expresses every token the format can carry, and reading without believing.

'use strict'

const native = require('./native.cjs')
const check = require('./check.cjs')
const { checkService, serviceDocument, serviceOf, textOf } = require('./documents.cjs')
const { document, given } = require('./error.cjs')
const { inspect } = require('./verify.cjs')

class AccessToken2 {
    // Private, so that nothing which shows an object shows it.
    #appCertificate

    constructor(appId, appCertificate, issueTs = 0, expire = 900) {
        given(native.checkCredentials(appId, appCertificate))
        const [now, salt] = document(native.drawStamp())
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
        const wanted = {
            appId: check.string(this.appId, 'INVALID_APP_ID', 'appId'),
            issueTs: check.timestamp(this.issueTs, 'issueTs'),
            expire: check.lifetime(this.expire, 'expire'),
            salt: check.salt(this.salt),
            services: check.array(this.services, 'NO_SERVICES', 'services').map(serviceDocument),
        }
        return given(native.buildAccessToken2(this.#appCertificate, JSON.stringify(wanted)))
    }

    toJSON() {
        return inspect(this.build())
    }
}

class UnverifiedToken2 {
    #token

    constructor(token) {
        const read = document(native.parseAccessToken2(token))
        this.#token = token
        this.appId = textOf(read.appId)
        this.issueTs = read.issueTs
        this.expire = read.expire
        this.expiresAt = read.issueTs + read.expire
        this.salt = read.salt
        this.signature = Buffer.from(read.signature, 'hex')
        this.services = Object.freeze(read.services.map(serviceOf))
        this.unknownService = read.unknownService && unknownServiceOf(read.unknownService)
        this.complete = read.unknownService === null
        this.unreadBytes = read.unreadBytes
        Object.freeze(this)
    }

    verifySignature(appCertificate) {
        return document(native.verifyAccessToken2(this.#token, appCertificate))
    }

    toJSON() {
        return inspect(this.#token)
    }
}

const unknownServiceOf = ([type, privileges]) => Object.freeze({ type, privileges: Object.fromEntries(privileges) })

module.exports = { AccessToken2, UnverifiedToken2 }
