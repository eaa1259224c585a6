'use strict'

const { FpaTokenBuilder } = require('../builders.cjs')

module.exports = { FpaTokenBuilder }
