// The same for `import`: one set of classes, whichever way the package is loaded. A test compares the names.

import all from './index.cjs'

export * from './lib/generated/exports.mjs'
export default all
export const {
    AccessToken,
    AccessToken2,
    AgoraTokenError,
    Channel,
    ConfigurationError,
    Credentials,
    Grant,
    InputError,
    IssuedToken,
    Issuer,
    Role,
    Rtm2Permissions,
    Service,
    SystemError,
    TokenParseError,
    UnverifiedToken,
    UnverifiedToken2,
    User,
    Verdict,
    VerificationError,
    Verifier,
    backend,
    diagnose,
    inspect,
} = all
