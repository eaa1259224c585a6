// Why a token does not let its user in.

'use strict'

const native = require('./native.cjs')
const check = require('./check.cjs')
const { CERTIFICATES, certificatesOf } = require('./credentials.cjs')
const { errorOf, given } = require('./error.cjs')
const { isChannel, isUser } = require('./identity.cjs')
const options = require('./options.cjs')

/** In the places that the bridge knows. */
const NAMES = ['appId', 'channel', 'uid', 'account', 'service', 'role', 'at', 'sdk', 'error', 'certificates', 'redact']
const ALL = new Set([...NAMES, ...CERTIFICATES, 'user'])

function diagnose(token, attempt = {}) {
    const all = options.check(attempt, 'attempt', ALL)
    const certificates = certificatesOf(all)
    const known = { ...all, ...userOf(all), certificates: certificates.length === 0 ? undefined : certificates }
    if (isChannel(known.channel)) known.channel = known.channel.name ?? '*'
    known.at = options.unixTime(known.at)
    // A client's error may be its number.
    if (Number.isInteger(known.error)) known.error = String(known.error)
    const values = NAMES.map(name => known[name])
    // Unlike a verdict, a diagnosis may go without: what is undefined is not known.
    const isKnown = values.reduce((bits, value, place) => (value === undefined ? bits : bits | (1 << place)), 0)
    return JSON.parse(given(native.diagnose(token, isKnown, values)))
}

function userOf({ user, uid, account }) {
    if (user === undefined) return {}
    if (uid !== undefined || account !== undefined) {
        throw errorOf('INVALID_USER_ACCOUNT', 'user', 'is given beside another; one of uid, account and user expected')
    }
    const value = isUser(user) ? (user.uid ?? user.account) : user
    if (typeof value === 'number') return { uid: value }
    if (typeof value === 'string') return { account: value }
    return check.refuse('INVALID_USER_ACCOUNT', 'user', value, 'a number, a string or one User')
}

module.exports = { diagnose }
