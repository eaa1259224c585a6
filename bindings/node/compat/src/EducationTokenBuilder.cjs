'use strict'

const { EducationTokenBuilder } = require('../generated/builders.cjs')

module.exports = { EducationTokenBuilder }
