'use strict'

const { RtcTokenBuilder, RtcRole: Role } = require('../generated/builders.cjs')

module.exports = { RtcTokenBuilder, Role }
