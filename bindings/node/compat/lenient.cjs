// What the official code takes beyond its own declarations and that cannot do harm: numbers as text, fractions of a
// second, a user as a number. What would become "undefined", "NaN" or a wildcard there is refused here.

'use strict'

const MAX_U32 = 0xffffffff

/** A uid as its digits, and 0 as nothing; a text as it is, and so is what will be refused. */
function user(value) {
    if (value === 0) return ''
    if (typeof value === 'bigint' && value >= 0n) return String(value)
    return Number.isInteger(value) && value > 0 && value <= MAX_U32 ? String(value) : value
}

function text(value) {
    if (typeof value === 'string' && value.isWellFormed()) return value
    if (value instanceof Uint8Array) return value
    throw new TypeError('not a text')
}

/** Cuts off the fraction, as writing an integer does. */
function integer(value, least, most) {
    const isText = typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)
    const number = isText ? Number(value) : value
    if (typeof number === 'number' && number >= least && number <= most) return Math.trunc(number)
    throw new RangeError('not such a number')
}

/** A role as the official code compares it: what is none of these publishes nothing. */
const role = value => [0, 1, 101].find(known => value == known) ?? 2
const strictRole = value => (value === 1 ? 1 : 2)

const u32 = value => integer(value, 0, MAX_U32)
const u16 = value => integer(value, 0, 0xffff)
const i16 = value => integer(value, -32768, 32767)

/** The official way to fail: a value, and nothing said. */
function quietly(attempt, failure) {
    try {
        return attempt()
    } catch {
        return failure
    }
}

module.exports = { i16, quietly, role, strictRole, text, u16, u32, user }
