// The same for `import`: one set of classes, whichever way the package is loaded. A test compares the names.

import all from './index.cjs'

export * from './lib/generated/exports.mjs'
export default all
export const {
    ANY_CHANNEL,
    ANY_USER,
    AccessToken,
    AccessToken2,
    AgoraTokenError,
    Grant,
    IssuedToken,
    Issuer,
    Rtm2Permissions,
    Service,
    UnverifiedToken,
    UnverifiedToken2,
    Verdict,
    Verifier,
    diagnose,
    inspect,
    verify,
} = all
