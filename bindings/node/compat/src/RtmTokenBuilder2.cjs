'use strict'

const { RtmTokenBuilder } = require('../generated/builders.cjs')

module.exports = { RtmTokenBuilder }
