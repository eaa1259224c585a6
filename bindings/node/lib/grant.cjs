// Grants: whom to let in where, as what, for how long.

'use strict'

const native = require('./native.cjs')
const check = require('./check.cjs')
const { errorOf, given } = require('./error.cjs')
const { SERVICES } = require('./generated/services.cjs')
const { isChannel, isUser } = require('./identity.cjs')
const { check: checkNames, flat, refuseName } = require('./options.cjs')
const { permissionRows } = require('./permissions.cjs')

// The places and flags that the bridge knows.
const [USER, CHANNEL, ROLE, LIFETIME, LONGER, PUBLISH, ALLOW_LONG, PERMISSIONS, ROOM_UUID, ROOM_ROLE] = [
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
]
const [IS_ANY_USER, IS_ANY_CHANNEL, IS_UID, IS_ACCOUNT, IS_EXPIRES_IN, IS_PUBLISH_EXPIRES_IN] = [
    10, 11, 12, 13, 14, 15,
].map(at => 1 << at)
const SERVICES_AT = 11

/** Where an option's value goes, and what it says beside its value. Without a prototype: what is inherited is no option. */
const OPTIONS = Object.assign(Object.create(null), {
    channel: [CHANNEL, 0],
    uid: [USER, IS_UID],
    account: [USER, IS_ACCOUNT],
    user: [USER, 0],
    role: [ROLE, 0],
    lifetime: [LIFETIME, 0],
    expiresIn: [LIFETIME, IS_EXPIRES_IN],
    lifetimeLongerThanADay: [LONGER, 0],
    publishLifetime: [PUBLISH, 0],
    publishExpiresIn: [PUBLISH, IS_PUBLISH_EXPIRES_IN],
    allowLongToken: [ALLOW_LONG, 0],
    permissions: [PERMISSIONS, 0],
    roomUuid: [ROOM_UUID, 0],
    roomRole: [ROOM_ROLE, 0],
})
const NAMES = [...Object.keys(OPTIONS), 'rtm', 'chat', 'services']

const BITS = Object.fromEntries(Object.entries(SERVICES).map(([name, Class]) => [name, 1 << Class.type]))
const FLAGS = { rtm: BITS.ServiceRtm, chat: BITS.ServiceChat }
const HAS_CHANNEL = 1 << CHANNEL
const OF_A_CHANNEL = (1 << ROLE) | (1 << PUBLISH)

/** The options of a grant, which may be inherited. */
const optionsOf = options => flat(options, 'grant', NAMES)

/**
 * The values of a grant as the bridge takes them: the bits of what is given, the options by place, the bits of the
 * services. What is `undefined` is not said.
 */
function valuesOf(options) {
    const none = undefined
    const values = [0, none, none, none, none, none, none, none, none, none, none, 0]
    let services = 0
    let listed = false
    for (const name in options) {
        const value = options[name]
        const option = OPTIONS[name]
        if (option === undefined) {
            if (!NAMES.includes(name)) refuseName(name, 'grant', NAMES)
            if (value === undefined) continue
            if (name === 'services') services |= servicesOf(value)
            else if (flag(value, name)) services |= FLAGS[name]
            listed ||= name === 'services'
            continue
        }
        if (value === undefined) continue
        const bit = 1 << option[0]
        if (values[0] & bit) refuseSecond(name, option[0])
        values[0] |= bit | option[1]
        values[option[0] + 1] = value
    }
    if (typeof values[USER + 1] === 'object') takeUser(values)
    if (typeof values[CHANNEL + 1] === 'object') takeChannel(values)
    if (values[PERMISSIONS + 1] !== undefined) {
        values[PERMISSIONS + 1] = permissionRows(values[PERMISSIONS + 1])
        services |= BITS.ServiceRtm
    }
    if (!listed) {
        if (values[0] & HAS_CHANNEL) services |= BITS.ServiceRtc
        else if (values[0] & OF_A_CHANNEL || services === 0) {
            const instead = services === 0 ? ', or rtm, chat or services,' : ''
            throw errorOf('INVALID_CHANNEL_NAME', 'channel', `is missing; a channel${instead} expected`)
        }
    }
    values[SERVICES_AT] = services
    return values
}

/** What the grants named after their services take. */
const OF_ALL = ['uid', 'account', 'user', 'lifetime', 'expiresIn', 'lifetimeLongerThanADay', 'allowLongToken']
const OF_RTC = ['channel', 'role', 'publishLifetime', 'publishExpiresIn']
const OF_CHAT = new Set(OF_ALL)
const OF_RTM = new Set([...OF_ALL, 'permissions'])
const OF_RTC_ALONE = new Set([...OF_ALL, ...OF_RTC])
const OF_RTC_RTM = new Set([...OF_RTM, ...OF_RTC])

/** The options with their services. One that says something else than the services do is refused. */
function granting(services, options, names) {
    return { ...checkNames(options, 'grant', names), services }
}

function flag(value, name) {
    return typeof value === 'boolean' ? value : check.refuse('INDEX_OUT_OF_RANGE', name, value, 'true or false')
}

function servicesOf(value) {
    // The methods of arrays leave out holes.
    let all = 0
    for (const service of check.array(value, 'NO_SERVICES', 'services'))
        all |= 1 << given(native.serviceNumber(service))
    if (all === 0) throw errorOf('NO_SERVICES', 'services', 'must hold at least one service')
    return all
}

function refuseSecond(name, place) {
    const [code, others] =
        place === USER
            ? ['INVALID_USER_ACCOUNT', 'one of uid, account and user']
            : ['INVALID_LIFETIME', 'one name of a lifetime']
    throw errorOf(code, name, `is given beside another; ${others} expected`)
}

/** The same values for another user. */
function valuesFor(user, values) {
    const all = [...values]
    all[USER + 1] = user
    if (typeof user === 'object') takeUser(all)
    return all
}

function takeUser(values) {
    const user = values[USER + 1]
    // `uid` and `account` take plain values alone, and the bridge refuses what is none.
    if (values[0] & (IS_UID | IS_ACCOUNT) || !isUser(user)) return
    if (user.uid === null && user.account === null) values[0] |= IS_ANY_USER
    values[USER + 1] = user.uid ?? user.account ?? undefined
}

function takeChannel(values) {
    const channel = values[CHANNEL + 1]
    if (!isChannel(channel)) return
    if (channel.name === null) values[0] |= IS_ANY_CHANNEL
    values[CHANNEL + 1] = channel.name ?? undefined
}

/** The values of a grant, or of the options of one. */
let valuesOfGrant

class Grant {
    #values

    static {
        valuesOfGrant = grant =>
            check.isObject(grant) && #values in grant ? grant.#values : valuesOf(optionsOf(grant))
    }

    static rtc(options) {
        return new Grant(granting(['rtc'], options, OF_RTC_ALONE))
    }

    static rtm(options) {
        return new Grant(granting(['rtm'], options, OF_RTM))
    }

    static chat(options) {
        return new Grant(granting(['chat'], options, OF_CHAT))
    }

    static rtcRtm(options) {
        return new Grant(granting(['rtc', 'rtm'], options, OF_RTC_RTM))
    }

    static rtcRtmChat(options) {
        return new Grant(granting(['rtc', 'rtm', 'chat'], options, OF_RTC_RTM))
    }

    constructor(options) {
        const all = optionsOf(options)
        const values = valuesOf(all)
        given(native.checkGrant(...values))
        this.#values = values
        // For whoever looks at it; the values are what counts.
        Object.freeze(Object.assign(this, all))
    }
}

module.exports = { Grant, optionsOf, valuesFor, valuesOf, valuesOfGrant }
