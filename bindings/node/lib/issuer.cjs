// The typed way to mint: an issuer for a project, and grants that say whom to let in where.

'use strict'

const native = require('./native.cjs')
const check = require('./check.cjs')
const { permissionsDocument } = require('./documents.cjs')
const { refused } = require('./error.cjs')
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

/** What the bridge holds for a value, or the refusal thrown: refusals are arrays, what it holds is not. */
function held(reply) {
    if (reply === undefined || Array.isArray(reply)) throw refused(reply)
    return reply
}

let nativeOf

class Grant {
    #native

    static {
        nativeOf = (grant, name) =>
            check.isObject(grant) && #native in grant
                ? grant.#native
                : check.refuse('NO_SERVICES', name, grant, 'a Grant')
    }

    constructor(services, checks, wanted) {
        const values = options.checked(wanted, 'grant', checks)
        for (const name of REQUIRED) {
            if (name in checks && !(name in values)) checks[name](undefined)
        }
        options.exclusive(values, 'lifetime', 'lifetimeLongerThanADay', 'INVALID_LIFETIME')
        const { channel, role, ...rest } = values
        const document = JSON.stringify({
            allowLongToken: false,
            chat: false,
            ...rest,
            ...services,
            rtm: services.rtm === true && !('permissions' in values),
            ...('role' in checks && { rtc: { channel, role } }),
        })
        this.#native = held(native.newGrant(document))
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

/** So many tokens are minted between two turns of the event loop. */
const BATCH = 1024

class Issuer {
    // Private, so that nothing which shows an object shows it.
    #native

    constructor(appId, appCertificate) {
        this.#native = held(native.newIssuer(appId, appCertificate))
        this.appId = appId
        Object.freeze(this)
    }

    issue(grant) {
        const reply = native.issue(this.#native, nativeOf(grant, 'grant'))
        if (reply?.length !== 4) throw refused(reply)
        return new IssuedToken(reply, 0)
    }

    async issueAll(grants) {
        if (!Array.isArray(grants)) check.refuse('NO_SERVICES', 'grants', grants, 'an array of Grants')
        const all = grants.map((grant, index) => nativeOf(grant, `grants[${index}]`))
        const tokens = []
        for (let from = 0; from < all.length; from += BATCH) {
            const work = native.issueAll(this.#native, all.slice(from, from + BATCH), from)
            if (!(work instanceof Promise)) throw refused(work)
            const minted = await work.catch(refusal => {
                throw refused(refusal)
            })
            for (let at = 0; at < minted.length; at += 4) tokens.push(new IssuedToken(minted, at))
        }
        return tokens
    }
}

class IssuedToken {
    constructor(reply, at) {
        this.token = reply[at]
        this.issuedAt = reply[at + 1]
        this.expiresAt = reply[at + 2]
        this.refreshAfter = reply[at + 3]
        Object.freeze(this)
    }

    /** What is logged ends up in many places: only the JSON for the client holds the token. */
    [Symbol.for('nodejs.util.inspect.custom')](depth, how, inspect) {
        return `${this.constructor.name} ${inspect({ ...this, token: '[redacted]' }, how)}`
    }
}

module.exports = { ANY_CHANNEL, ANY_USER, Grant, IssuedToken, Issuer }
