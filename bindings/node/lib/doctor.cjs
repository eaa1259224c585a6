// Why a token does not let its user in.

'use strict'

const native = require('./native.cjs')
const { given } = require('./error.cjs')
const options = require('./options.cjs')

/** In the places that the bridge knows. */
const NAMES = [
    'appId',
    'channelName',
    'uid',
    'userAccount',
    'service',
    'role',
    'at',
    'sdk',
    'error',
    'certificates',
    'redact',
]
const PLACES = options.placed(NAMES)

function diagnose(token, attempt = {}) {
    const [known, ...values] = options.byPlace(attempt, 'attempt', PLACES)
    // Unlike a verdict, a diagnosis may go without: what is undefined is not known.
    const isKnown = values.reduce((bits, value, place) => (value === undefined ? bits : bits | (1 << place)), 0)
    values[PLACES.at] = options.unixTime(values[PLACES.at])
    // A client's error may be its number.
    if (Number.isInteger(values[PLACES.error])) values[PLACES.error] = String(values[PLACES.error])
    return JSON.parse(given(native.diagnose(token, known & isKnown, values)))
}

module.exports = { diagnose }
