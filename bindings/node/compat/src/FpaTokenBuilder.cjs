'use strict'

const { FpaTokenBuilder } = require('../generated/builders.cjs')

module.exports = { FpaTokenBuilder }
