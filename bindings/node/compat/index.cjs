// What the official package exports, under the same names.

'use strict'

const { Rtm2Permissions } = require('./access-token2.cjs')
const {
    ApaasTokenBuilder,
    ChatTokenBuilder,
    ConvoAITokenBuilder,
    EducationTokenBuilder,
    FpaTokenBuilder,
    RtcRole,
    RtcTokenBuilder,
    RtmTokenBuilder,
    SttTokenBuilder,
} = require('./generated/builders.cjs')

module.exports = {
    ApaasTokenBuilder,
    ChatTokenBuilder,
    ConvoAITokenBuilder,
    EducationTokenBuilder,
    FpaTokenBuilder,
    RtcRole,
    RtcTokenBuilder,
    RtmTokenBuilder,
    SttTokenBuilder,
    Rtm2Permissions,
}
