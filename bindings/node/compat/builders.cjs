// The official builders over the mechanism: they take what the official ones take, and give '' where those fail.

'use strict'

const { createHash } = require('node:crypto')

const { AccessToken, priviledges } = require('./access-token.cjs')
const {
    AccessToken2,
    ServiceApaas,
    ServiceChat,
    ServiceConvoAI,
    ServiceFpa,
    ServiceRtc,
    ServiceRtm,
    ServiceRtm2,
    ServiceStt,
} = require('./access-token2.cjs')
const { NOBODY, user: lenientUser } = require('./lenient.cjs')

const RtcRole = { PUBLISHER: 1, SUBSCRIBER: 2 }

class RtcTokenBuilder {
    static buildTokenWithUid(appId, appCertificate, channelName, uid, role, tokenExpire, privilegeExpire = 0) {
        const lifetimes = Array(4).fill(privilegeExpire)
        return mint(appId, appCertificate, tokenExpire, [rtc(channelName, uid, role == RtcRole.PUBLISHER, lifetimes)])
    }

    static buildTokenWithUserAccount(...args) {
        return RtcTokenBuilder.buildTokenWithUid(...args)
    }

    static buildTokenWithUidAndPrivilege(
        appId,
        appCertificate,
        channelName,
        uid,
        tokenExpire,
        joinChannelPrivilegeExpire = 0,
        pubAudioPrivilegeExpire = 0,
        pubVideoPrivilegeExpire = 0,
        pubDataStreamPrivilegeExpire = 0,
    ) {
        const lifetimes = [
            joinChannelPrivilegeExpire,
            pubAudioPrivilegeExpire,
            pubVideoPrivilegeExpire,
            pubDataStreamPrivilegeExpire,
        ]
        return mint(appId, appCertificate, tokenExpire, [rtc(channelName, uid, true, lifetimes)])
    }

    static BuildTokenWithUserAccountAndPrivilege(...args) {
        return RtcTokenBuilder.buildTokenWithUidAndPrivilege(...args)
    }

    static buildTokenWithRtm(appId, appCertificate, channelName, account, role, tokenExpire, privilegeExpire = 0) {
        const lifetimes = Array(4).fill(privilegeExpire)
        return mint(appId, appCertificate, tokenExpire, [
            rtc(channelName, account, role == RtcRole.PUBLISHER, lifetimes),
            rtm(account, tokenExpire),
        ])
    }

    static buildTokenWithRtm2(...args) {
        return withRtm2(args, role => role == RtcRole.PUBLISHER, [])
    }
}

class RtmTokenBuilder {
    static buildToken(appId, appCertificate, userId, expire) {
        return mint(appId, appCertificate, expire, [rtm(userId, expire)])
    }

    static buildTokenWithPermissions(appId, appCertificate, userId, permissions, expire) {
        const service = new ServiceRtm2(userId ?? NOBODY, permissions)
        return mint(appId, appCertificate, expire, [granting(service, ServiceRtm2.kPrivilegeLogin, expire)])
    }
}

class ChatTokenBuilder {
    static buildUserToken(appId, appCertificate, userUuid, expire) {
        return mint(appId, appCertificate, expire, [chatUser(userUuid, expire)])
    }

    static buildAppToken(appId, appCertificate, expire) {
        return mint(appId, appCertificate, expire, [granting(new ServiceChat(), ServiceChat.kPrivilegeApp, expire)])
    }
}

class FpaTokenBuilder {
    static buildToken(appId, appCertificate) {
        return mint(appId, appCertificate, 86_400, [granting(new ServiceFpa(), ServiceFpa.kPrivilegeLogin, 0)])
    }
}

class ApaasTokenBuilder {
    // The official code here leaves out the first privilege; that of the other languages grants it.
    static buildRoomUserToken(appId, appCertificate, roomUuid, userUuid, role, expire) {
        const user = lenientUser(userUuid)
        const chatId = typeof user === 'string' ? createHash('md5').update(user).digest('hex') : NOBODY
        return mint(appId, appCertificate, expire, [
            granting(new ServiceApaas(roomUuid ?? NOBODY, user, role), ServiceApaas.PRIVILEGE_ROOM_USER, expire),
            rtm(user, expire),
            chatUser(chatId, expire),
        ])
    }

    static buildUserToken(appId, appCertificate, userUuid, expire) {
        const service = new ServiceApaas('', userUuid ?? NOBODY)
        return mint(appId, appCertificate, expire, [granting(service, ServiceApaas.PRIVILEGE_USER, expire)])
    }

    static buildAppToken(appId, appCertificate, expire) {
        return mint(appId, appCertificate, expire, [granting(new ServiceApaas(), ServiceApaas.PRIVILEGE_APP, expire)])
    }
}

class EducationTokenBuilder extends ApaasTokenBuilder {}

class ConvoAITokenBuilder {
    static buildToken(...args) {
        return withRtm2(args, role => role === RtcRole.PUBLISHER, [new ServiceConvoAI()])
    }
}

class SttTokenBuilder {
    static buildToken(...args) {
        return withRtm2(args, role => role === RtcRole.PUBLISHER, [new ServiceStt()])
    }
}

const RtcRole006 = { ATTENDEE: 0, PUBLISHER: 1, SUBSCRIBER: 2, ADMIN: 101 }

class RtcTokenBuilder006 {
    static buildTokenWithUid(appID, appCertificate, channelName, uid, role, privilegeExpiredTs = 0) {
        const token = new AccessToken(appID, appCertificate, channelName, uid)
        token.addPriviledge(priviledges.kJoinChannel, privilegeExpiredTs)
        if (role == RtcRole006.ATTENDEE || role == RtcRole006.PUBLISHER || role == RtcRole006.ADMIN) {
            token.addPriviledge(priviledges.kPublishAudioStream, privilegeExpiredTs)
            token.addPriviledge(priviledges.kPublishVideoStream, privilegeExpiredTs)
            token.addPriviledge(priviledges.kPublishDataStream, privilegeExpiredTs)
        }
        return token.build()
    }

    static buildTokenWithAccount(...args) {
        return RtcTokenBuilder006.buildTokenWithUid(...args)
    }
}

const RtmRole006 = { Rtm_User: 1 }

class RtmTokenBuilder006 {
    // The role is taken and not looked at; the official sample hands over something that is none.
    static buildToken(appID, appCertificate, account, role, privilegeExpiredTs = 0) {
        const token = new AccessToken(appID, appCertificate, account, '')
        token.addPriviledge(priviledges.kRtmLogin, privilegeExpiredTs)
        return token.build()
    }
}

function mint(appId, appCertificate, expire, services) {
    const token = new AccessToken2(appId, appCertificate, 0, expire)
    services.forEach(service => token.add_service(service))
    return token.build()
}

function granting(service, privilege, expire) {
    service.add_privilege(privilege, expire)
    return service
}

function rtc(channelName, user, publishes, [joinChannel, pubAudio, pubVideo, pubDataStream]) {
    const service = new ServiceRtc(channelName, user)
    service.add_privilege(ServiceRtc.kPrivilegeJoinChannel, joinChannel)
    if (publishes) {
        service.add_privilege(ServiceRtc.kPrivilegePublishAudioStream, pubAudio)
        service.add_privilege(ServiceRtc.kPrivilegePublishVideoStream, pubVideo)
        service.add_privilege(ServiceRtc.kPrivilegePublishDataStream, pubDataStream)
    }
    return service
}

const rtm = (user, expire) => granting(new ServiceRtm(user ?? NOBODY), ServiceRtm.kPrivilegeLogin, expire)
const chatUser = (user, expire) => granting(new ServiceChat(user ?? NOBODY), ServiceChat.kPrivilegeUser, expire)

/** The three builders with these arguments. */
function withRtm2(
    [
        appId,
        appCertificate,
        channelName,
        rtcAccount,
        rtcRole,
        rtcTokenExpire,
        joinChannelPrivilegeExpire = 0,
        pubAudioPrivilegeExpire = 0,
        pubVideoPrivilegeExpire = 0,
        pubDataStreamPrivilegeExpire = 0,
        rtmUserId,
        rtmTokenExpire,
    ],
    publishes,
    more,
) {
    const lifetimes = [
        joinChannelPrivilegeExpire,
        pubAudioPrivilegeExpire,
        pubVideoPrivilegeExpire,
        pubDataStreamPrivilegeExpire,
    ]
    return mint(appId, appCertificate, rtcTokenExpire, [
        rtc(channelName, rtcAccount, publishes(rtcRole), lifetimes),
        rtm(rtmUserId, rtmTokenExpire),
        ...more,
    ])
}

module.exports = {
    ApaasTokenBuilder,
    ChatTokenBuilder,
    ConvoAITokenBuilder,
    EducationTokenBuilder,
    FpaTokenBuilder,
    RtcRole,
    RtcRole006,
    RtcTokenBuilder,
    RtcTokenBuilder006,
    RtmRole006,
    RtmTokenBuilder,
    RtmTokenBuilder006,
    SttTokenBuilder,
}
