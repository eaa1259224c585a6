'use strict'

const { ApaasTokenBuilder } = require('../generated/builders.cjs')

module.exports = { ApaasTokenBuilder }
