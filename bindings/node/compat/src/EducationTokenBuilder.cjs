'use strict'

const { EducationTokenBuilder } = require('../builders.cjs')

module.exports = { EducationTokenBuilder }
