'use strict'

const { RtmTokenBuilder } = require('../builders.cjs')

module.exports = { RtmTokenBuilder }
