// What the official package exports, under the same names.

export { Rtm2Permissions } from './access-token2.cjs'
export {
    ApaasTokenBuilder,
    ChatTokenBuilder,
    ConvoAITokenBuilder,
    EducationTokenBuilder,
    FpaTokenBuilder,
    RtcRole,
    RtcTokenBuilder,
    RtmTokenBuilder,
    SttTokenBuilder,
} from './generated/builders.cjs'
