// The document of a token.

'use strict'

const native = require('./native.cjs')
const { given } = require('./error.cjs')

/** What a token says, unverified. */
const inspect = token => JSON.parse(given(native.inspect(token)))

module.exports = { inspect }
