// Everything the package exports.

'use strict'

const { AgoraTokenError } = require('./lib/error.cjs')
const { Rtm2Permissions } = require('./lib/permissions.cjs')
const { SERVICES } = require('./lib/generated/services.cjs')
const { Service } = require('./lib/service.cjs')

module.exports = {
    ...require('./lib/generated/builders.cjs'),
    ...require('./lib/generated/constants.cjs'),
    ...require('./lib/access-token2.cjs'),
    ...require('./lib/access-token.cjs'),
    ...require('./lib/doctor.cjs'),
    ...require('./lib/inspect.cjs'),
    ...require('./lib/issuer.cjs'),
    ...require('./lib/verify.cjs'),
    AgoraTokenError,
    Rtm2Permissions,
    Service,
    ...SERVICES,
}
