'use strict'

const { ChatTokenBuilder } = require('../builders.cjs')

module.exports = { ChatTokenBuilder }
