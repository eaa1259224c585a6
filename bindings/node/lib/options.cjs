// Objects of named options: each is checked by its name, and one that does not exist is refused.

'use strict'

const check = require('./check.cjs')
const { AgoraTokenError } = require('./error.cjs')

/** What `checks` makes of the options that are there, by their names. */
function checked(options, field, checks) {
    if (!check.isObject(options)) check.refuse('INDEX_OUT_OF_RANGE', field, options, 'an object')
    const values = {}
    // An option that is misspelt would leave something out unnoticed; so would an inherited one.
    for (const name in options) {
        if (!Object.hasOwn(checks, name)) {
            throw new AgoraTokenError('INDEX_OUT_OF_RANGE', name, `there is no option ${name}`)
        }
        values[name] = checks[name](options[name])
    }
    return values
}

/** Of two options that exclude each other, the first is told beside the second, which is at fault. */
function exclusive(values, first, second, code) {
    if (values[first] !== undefined && values[second] !== undefined) {
        throw new AgoraTokenError(code, second, `${first} and ${second} are both given`)
    }
}

function unixTime(value, field) {
    const seconds = value instanceof Date ? Math.floor(value.getTime() / 1000) : value
    return check.integer(seconds, 0, Number.MAX_SAFE_INTEGER, 'INVALID_TIMESTAMP', field)
}

function boolean(value, field) {
    return typeof value === 'boolean' ? value : check.refuse('INDEX_OUT_OF_RANGE', field, value, 'true or false')
}

module.exports = { boolean, checked, exclusive, unixTime }
