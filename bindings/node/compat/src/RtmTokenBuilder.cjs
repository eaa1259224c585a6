'use strict'

const { RtmTokenBuilder006: RtmTokenBuilder, RtmRole006: Role } = require('../builders.cjs')

module.exports = { RtmTokenBuilder, Role }
