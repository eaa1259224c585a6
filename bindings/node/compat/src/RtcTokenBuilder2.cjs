'use strict'

const { RtcTokenBuilder, RtcRole: Role } = require('../builders.cjs')

module.exports = { RtcTokenBuilder, Role }
