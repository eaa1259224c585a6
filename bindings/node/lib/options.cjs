// Objects of named options. They cross the bridge as their values by place, with a number that tells which are given.

'use strict'

const check = require('./check.cjs')
const { AgoraTokenError } = require('./error.cjs')

/** The places of names. Without a prototype: what an object inherits is no option. */
const placed = names => Object.assign(Object.create(null), Object.fromEntries(names.map((name, at) => [name, at])))

/** Adds the options that are given to `values`: their bits to the first, and then each by its place. */
function byPlace(options, field, places, values = [0]) {
    if (!check.isPlain(options)) check.refuse('INDEX_OUT_OF_RANGE', field, options, 'a plain object')
    // An option that is misspelt would leave something out unnoticed; so would an inherited one.
    for (const name in options) {
        const place = places[name]
        if (place === undefined) refuseName(name, field)
        values[0] |= 1 << place
        values[place + 1] = options[name]
    }
    return values
}

/** A name that does not look like one may be a secret in the wrong place, and is not shown. */
function refuseName(name, field) {
    if (/^[a-z_]{1,30}$/i.test(name))
        throw new AgoraTokenError('INDEX_OUT_OF_RANGE', name, `there is no option ${name}`)
    throw new AgoraTokenError('INDEX_OUT_OF_RANGE', field, `${field} has an option that there is not`)
}

/** Unix seconds. */
const unixTime = value => (value instanceof Date ? Math.floor(value.getTime() / 1000) : value)

module.exports = { byPlace, placed, unixTime }
