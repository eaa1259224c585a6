// The official one-call builders. Arguments go to the bridge as they come and are checked there.

'use strict'

const native = require('./native.cjs')
const { permissionsDocument } = require('./documents.cjs')
const { given } = require('./error.cjs')

const RtcRole = Object.freeze({ PUBLISHER: 1, SUBSCRIBER: 2 })

class RtcTokenBuilder {
    static buildTokenWithUid(appId, appCertificate, channelName, uid, role, tokenExpire, privilegeExpire = 0) {
        return given(
            native.buildToken2WithUid(appId, appCertificate, channelName, uid, role, tokenExpire, privilegeExpire),
        )
    }

    static buildTokenWithUserAccount(
        appId,
        appCertificate,
        channelName,
        userAccount,
        role,
        tokenExpire,
        privilegeExpire = 0,
    ) {
        return given(
            native.buildToken2WithUserAccount(
                appId,
                appCertificate,
                channelName,
                userAccount,
                role,
                tokenExpire,
                privilegeExpire,
            ),
        )
    }

    static buildTokenWithUidAndPrivilege(
        appId,
        appCertificate,
        channelName,
        uid,
        tokenExpire,
        joinChannelPrivilegeExpire,
        pubAudioPrivilegeExpire,
        pubVideoPrivilegeExpire,
        pubDataStreamPrivilegeExpire,
    ) {
        return given(
            native.buildToken2WithUidAndPrivilege(
                appId,
                appCertificate,
                channelName,
                uid,
                tokenExpire,
                joinChannelPrivilegeExpire,
                pubAudioPrivilegeExpire,
                pubVideoPrivilegeExpire,
                pubDataStreamPrivilegeExpire,
            ),
        )
    }

    static buildTokenWithUserAccountAndPrivilege(
        appId,
        appCertificate,
        channelName,
        userAccount,
        tokenExpire,
        joinChannelPrivilegeExpire,
        pubAudioPrivilegeExpire,
        pubVideoPrivilegeExpire,
        pubDataStreamPrivilegeExpire,
    ) {
        return given(
            native.buildToken2WithUserAccountAndPrivilege(
                appId,
                appCertificate,
                channelName,
                userAccount,
                tokenExpire,
                joinChannelPrivilegeExpire,
                pubAudioPrivilegeExpire,
                pubVideoPrivilegeExpire,
                pubDataStreamPrivilegeExpire,
            ),
        )
    }

    static buildTokenWithRtm(appId, appCertificate, channelName, userAccount, role, tokenExpire, privilegeExpire = 0) {
        return given(
            native.buildToken2WithRtm(
                appId,
                appCertificate,
                channelName,
                userAccount,
                role,
                tokenExpire,
                privilegeExpire,
            ),
        )
    }

    static buildTokenWithRtm2(
        appId,
        appCertificate,
        channelName,
        rtcAccount,
        rtcRole,
        rtcTokenExpire,
        joinChannelPrivilegeExpire,
        pubAudioPrivilegeExpire,
        pubVideoPrivilegeExpire,
        pubDataStreamPrivilegeExpire,
        rtmUserId,
        rtmTokenExpire,
    ) {
        return given(
            native.buildToken2WithRtm2(
                appId,
                appCertificate,
                channelName,
                rtcAccount,
                rtcRole,
                rtcTokenExpire,
                joinChannelPrivilegeExpire,
                pubAudioPrivilegeExpire,
                pubVideoPrivilegeExpire,
                pubDataStreamPrivilegeExpire,
                rtmUserId,
                rtmTokenExpire,
            ),
        )
    }
}
// The official name of this one alone begins with a capital.
RtcTokenBuilder.BuildTokenWithUserAccountAndPrivilege = RtcTokenBuilder.buildTokenWithUserAccountAndPrivilege

class RtmTokenBuilder {
    static buildToken(appId, appCertificate, userId, tokenExpire) {
        return given(native.buildRtmToken2(appId, appCertificate, userId, tokenExpire))
    }

    static buildTokenWithPermissions(appId, appCertificate, userId, permissions, tokenExpire) {
        const document = JSON.stringify(permissionsDocument(permissions))
        return given(native.buildRtmToken2WithPermissions(appId, appCertificate, userId, document, tokenExpire))
    }
}

class ChatTokenBuilder {
    static buildUserToken(appId, appCertificate, userId, tokenExpire) {
        return given(native.buildChatUserToken2(appId, appCertificate, userId, tokenExpire))
    }

    static buildAppToken(appId, appCertificate, tokenExpire) {
        return given(native.buildChatAppToken2(appId, appCertificate, tokenExpire))
    }
}

class FpaTokenBuilder {
    static buildToken(appId, appCertificate) {
        return given(native.buildFpaToken2(appId, appCertificate))
    }
}

class ApaasTokenBuilder {
    static buildRoomUserToken(appId, appCertificate, roomUuid, userUuid, role, tokenExpire) {
        return given(native.buildApaasRoomUserToken2(appId, appCertificate, roomUuid, userUuid, role, tokenExpire))
    }

    static buildUserToken(appId, appCertificate, userUuid, tokenExpire) {
        return given(native.buildApaasUserToken2(appId, appCertificate, userUuid, tokenExpire))
    }

    static buildAppToken(appId, appCertificate, tokenExpire) {
        return given(native.buildApaasAppToken2(appId, appCertificate, tokenExpire))
    }
}

// The older name of the same service.
class EducationTokenBuilder extends ApaasTokenBuilder {}

class ConvoAITokenBuilder {
    static buildToken(
        appId,
        appCertificate,
        channelName,
        rtcAccount,
        rtcRole,
        rtcTokenExpire,
        joinChannelPrivilegeExpire,
        pubAudioPrivilegeExpire,
        pubVideoPrivilegeExpire,
        pubDataStreamPrivilegeExpire,
        rtmUserId,
        rtmTokenExpire,
    ) {
        return given(
            native.buildConvoAiToken2(
                appId,
                appCertificate,
                channelName,
                rtcAccount,
                rtcRole,
                rtcTokenExpire,
                joinChannelPrivilegeExpire,
                pubAudioPrivilegeExpire,
                pubVideoPrivilegeExpire,
                pubDataStreamPrivilegeExpire,
                rtmUserId,
                rtmTokenExpire,
            ),
        )
    }
}

class SttTokenBuilder {
    static buildToken(
        appId,
        appCertificate,
        channelName,
        rtcAccount,
        rtcRole,
        rtcTokenExpire,
        joinChannelPrivilegeExpire,
        pubAudioPrivilegeExpire,
        pubVideoPrivilegeExpire,
        pubDataStreamPrivilegeExpire,
        rtmUserId,
        rtmTokenExpire,
    ) {
        return given(
            native.buildSttToken2(
                appId,
                appCertificate,
                channelName,
                rtcAccount,
                rtcRole,
                rtcTokenExpire,
                joinChannelPrivilegeExpire,
                pubAudioPrivilegeExpire,
                pubVideoPrivilegeExpire,
                pubDataStreamPrivilegeExpire,
                rtmUserId,
                rtmTokenExpire,
            ),
        )
    }
}

const RtcRole006 = Object.freeze({ ATTENDEE: 0, PUBLISHER: 1, SUBSCRIBER: 2, ADMIN: 101 })

class RtcTokenBuilder006 {
    static buildTokenWithUid(appId, appCertificate, channelName, uid, role, privilegeExpiredTs = 0) {
        return given(native.buildTokenWithUid(appId, appCertificate, channelName, uid, role, privilegeExpiredTs))
    }

    static buildTokenWithUserAccount(appId, appCertificate, channelName, userAccount, role, privilegeExpiredTs = 0) {
        return given(
            native.buildTokenWithUserAccount(appId, appCertificate, channelName, userAccount, role, privilegeExpiredTs),
        )
    }
}
// The official name in JavaScript; the other languages have the longer one.
RtcTokenBuilder006.buildTokenWithAccount = RtcTokenBuilder006.buildTokenWithUserAccount

class RtmTokenBuilder006 {
    static buildToken(appId, appCertificate, userAccount, role, privilegeExpiredTs = 0) {
        return given(native.buildRtmToken(appId, appCertificate, userAccount, role, privilegeExpiredTs))
    }
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
    RtmTokenBuilder,
    RtmTokenBuilder006,
    SttTokenBuilder,
}
