// Values that a user puts into an object of this package. What goes to the bridge as it comes is checked there.

'use strict'

const { errorOf } = require('./error.cjs')

const MAX_U16 = 0xffff
const MAX_U32 = 0xffffffff

/** What a value is, in words; a text is not shown, for it may be a secret in the wrong place. */
function told(value) {
    if (value === null || value === undefined || typeof value === 'number') return String(value)
    if (typeof value === 'bigint') return 'a BigInt'
    return `${typeof value === 'object' ? 'an' : 'a'} ${typeof value}`
}

function refuse(code, field, value, expected) {
    throw errorOf(code, field, `is ${told(value)}; ${expected} expected`)
}

const isObject = value => typeof value === 'object' && value !== null

/** By its own name, which no other realm and no subclass changes. */
const isUint8Array = value => ArrayBuffer.isView(value) && value[Symbol.toStringTag] === 'Uint8Array'

/** Neither an array, a Map nor a promise: what those hold is not in their properties. */
const isPlain = value => Object.prototype.toString.call(value) === '[object Object]'

function integer(value, least, most, code, field) {
    if (Number.isInteger(value) && value >= least && value <= most) return value
    return refuse(code, field, value, `an integer from ${least} to ${most}`)
}

const lifetime = (value, field) => integer(value, 0, MAX_U32, 'INVALID_LIFETIME', field)
const timestamp = (value, field) => integer(value, 0, MAX_U32, 'INVALID_TIMESTAMP', field)
/** The number of a service, a privilege or a permission. */
const number = (value, field) => integer(value, 0, MAX_U16, 'INDEX_OUT_OF_RANGE', field)
const apaasRole = value => integer(value, -32768, 32767, 'INVALID_ROLE', 'role')

/** What the formats carry as text: any bytes. */
function text(value, code, field) {
    if (isUint8Array(value)) return value
    if (typeof value !== 'string') refuse(code, field, value, 'a string or a Uint8Array')
    if (value.isWellFormed()) return value
    throw errorOf('INVALID_UTF8', field, 'holds half a surrogate pair, which no UTF-8 can hold')
}

function array(value, code, field) {
    return Array.isArray(value) ? value : refuse(code, field, value, 'an array')
}

/** A user as the mechanism takes one: a uid, where 0 is the empty text, or the text that goes on the wire. */
function user(value) {
    if (typeof value !== 'number') return text(value, 'INVALID_USER_ACCOUNT', 'userAccount')
    const uid = integer(value, 0, MAX_U32, 'INVALID_UID', 'uid')
    return uid === 0 ? '' : String(uid)
}

/** The entries of an object whose keys are numbers; another key becomes NaN, which is refused as a number. */
function byNumber(object, code, field) {
    if (!isPlain(object)) refuse(code, field, object, 'a plain object')
    return Object.entries(object).map(([key, value]) => [/^(0|[1-9]\d*)$/.test(key) ? Number(key) : NaN, value])
}

module.exports = { apaasRole, array, byNumber, isObject, isPlain, lifetime, number, refuse, text, timestamp, user }
