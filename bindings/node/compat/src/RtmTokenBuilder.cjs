'use strict'

const { RtmTokenBuilder006: RtmTokenBuilder, RtmRole006: Role } = require('../generated/builders.cjs')

module.exports = { RtmTokenBuilder, Role }
