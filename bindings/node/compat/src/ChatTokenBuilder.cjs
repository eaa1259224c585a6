'use strict'

const { ChatTokenBuilder } = require('../generated/builders.cjs')

module.exports = { ChatTokenBuilder }
