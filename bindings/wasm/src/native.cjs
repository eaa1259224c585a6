// In place of the native module.

'use strict'

const { compiled } = require('./module.cjs')
const { bridge } = require('./engine.cjs')

module.exports = bridge(compiled)
