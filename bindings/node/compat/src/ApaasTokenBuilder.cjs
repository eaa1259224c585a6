'use strict'

const { ApaasTokenBuilder } = require('../builders.cjs')

module.exports = { ApaasTokenBuilder }
