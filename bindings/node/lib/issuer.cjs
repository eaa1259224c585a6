// The typed way to mint: an issuer for a project, and grants that say whom to let in where.

'use strict'

const native = require('./native.cjs')
const check = require('./check.cjs')
const { given } = require('./error.cjs')
const { SERVICES } = require('./generated/services.cjs')
const { byPlace, placed } = require('./options.cjs')
const { permissionRows } = require('./permissions.cjs')

// The same when a test runner loads the package twice.
const ANY_CHANNEL = Symbol.for('agora-token-native.ANY_CHANNEL')
const ANY_USER = Symbol.for('agora-token-native.ANY_USER')

/** In the places that the bridge knows. */
const NAMES = [
    'user',
    'channel',
    'role',
    'lifetime',
    'lifetimeLongerThanADay',
    'publishLifetime',
    'allowLongToken',
    'permissions',
    'roomUuid',
    'roomRole',
]
/** Bits beside those of the places. */
const IS_ANY_USER = 1 << NAMES.length
const IS_ANY_CHANNEL = 1 << (NAMES.length + 1)

const ALL = placed(NAMES)
const PERMISSIONS = ALL.permissions + 1
const HAS_PERMISSIONS = 1 << ALL.permissions
const only = (...names) => Object.assign(Object.create(null), Object.fromEntries(names.map(name => [name, ALL[name]])))
const ALWAYS = ['user', 'lifetime', 'lifetimeLongerThanADay', 'allowLongToken']
const CHANNEL = ['channel', 'role', 'publishLifetime']

/** What the presets grant, as the bits of the services' numbers, and the options that they have. */
const PRESETS = {
    rtc: [bits('ServiceRtc'), only(...ALWAYS, ...CHANNEL)],
    rtm: [bits('ServiceRtm'), only(...ALWAYS, 'permissions')],
    chat: [bits('ServiceChat'), only(...ALWAYS)],
    rtcRtm: [bits('ServiceRtc', 'ServiceRtm'), only(...ALWAYS, ...CHANNEL, 'permissions')],
    rtcRtmChat: [bits('ServiceRtc', 'ServiceRtm', 'ServiceChat'), only(...ALWAYS, ...CHANNEL, 'permissions')],
}

function bits(...names) {
    return names.reduce((all, name) => all | (1 << SERVICES[name].type), 0)
}

let valuesOf

class Grant {
    /** As the bridge takes them: the bits of what is given, the options by place, the bits of the services. */
    #values

    static {
        valuesOf = (grant, name) =>
            check.isObject(grant) && #values in grant
                ? grant.#values
                : check.refuse('NO_SERVICES', name, grant, 'a Grant')
    }

    constructor([services, places], wanted) {
        const none = undefined
        const values = [0, none, none, none, none, none, none, none, none, none, none, services]
        byPlace(wanted, 'grant', places, values)
        if (values[1] === ANY_USER) values[0] |= IS_ANY_USER
        if (values[2] === ANY_CHANNEL) values[0] |= IS_ANY_CHANNEL
        if (values[0] & HAS_PERMISSIONS) values[PERMISSIONS] = permissionRows(values[PERMISSIONS])
        given(native.checkGrant(...values))
        this.#values = values
        Object.freeze(this)
    }

    static of(wanted) {
        if (!check.isPlain(wanted)) check.refuse('INDEX_OUT_OF_RANGE', 'grant', wanted, 'a plain object')
        const { services, ...options } = wanted
        const known = Object.values(SERVICES).map(Class => Class.type)
        let all = 0
        // The methods of arrays leave out holes.
        for (const service of check.array(services, 'NO_SERVICES', 'services')) {
            const type = check.number(service, 'services')
            if (!known.includes(type))
                check.refuse('INDEX_OUT_OF_RANGE', 'services', service, 'the number of a service')
            all |= 1 << type
        }
        return new Grant([all, ALL], options)
    }

    static rtc(wanted) {
        return new Grant(PRESETS.rtc, wanted)
    }

    static rtm(wanted) {
        return new Grant(PRESETS.rtm, wanted)
    }

    static chat(wanted) {
        return new Grant(PRESETS.chat, wanted)
    }

    static rtcRtm(wanted) {
        return new Grant(PRESETS.rtcRtm, wanted)
    }

    static rtcRtmChat(wanted) {
        return new Grant(PRESETS.rtcRtmChat, wanted)
    }
}

/** So many tokens are minted between two turns of the event loop. */
const BATCH = 1024

/** Where the bridge writes the times of a token: made, ends, fetch the next. An array of its own a token costs more. */
const TIMES = new Float64Array(3)

class Issuer {
    // Private, so that nothing which shows an object shows it.
    #native

    constructor(appId, appCertificate) {
        this.#native = given(native.newIssuer(appId, appCertificate))
        this.appId = appId
        Object.freeze(this)
    }

    issue(grant) {
        const token = given(native.issue(this.#native, TIMES, ...valuesOf(grant, 'grant')))
        return new IssuedToken(token, TIMES[0], TIMES[1], TIMES[2])
    }

    async issueAll(grants) {
        if (!Array.isArray(grants)) check.refuse('NO_SERVICES', 'grants', grants, 'an array of Grants')
        // Not by their own map, which leaves out holes and makes whatever a subclass of Array wants.
        const all = Array.from(grants, (grant, index) => valuesOf(grant, `grants[${index}]`))
        const tokens = []
        for (let from = 0; from < all.length; from += BATCH) {
            const minted = given(await given(this.#native.issueAll(all.slice(from, from + BATCH), from)))
            for (let at = 0; at < minted.length; at += 4) tokens.push(new IssuedToken(...minted.slice(at, at + 4)))
        }
        return tokens
    }
}

class IssuedToken {
    constructor(token, issuedAt, expiresAt, refreshAfter) {
        this.token = token
        this.issuedAt = issuedAt
        this.expiresAt = expiresAt
        this.refreshAfter = refreshAfter
        Object.freeze(this)
    }

    /** What is logged ends up in many places: only the JSON for the client holds the token. */
    [Symbol.for('nodejs.util.inspect.custom')](depth, how, inspect) {
        return `${this.constructor.name} ${inspect({ ...this, token: '[redacted]' }, how)}`
    }
}

module.exports = { ANY_CHANNEL, ANY_USER, Grant, IssuedToken, Issuer }
