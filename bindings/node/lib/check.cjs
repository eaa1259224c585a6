// Values from a user on their way into a document. The one-call builders do not come by here: the bridge checks theirs.

'use strict'

const { AgoraTokenError } = require('./error.cjs')

const MAX_U16 = 0xffff
const MAX_U32 = 0xffffffff

/** What a value is, in words; a text is not shown, for it may be a secret in the wrong place. */
function told(value) {
    if (value === null || value === undefined || typeof value === 'number') return String(value)
    if (typeof value === 'bigint') return 'a BigInt'
    return `${typeof value === 'object' ? 'an' : 'a'} ${typeof value}`
}

function refuse(code, field, value, expected) {
    throw new AgoraTokenError(code, field, `${field} is ${told(value)}; ${expected} expected`)
}

const isObject = value => typeof value === 'object' && value !== null

function integer(value, least, most, code, field) {
    if (Number.isInteger(value) && value >= least && value <= most) return value
    return refuse(code, field, value, `an integer from ${least} to ${most}`)
}

const uint32 = (value, code, field) => integer(value, 0, MAX_U32, code, field)
const lifetime = (value, field) => uint32(value, 'INVALID_LIFETIME', field)
const timestamp = (value, field) => uint32(value, 'INVALID_TIMESTAMP', field)
const salt = value => uint32(value, 'INVALID_SALT', 'salt')
/** The number of a service, a privilege or a permission. */
const number = (value, field) => integer(value, 0, MAX_U16, 'INDEX_OUT_OF_RANGE', field)

function string(value, code, field) {
    if (typeof value !== 'string') refuse(code, field, value, 'a string')
    if (value.isWellFormed()) return value
    throw new AgoraTokenError('INVALID_UTF8', field, `${field} holds half a surrogate pair, which no UTF-8 can hold`)
}

/** What the formats carry as text: any bytes. */
function text(value, code, field) {
    if (value instanceof Uint8Array) return value
    if (typeof value === 'string') return string(value, code, field)
    return refuse(code, field, value, 'a string or a Uint8Array')
}

function array(value, code, field) {
    return Array.isArray(value) ? value : refuse(code, field, value, 'an array')
}

/** A string can be iterated too, and would come apart into its characters; so an array it is. */
function resources(value) {
    return array(value, 'INVALID_PERMISSIONS', 'permissions').map(resource =>
        text(resource, 'INVALID_PERMISSIONS', 'permissions'),
    )
}

const apaasRole = value => integer(value, -32768, 32767, 'INVALID_ROLE', 'role')

/** What a uid is on the wire: nothing at all for 0, which means any user. */
function uid(value) {
    const number = uint32(value, 'INVALID_UID', 'uid')
    return number === 0 ? '' : String(number)
}

/** A user as the mechanism takes one: a uid, or the text that goes on the wire. */
const user = value => (typeof value === 'number' ? uid(value) : text(value, 'INVALID_USER_ACCOUNT', 'userAccount'))

module.exports = {
    MAX_U32,
    apaasRole,
    array,
    integer,
    isObject,
    lifetime,
    number,
    refuse,
    resources,
    salt,
    string,
    text,
    timestamp,
    uid,
    uint32,
    user,
}
