'use strict'

const { ConvoAITokenBuilder } = require('../builders.cjs')

module.exports = { ConvoAITokenBuilder }
