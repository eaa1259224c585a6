// The services of AccessToken2: their names in our C ABI and our documents, and the official class with its fields.

import accessToken2 from 'agora-token/src/AccessToken2.js'

const service = (type, name, abiName, className, privileges, texts = {}) => ({
    type,
    name,
    abiName,
    Class: accessToken2[className],
    privileges,
    // Name in a document and field of the official object, in the order of the wire.
    texts: Object.entries(texts),
})

const PUBLISH = ['publishAudioStream', 'publishVideoStream', 'publishDataStream']

export const SERVICES = [
    service(1, 'rtc', 'rtc', 'ServiceRtc', ['joinChannel', ...PUBLISH], {
        channel: '__channel_name',
        account: '__uid',
    }),
    service(2, 'rtm', 'rtm', 'ServiceRtm', ['login'], { userId: '__user_id' }),
    service(3, 'streaming', 'streaming', 'ServiceStreaming', ['publishMixStream', 'publishRawStream'], {
        channel: '__channel_name',
        account: '__account',
    }),
    service(4, 'fpa', 'fpa', 'ServiceFpa', ['login']),
    service(5, 'chat', 'chat', 'ServiceChat', ['user', 'app'], { userId: '__user_id' }),
    service(6, 'fcdn', 'fcdn', 'ServiceFCdn', ['publish', 'play'], { channel: '__channel_name', account: '__account' }),
    service(7, 'apaas', 'apaas', 'ServiceApaas', ['roomUser', 'user', 'app'], {
        roomUuid: '__room_uuid',
        userUuid: '__user_uuid',
    }),
    service(8, 'rtm2', 'rtm2', 'ServiceRtm2', ['login'], { userId: '__user_id' }),
    service(9, 'convoAi', 'convo_ai', 'ServiceConvoAI', []),
    service(10, 'stt', 'stt', 'ServiceStt', []),
]

/** Which numbers of an RTM2 permission have which names in a document. */
export const RESOURCES = ['messageChannels', 'streamChannels', 'groupChannels', 'serverGroups', 'users']
export const PERMISSIONS = ['read', 'write']

export const PRIVILEGES_006 = {
    1: 'joinChannel',
    2: PUBLISH[0],
    3: PUBLISH[1],
    4: PUBLISH[2],
    101: 'administrateChannel',
    1000: 'rtmLogin',
}
