// Everything the package exports.

'use strict'

const { given, errorOf, ...errors } = require('./lib/error.cjs')
const { Credentials } = require('./lib/credentials.cjs')
const { Grant } = require('./lib/grant.cjs')
const { Channel, User } = require('./lib/identity.cjs')
const { RtcRole } = require('./lib/generated/constants.cjs')
const { Rtm2Permissions } = require('./lib/permissions.cjs')
const { SERVICES } = require('./lib/generated/services.cjs')
const { Service } = require('./lib/service.cjs')
const { Verdict, Verifier } = require('./lib/verifier.cjs')

/** What the package runs on here. */
const { backend = 'native' } = require('./lib/native.cjs')

module.exports = {
    ...require('./lib/generated/builders.cjs'),
    ...require('./lib/generated/constants.cjs'),
    ...require('./lib/access-token2.cjs'),
    ...require('./lib/access-token.cjs'),
    ...require('./lib/doctor.cjs'),
    ...require('./lib/inspect.cjs'),
    ...require('./lib/issuer.cjs'),
    ...errors,
    Channel,
    Credentials,
    Grant,
    Role: RtcRole,
    Rtm2Permissions,
    Service,
    User,
    Verdict,
    Verifier,
    backend,
    ...SERVICES,
}
