// Written for the official package as its users write: compat.test.mjs runs it as it is, and with the package's name
// changed. It prints what it makes, a line a token.

const {
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
} = require('agora-token')
const { AccessToken2, ServiceRtc, ServiceStreaming, kRtcServiceType } = require('agora-token/src/AccessToken2')
const { RtcTokenBuilder: OldBuilder, Role: OldRole } = require('agora-token/src/RtcTokenBuilder')
const { RtmTokenBuilder: OldRtmBuilder, Role: OldRtmRole } = require('agora-token/src/RtmTokenBuilder.js')

const appId = process.env.AGORA_APP_ID
const appCertificate = process.env.AGORA_APP_CERTIFICATE
const channelName = 'stage'
const uid = 2882341273
const account = 'alice'
const hour = 3600
const end = 4_000_000_000

const print = (name, token) => console.log(`${name} ${token}`)

print('uid', RtcTokenBuilder.buildTokenWithUid(appId, appCertificate, channelName, uid, RtcRole.PUBLISHER, hour, hour))
print('listener', RtcTokenBuilder.buildTokenWithUid(appId, appCertificate, channelName, 7, RtcRole.SUBSCRIBER, hour))
print(
    'account',
    RtcTokenBuilder.buildTokenWithUserAccount(
        appId,
        appCertificate,
        channelName,
        account,
        RtcRole.PUBLISHER,
        hour,
        hour,
    ),
)
print(
    'uid4',
    RtcTokenBuilder.buildTokenWithUidAndPrivilege(appId, appCertificate, channelName, uid, hour, hour, 60, 70, 80),
)
print(
    'account4',
    RtcTokenBuilder.BuildTokenWithUserAccountAndPrivilege(
        appId,
        appCertificate,
        channelName,
        account,
        hour,
        hour,
        60,
        70,
        80,
    ),
)
print(
    'rtm',
    RtcTokenBuilder.buildTokenWithRtm(appId, appCertificate, channelName, account, RtcRole.PUBLISHER, hour, hour),
)
print(
    'rtm2',
    RtcTokenBuilder.buildTokenWithRtm2(
        appId,
        appCertificate,
        channelName,
        account,
        RtcRole.PUBLISHER,
        hour,
        1,
        2,
        3,
        4,
        'bob',
        hour,
    ),
)
print('login', RtmTokenBuilder.buildToken(appId, appCertificate, account, hour))

const permissions = new Rtm2Permissions()
permissions.add(Rtm2Permissions.kMessageChannels, Rtm2Permissions.kRead, ['news', 'chat'])
permissions.add(Rtm2Permissions.kUsers, Rtm2Permissions.kWrite, ['bob'])
print('permissions', RtmTokenBuilder.buildTokenWithPermissions(appId, appCertificate, account, permissions, hour))

print('chat', ChatTokenBuilder.buildUserToken(appId, appCertificate, account, hour))
print('chatApp', ChatTokenBuilder.buildAppToken(appId, appCertificate, hour))
print('fpa', FpaTokenBuilder.buildToken(appId, appCertificate))
print('pupil', EducationTokenBuilder.buildUserToken(appId, appCertificate, account, hour))
print('school', EducationTokenBuilder.buildAppToken(appId, appCertificate, hour))
print('guest', ApaasTokenBuilder.buildUserToken(appId, appCertificate, account, hour))
print('host', ApaasTokenBuilder.buildAppToken(appId, appCertificate, hour))
print(
    'ai',
    ConvoAITokenBuilder.buildToken(
        appId,
        appCertificate,
        channelName,
        account,
        RtcRole.PUBLISHER,
        hour,
        1,
        2,
        3,
        4,
        'bot',
        hour,
    ),
)
print(
    'stt',
    SttTokenBuilder.buildToken(
        appId,
        appCertificate,
        channelName,
        account,
        RtcRole.SUBSCRIBER,
        hour,
        1,
        2,
        3,
        4,
        'bot',
        hour,
    ),
)

const token = new AccessToken2(appId, appCertificate, 0, hour)
const rtc = new ServiceRtc(channelName, uid)
rtc.add_privilege(ServiceRtc.kPrivilegeJoinChannel, hour)
token.add_service(rtc)
const streaming = new ServiceStreaming(channelName, 0)
streaming.add_privilege(ServiceStreaming.kPrivilegePublishMixStream, hour)
token.add_service(streaming)
print('parts', token.build())

const read = new AccessToken2('', '', 0, 0)
if (!read.from_string(token.build()) || !read.verifySignature(appCertificate)) throw new Error('not read')
if (read.from_string('007nonsense') || read.verifySignature(appCertificate)) throw new Error('read')
read.from_string(token.build())
if (read.getServices(kRtcServiceType)[0].__uid.toString() !== String(uid)) throw new Error('another user')

print('old', OldBuilder.buildTokenWithUid(appId, appCertificate, channelName, uid, OldRole.PUBLISHER, end))
print(
    'oldAccount',
    OldBuilder.buildTokenWithAccount(appId, appCertificate, channelName, account, OldRole.ATTENDEE, end),
)
print('oldLogin', OldRtmBuilder.buildToken(appId, appCertificate, account, OldRtmRole.Rtm_User, end))
