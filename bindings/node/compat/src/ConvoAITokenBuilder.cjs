'use strict'

const { ConvoAITokenBuilder } = require('../generated/builders.cjs')

module.exports = { ConvoAITokenBuilder }
