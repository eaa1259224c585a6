// The one-call builders: under the names of agora_token.h, with their arguments' names there.

import * as face from 'agora-token-native'

const RTM2 =
    'channel_name rtc_account rtc_role rtc_token_expire join_channel_privilege_expire pub_audio_privilege_expire ' +
    'pub_video_privilege_expire pub_data_stream_privilege_expire rtm_user_id rtm_token_expire'
const LIFETIMES =
    'token_expire join_channel_privilege_expire pub_audio_privilege_expire pub_video_privilege_expire ' +
    'pub_data_stream_privilege_expire'

const builder = (name, className, method, names = '') => ({
    name: `agora_build_${name}`,
    className,
    method,
    names: ['app_id', 'app_certificate', ...names.split(' ').filter(Boolean)],
})

const classroom = (name, className) => [
    builder(`${name}_room_user_token2`, className, 'buildRoomUserToken', 'room_uuid user_uuid role token_expire'),
    builder(`${name}_user_token2`, className, 'buildUserToken', 'user_uuid token_expire'),
    builder(`${name}_app_token2`, className, 'buildAppToken', 'token_expire'),
]

const rtc = (name, method, names) => builder(name, 'RtcTokenBuilder', method, names)

export const BUILDERS = [
    builder('token_with_uid', 'RtcTokenBuilder006', 'buildTokenWithUid', 'channel_name uid role privilege_expired_ts'),
    builder(
        'token_with_user_account',
        'RtcTokenBuilder006',
        'buildTokenWithUserAccount',
        'channel_name user_account role privilege_expired_ts',
    ),
    builder('rtm_token', 'RtmTokenBuilder006', 'buildToken', 'user_account role privilege_expired_ts'),
    rtc('token2_with_uid', 'buildTokenWithUid', 'channel_name uid role token_expire privilege_expire'),
    rtc(
        'token2_with_user_account',
        'buildTokenWithUserAccount',
        'channel_name user_account role token_expire privilege_expire',
    ),
    rtc('token2_with_uid_and_privilege', 'buildTokenWithUidAndPrivilege', `channel_name uid ${LIFETIMES}`),
    rtc(
        'token2_with_user_account_and_privilege',
        'BuildTokenWithUserAccountAndPrivilege',
        `channel_name user_account ${LIFETIMES}`,
    ),
    rtc('token2_with_rtm', 'buildTokenWithRtm', 'channel_name user_account role token_expire privilege_expire'),
    rtc('token2_with_rtm2', 'buildTokenWithRtm2', RTM2),
    builder('rtm_token2', 'RtmTokenBuilder', 'buildToken', 'user_id token_expire'),
    builder(
        'rtm_token2_with_permissions',
        'RtmTokenBuilder',
        'buildTokenWithPermissions',
        'user_id permissions token_expire',
    ),
    builder('chat_user_token2', 'ChatTokenBuilder', 'buildUserToken', 'user_id token_expire'),
    builder('chat_app_token2', 'ChatTokenBuilder', 'buildAppToken', 'token_expire'),
    builder('fpa_token2', 'FpaTokenBuilder', 'buildToken'),
    ...classroom('apaas', 'ApaasTokenBuilder'),
    ...classroom('education', 'EducationTokenBuilder'),
    builder('convo_ai_token2', 'ConvoAITokenBuilder', 'buildToken', RTM2),
    builder('stt_token2', 'SttTokenBuilder', 'buildToken', RTM2),
]

/** Calls a builder of the package with arguments by name. */
export function call({ className, method, names }, args) {
    return face[className][method](...names.map(name => args[name]))
}
