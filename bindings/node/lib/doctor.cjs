// Why a token does not let its user in.

'use strict'

const native = require('./native.cjs')
const check = require('./check.cjs')
const { document } = require('./error.cjs')
const options = require('./options.cjs')

/** Every code by its own name; the bridge has severity, meaning, fix and example beside it. */
const FindingCode = Object.freeze(Object.fromEntries(JSON.parse(native.findingCodes()).map(([name]) => [name, name])))

const string = (code, field) => value => check.string(value, code, field)

const KNOWN = {
    appId: string('INVALID_APP_ID', 'appId'),
    channelName: string('INVALID_CHANNEL_NAME', 'channelName'),
    uid: value => check.uint32(value, 'INVALID_UID', 'uid'),
    userAccount: string('INVALID_USER_ACCOUNT', 'userAccount'),
    service: value => check.number(value, 'service'),
    role: value => check.uint32(value, 'INVALID_ROLE', 'role'),
    at: value => options.unixTime(value, 'at'),
    sdk: string('INDEX_OUT_OF_RANGE', 'sdk'),
    // A client's error may be its number.
    error: value => check.string(typeof value === 'number' ? String(value) : value, 'INDEX_OUT_OF_RANGE', 'error'),
    certificates: value =>
        check
            .array(value, 'INVALID_APP_CERTIFICATE', 'certificates')
            .map(string('INVALID_APP_CERTIFICATE', 'certificates')),
    redact: value => options.boolean(value, 'redact'),
}
/** Unlike a verdict, a diagnosis may go without: what is undefined is not known. */
const CHECKS = Object.fromEntries(
    Object.entries(KNOWN).map(([name, checked]) => [name, value => (value === undefined ? undefined : checked(value))]),
)

function diagnose(token, attempt = {}) {
    const known = options.checked(attempt, 'attempt', CHECKS)
    options.exclusive(known, 'uid', 'userAccount', 'INVALID_USER_ACCOUNT')
    return document(native.diagnose(token, JSON.stringify(known)))
}

module.exports = { FindingCode, diagnose }
