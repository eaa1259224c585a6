// The same for `import`. A test compares the names.

import all from './index.cjs'

export default all
export const {
    ApaasTokenBuilder,
    ChatTokenBuilder,
    ConvoAITokenBuilder,
    EducationTokenBuilder,
    FpaTokenBuilder,
    RtcRole,
    RtcTokenBuilder,
    Rtm2Permissions,
    RtmTokenBuilder,
    SttTokenBuilder,
} = all
