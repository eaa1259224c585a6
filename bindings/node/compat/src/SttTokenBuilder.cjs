'use strict'

const { SttTokenBuilder } = require('../generated/builders.cjs')

module.exports = { SttTokenBuilder }
