// Everything the package exports.

'use strict'

const { AgoraTokenError, ErrorCode } = require('./lib/error.cjs')

module.exports = {
    ...require('./lib/builders.cjs'),
    ...require('./lib/services.cjs'),
    ...require('./lib/access-token2.cjs'),
    ...require('./lib/access-token.cjs'),
    ...require('./lib/verify.cjs'),
    ...require('./lib/issuer.cjs'),
    ...require('./lib/doctor.cjs'),
    AgoraTokenError,
    ErrorCode,
}
