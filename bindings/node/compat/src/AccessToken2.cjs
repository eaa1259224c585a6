'use strict'

module.exports = require('../access-token2.cjs')
