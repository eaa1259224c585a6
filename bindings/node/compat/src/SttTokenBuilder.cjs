'use strict'

const { SttTokenBuilder } = require('../builders.cjs')

module.exports = { SttTokenBuilder }
