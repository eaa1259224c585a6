// The typed way to mint: an issuer for a project, and grants that say whom to let in where.

'use strict'

const native = require('./native.cjs')
const check = require('./check.cjs')
const { permissionsDocument } = require('./documents.cjs')
const { document, given } = require('./error.cjs')
const options = require('./options.cjs')

// The same when a test runner loads the package twice.
const ANY_CHANNEL = Symbol.for('agora-token-native.ANY_CHANNEL')
const ANY_USER = Symbol.for('agora-token-native.ANY_USER')

/** Nothing stands for any channel, and for any user, in the document. */
const channel = value => (value === ANY_CHANNEL ? null : check.string(value, 'INVALID_CHANNEL_NAME', 'channel'))

function user(value) {
    if (value === ANY_USER) return null
    // What 0 would mean is said where it is refused.
    if (value === 0) return 0
    if (typeof value === 'number') return check.integer(value, 1, check.MAX_U32, 'INVALID_UID', 'user')
    if (typeof value === 'string') return check.string(value, 'INVALID_USER_ACCOUNT', 'user')
    return check.refuse('INVALID_USER_ACCOUNT', 'user', value, 'a number, a string or ANY_USER')
}

/** What every grant may hold, and what only some do, by name. */
const ALWAYS = {
    user,
    lifetime: value => check.lifetime(value, 'lifetime'),
    lifetimeLongerThanADay: value => check.lifetime(value, 'lifetimeLongerThanADay'),
    allowLongToken: value => options.boolean(value, 'allowLongToken'),
}
const RTC = {
    ...ALWAYS,
    channel,
    role: value => check.uint32(value, 'INVALID_ROLE', 'role'),
    publishLifetime: value => check.lifetime(value, 'publishLifetime'),
}
const MESSAGING = { permissions: permissionsDocument }
const REQUIRED = ['channel', 'user', 'role']

let documentOf

class Grant {
    #document

    static {
        documentOf = grant =>
            check.isObject(grant) && #document in grant
                ? grant.#document
                : check.refuse('NO_SERVICES', 'grant', grant, 'a Grant')
    }

    constructor(services, checks, wanted) {
        const values = options.checked(wanted, 'grant', checks)
        for (const name of REQUIRED) {
            if (name in checks && !(name in values)) checks[name](undefined)
        }
        options.exclusive(values, 'lifetime', 'lifetimeLongerThanADay', 'INVALID_LIFETIME')
        const { channel, role, ...rest } = values
        this.#document = JSON.stringify({
            allowLongToken: false,
            chat: false,
            ...rest,
            ...services,
            rtm: services.rtm === true && !('permissions' in values),
            ...('role' in checks && { rtc: { channel, role } }),
        })
        given(native.checkGrant(this.#document))
        Object.freeze(this)
    }

    static rtc(wanted) {
        return new Grant({}, RTC, wanted)
    }

    static rtm(wanted) {
        return new Grant({ rtm: true }, { ...ALWAYS, ...MESSAGING }, wanted)
    }

    static chat(wanted) {
        return new Grant({ chat: true }, ALWAYS, wanted)
    }

    static rtcRtm(wanted) {
        return new Grant({ rtm: true }, { ...RTC, ...MESSAGING }, wanted)
    }

    static rtcRtmChat(wanted) {
        return new Grant({ rtm: true, chat: true }, { ...RTC, ...MESSAGING }, wanted)
    }
}

class Issuer {
    // Private, so that nothing which shows an object shows it.
    #appCertificate

    constructor(appId, appCertificate) {
        given(native.checkCredentials(appId, appCertificate))
        this.appId = appId
        this.#appCertificate = appCertificate
        Object.freeze(this)
    }

    issue(grant) {
        return new IssuedToken(document(native.issue(this.appId, this.#appCertificate, documentOf(grant))))
    }
}

class IssuedToken {
    constructor([token, issuedAt, expiresAt, refreshAfter]) {
        Object.assign(this, { token, issuedAt, expiresAt, refreshAfter })
        Object.freeze(this)
    }

    /** What is logged ends up in many places: only the JSON for the client holds the token. */
    [Symbol.for('nodejs.util.inspect.custom')](depth, how, inspect) {
        return `${this.constructor.name} ${inspect({ ...this, token: '[redacted]' }, how)}`
    }
}

module.exports = { ANY_CHANNEL, ANY_USER, Grant, IssuedToken, Issuer }
