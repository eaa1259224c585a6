// Objects of named options. They cross the bridge as their values by place, with a number that tells which are given.

'use strict'

const checks = require('./check.cjs')
const { errorOf } = require('./error.cjs')

/**
 * The options of an object in one that has them all itself. What a class or a prototype gives counts, its getters too: an
 * option that is passed over would leave something out unnoticed.
 */
function flat(options, field, names) {
    if (checks.isObject(options)) {
        const prototype = Object.getPrototypeOf(options)
        if (prototype === Object.prototype || prototype === null) return options
    }
    if (!checks.isPlain(options)) checks.refuse('UNKNOWN_OPTION', field, options, 'a plain object')
    const all = Object.create(null)
    for (const name in options) all[name] = options[name]
    // The getters of a class are not enumerable.
    for (const name of names) if (name in options && !(name in all)) all[name] = options[name]
    return all
}

/** The same without names that there are not: one misspelt would leave something out unnoticed, too. */
function check(options, field, names) {
    const all = flat(options, field, names)
    for (const name in all) if (!names.has(name)) refuseName(name, field, names)
    return all
}

/** A name that does not look like one may be a secret in the wrong place, and is not shown. */
function refuseName(name, field, names) {
    if (!/^[a-z_]{1,30}$/i.test(name)) throw errorOf('UNKNOWN_OPTION', field, 'holds an option that there is not')
    const near = nearest(name, [...names])
    const hint = near === undefined ? '' : `; did you mean ${near}?`
    throw errorOf('UNKNOWN_OPTION', name, `is no option${hint}`)
}

/** What other libraries call the same. */
const ALSO = {
    channelname: 'channel',
    room: 'channel',
    useraccount: 'account',
    userid: 'user',
    expire: 'lifetime',
    tokenexpire: 'lifetime',
    ttl: 'lifetime',
    privilegeexpire: 'lifetime',
    certificate: 'appCertificate',
    now: 'clock',
    at: 'clock',
}

const plain = name => name.toLowerCase().replaceAll('_', '')

/** The name that is meant, as far as that can be told. */
function nearest(name, names) {
    const wanted = plain(name)
    const exact = names.find(each => plain(each) === wanted) ?? names.find(each => each === ALSO[wanted])
    if (exact !== undefined) return exact
    const [best] = names.map(each => [distance(wanted, plain(each)), each]).sort(([one], [other]) => one - other)
    return best !== undefined && best[0] <= Math.max(1, Math.floor(wanted.length / 3)) ? best[1] : undefined
}

/** By how many letters two names differ. */
function distance(one, other) {
    let row = Array.from({ length: other.length + 1 }, (_, at) => at)
    for (let i = 1; i <= one.length; i++) {
        const next = [i]
        for (let j = 1; j <= other.length; j++) {
            next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1))
        }
        row = next
    }
    return row[other.length]
}

/** Also one of another realm, as test runners have them. */
const isDate = value => Object.prototype.toString.call(value) === '[object Date]'

/** Unix seconds, also of a `Date` and of seconds with a fraction. */
function unixTime(value) {
    if (isDate(value)) return Math.floor(value.getTime() / 1000)
    return typeof value === 'number' ? Math.floor(value) : value
}

/** What a source of the time or of salts gives, which is a function or always the same; `undefined` is no source. */
const drawn = source => (typeof source === 'function' ? (source() ?? null) : source)
/** The same of a source that is no function. */
const fixed = source => (typeof source === 'function' ? undefined : source)

/** The variables of the environment, where there are any: a browser has none. */
const environment = () => globalThis.process?.env ?? {}

module.exports = { check, drawn, environment, fixed, flat, refuseName, unixTime }
