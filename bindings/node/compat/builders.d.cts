// The official builders: '' on failure. agora-token-native has the same names with errors that say what is wrong.

import type { Numeric, Rtm2Permissions, User } from './access-token2.cjs'
import type { Text } from '../index.js'

/** What a user may do in a channel. */
export declare const RtcRole: {
    /** Joins and publishes. */
    PUBLISHER: 1
    /** Joins. */
    SUBSCRIBER: 2
}

/** AccessToken2 (007) for voice and video. All times are seconds from now. */
export declare class RtcTokenBuilder {
    private constructor()
    /** A token for a uid, where 0 is any user. */
    static buildTokenWithUid(
        appId: string,
        appCertificate: string,
        channelName: Text,
        uid: User,
        role: Numeric,
        tokenExpire: Numeric,
        privilegeExpire?: Numeric,
    ): string
    /** A token for a user account. */
    static buildTokenWithUserAccount: typeof RtcTokenBuilder.buildTokenWithUid
    /** A token for a uid with a lifetime of its own for each privilege. */
    static buildTokenWithUidAndPrivilege(
        appId: string,
        appCertificate: string,
        channelName: Text,
        uid: User,
        tokenExpire: Numeric,
        joinChannelPrivilegeExpire?: Numeric,
        pubAudioPrivilegeExpire?: Numeric,
        pubVideoPrivilegeExpire?: Numeric,
        pubDataStreamPrivilegeExpire?: Numeric,
    ): string
    /** A token for a user account with a lifetime of its own for each privilege. */
    static BuildTokenWithUserAccountAndPrivilege: typeof RtcTokenBuilder.buildTokenWithUidAndPrivilege
    /** A token for one user account in both a channel and real-time messaging. */
    static buildTokenWithRtm: typeof RtcTokenBuilder.buildTokenWithUid
    /** A token for a user account in a channel and a user ID in real-time messaging. */
    static buildTokenWithRtm2(
        appId: string,
        appCertificate: string,
        channelName: Text,
        rtcAccount: User,
        rtcRole: Numeric,
        rtcTokenExpire: Numeric,
        joinChannelPrivilegeExpire: Numeric | undefined,
        pubAudioPrivilegeExpire: Numeric | undefined,
        pubVideoPrivilegeExpire: Numeric | undefined,
        pubDataStreamPrivilegeExpire: Numeric | undefined,
        rtmUserId: User,
        rtmTokenExpire: Numeric,
    ): string
}

/** AccessToken2 (007) for real-time messaging. */
export declare class RtmTokenBuilder {
    private constructor()
    /** A token to log in. */
    static buildToken(appId: string, appCertificate: string, userId: User, expire: Numeric): string
    /** A token to log in with permissions on single resources. */
    static buildTokenWithPermissions(
        appId: string,
        appCertificate: string,
        userId: User,
        permissions: Rtm2Permissions,
        expire: Numeric,
    ): string
}

/** AccessToken2 (007) for Chat. */
export declare class ChatTokenBuilder {
    private constructor()
    /** A token for a user. */
    static buildUserToken(appId: string, appCertificate: string, userUuid: User, expire: Numeric): string
    /** A token for a server that administrates Chat. */
    static buildAppToken(appId: string, appCertificate: string, expire: Numeric): string
}

/** AccessToken2 (007) for full-path acceleration. */
export declare class FpaTokenBuilder {
    private constructor()
    /** A token that lives 24 hours. */
    static buildToken(appId: string, appCertificate: string): string
}

/** AccessToken2 (007) for the flexible classroom. */
export declare class ApaasTokenBuilder {
    protected constructor()
    /** A token for a user with a role in a room. */
    static buildRoomUserToken(
        appId: string,
        appCertificate: string,
        roomUuid: Text,
        userUuid: User,
        role: Numeric | undefined,
        expire: Numeric,
    ): string
    /** A token for a user outside of a room. */
    static buildUserToken(appId: string, appCertificate: string, userUuid: User, expire: Numeric): string
    /** A token for a server that administrates classrooms. */
    static buildAppToken(appId: string, appCertificate: string, expire: Numeric): string
}

/** {@link ApaasTokenBuilder} by its older name. */
export declare class EducationTokenBuilder extends ApaasTokenBuilder {}

/** AccessToken2 (007) for conversational AI. */
export declare class ConvoAITokenBuilder {
    private constructor()
    /** A token as {@link RtcTokenBuilder.buildTokenWithRtm2} makes it, with this service added. */
    static buildToken: typeof RtcTokenBuilder.buildTokenWithRtm2
}

/** AccessToken2 (007) for speech to text. */
export declare class SttTokenBuilder {
    private constructor()
    /** A token as {@link RtcTokenBuilder.buildTokenWithRtm2} makes it, with this service added. */
    static buildToken: typeof RtcTokenBuilder.buildTokenWithRtm2
}

/** What a user may do in a channel, in an AccessToken (006). */
export declare const RtcRole006: {
    /** Older; publishes. */
    ATTENDEE: 0
    /** Joins and publishes. */
    PUBLISHER: 1
    /** Joins. */
    SUBSCRIBER: 2
    /** Older; publishes. */
    ADMIN: 101
}

/** AccessToken (006) for voice and video. Times are absolute, Unix seconds. */
export declare class RtcTokenBuilder006 {
    private constructor()
    /** A token for a uid, where 0 is any user. */
    static buildTokenWithUid(
        appID: string,
        appCertificate: string,
        channelName: Text,
        uid: User,
        role: Numeric,
        privilegeExpiredTs?: Numeric,
    ): string
    /** A token for a user account. */
    static buildTokenWithAccount: typeof RtcTokenBuilder006.buildTokenWithUid
}

/** The one role of messaging. */
export declare const RtmRole006: {
    /** A user. */
    Rtm_User: 1
}

/** AccessToken (006) for real-time messaging. */
export declare class RtmTokenBuilder006 {
    private constructor()
    /** A token to log in. The role changes nothing. */
    static buildToken(
        appID: string,
        appCertificate: string,
        account: User,
        role: unknown,
        privilegeExpiredTs?: Numeric,
    ): string
}
