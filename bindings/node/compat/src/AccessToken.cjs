'use strict'

const { AccessToken, priviledges, version } = require('../access-token.cjs')

module.exports = { AccessToken, priviledges, version }
