'use strict'

const { RtcTokenBuilder006: RtcTokenBuilder, RtcRole006: Role } = require('../generated/builders.cjs')

module.exports = { RtcTokenBuilder, Role }
