// The declarations of everything the package exports; index.d.mts has them for `import`.

// ---------------------------------------------------------------------------------------------------------------------
// One-call builders, with the official names
// ---------------------------------------------------------------------------------------------------------------------

/** What a user may do in a channel. Agora's service looks at it only where co-host authentication is on. */
export declare const RtcRole: {
    /** Joins and publishes audio, video and data. */
    readonly PUBLISHER: 1
    /** Joins. */
    readonly SUBSCRIBER: 2
}

/**
 * AccessToken2 (007) for voice and video. All times are seconds from now.
 *
 * Every method throws an {@link AgoraTokenError} that names the argument at fault.
 */
export declare class RtcTokenBuilder {
    private constructor()

    /**
     * A token for a uid.
     *
     * @param appId 32 hexadecimal digits.
     * @param appCertificate 32 hexadecimal digits. Secret: never in a client.
     * @param channelName 1 to 63 bytes of ASCII letters, digits, spaces and ``!#$%&()+-:;<=.>?@[]^_{}|~,``; not blank
     *   and not `*`, which would let into every channel.
     * @param uid 0 to 4294967295. **0 lets any user in.** A text is refused: use {@link buildTokenWithUserAccount}.
     * @param role {@link RtcRole}.
     * @param tokenExpire How long the token lives, seconds, above 0. Agora honours 24 hours at most.
     * @param privilegeExpire How long the privileges last, seconds. 0, the default, is as long as the token.
     * @example
     * const token = RtcTokenBuilder.buildTokenWithUid(appId, appCertificate, 'room', 42, RtcRole.PUBLISHER, 3600, 3600)
     */
    static buildTokenWithUid(
        appId: string,
        appCertificate: string,
        channelName: string,
        uid: number,
        role: number,
        tokenExpire: number,
        privilegeExpire?: number,
    ): string

    /**
     * A token for a user account; else as {@link buildTokenWithUid}.
     *
     * @param userAccount 1 to 255 bytes of UTF-8.
     */
    static buildTokenWithUserAccount(
        appId: string,
        appCertificate: string,
        channelName: string,
        userAccount: string,
        role: number,
        tokenExpire: number,
        privilegeExpire?: number,
    ): string

    /**
     * A token for a uid with a lifetime of its own for each privilege. All four are granted; a lifetime of 0 is as long
     * as the token.
     *
     * @param uid 0 to 4294967295. **0 lets any user in.**
     * @param tokenExpire How long the token lives, seconds, above 0.
     * @param joinChannelPrivilegeExpire Seconds, as are the other three.
     */
    static buildTokenWithUidAndPrivilege(
        appId: string,
        appCertificate: string,
        channelName: string,
        uid: number,
        tokenExpire: number,
        joinChannelPrivilegeExpire: number,
        pubAudioPrivilegeExpire: number,
        pubVideoPrivilegeExpire: number,
        pubDataStreamPrivilegeExpire: number,
    ): string

    /** A token for a user account; else as {@link buildTokenWithUidAndPrivilege}. */
    static buildTokenWithUserAccountAndPrivilege(
        appId: string,
        appCertificate: string,
        channelName: string,
        userAccount: string,
        tokenExpire: number,
        joinChannelPrivilegeExpire: number,
        pubAudioPrivilegeExpire: number,
        pubVideoPrivilegeExpire: number,
        pubDataStreamPrivilegeExpire: number,
    ): string

    /** {@link buildTokenWithUserAccountAndPrivilege} by its official name. */
    static BuildTokenWithUserAccountAndPrivilege: typeof RtcTokenBuilder.buildTokenWithUserAccountAndPrivilege

    /**
     * A token for one user account in both a channel and real-time messaging. The login lasts as long as the token, not
     * as long as the privileges.
     */
    static buildTokenWithRtm(
        appId: string,
        appCertificate: string,
        channelName: string,
        userAccount: string,
        role: number,
        tokenExpire: number,
        privilegeExpire?: number,
    ): string

    /**
     * A token for a user account in a channel and a user ID in real-time messaging, with a lifetime of its own for each
     * privilege; those for publishing are granted to a publisher only.
     *
     * @param rtcTokenExpire How long the token lives, seconds, above 0.
     * @param rtmTokenExpire How long the login to messaging lasts, seconds, above 0.
     */
    static buildTokenWithRtm2(
        appId: string,
        appCertificate: string,
        channelName: string,
        rtcAccount: string,
        rtcRole: number,
        rtcTokenExpire: number,
        joinChannelPrivilegeExpire: number,
        pubAudioPrivilegeExpire: number,
        pubVideoPrivilegeExpire: number,
        pubDataStreamPrivilegeExpire: number,
        rtmUserId: string,
        rtmTokenExpire: number,
    ): string
}

/** AccessToken2 (007) for real-time messaging. */
export declare class RtmTokenBuilder {
    private constructor()

    /**
     * A token to log in.
     *
     * @param userId 1 to 255 bytes of UTF-8.
     * @param tokenExpire How long the token lives, seconds, above 0. Agora honours 24 hours at most.
     */
    static buildToken(appId: string, appCertificate: string, userId: string, tokenExpire: number): string

    /** A token to log in with permissions on single resources. */
    static buildTokenWithPermissions(
        appId: string,
        appCertificate: string,
        userId: string,
        permissions: Rtm2Permissions,
        tokenExpire: number,
    ): string
}

/** AccessToken2 (007) for Chat. */
export declare class ChatTokenBuilder {
    private constructor()

    /**
     * A token for a user.
     *
     * @param userId 1 to 255 bytes of UTF-8.
     * @param tokenExpire How long the token lives, seconds, above 0.
     */
    static buildUserToken(appId: string, appCertificate: string, userId: string, tokenExpire: number): string

    /** A token for a server that administrates Chat. Never for a client. */
    static buildAppToken(appId: string, appCertificate: string, tokenExpire: number): string
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

    /**
     * A token for a user with a role in a room, with messaging and Chat as the same user.
     *
     * @param roomUuid 1 to 255 bytes of UTF-8.
     * @param userUuid 1 to 255 bytes of UTF-8.
     * @param role The classroom's own numbers, -32768 to 32767.
     * @param tokenExpire How long the token lives, seconds, above 0.
     */
    static buildRoomUserToken(
        appId: string,
        appCertificate: string,
        roomUuid: string,
        userUuid: string,
        role: number,
        tokenExpire: number,
    ): string

    /** A token for a user outside of a room. */
    static buildUserToken(appId: string, appCertificate: string, userUuid: string, tokenExpire: number): string

    /** A token for a server that administrates classrooms. Never for a client. */
    static buildAppToken(appId: string, appCertificate: string, tokenExpire: number): string
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

// ---------------------------------------------------------------------------------------------------------------------
// The typed issuer
// ---------------------------------------------------------------------------------------------------------------------

/** Every channel of the project, in place of a channel's name. */
export declare const ANY_CHANNEL: unique symbol

/** Everybody who holds the token, in place of a user. */
export declare const ANY_USER: unique symbol

/**
 * Mints AccessToken2 tokens for one project. App ID and certificate are checked once.
 *
 * @example
 * const issuer = new Issuer(appId, appCertificate)
 * const { token, refreshAfter } = issuer.issue(Grant.rtc({ channel: 'room', user: 42, role: RtcRole.PUBLISHER }))
 */
export declare class Issuer {
    /**
     * @param appId 32 hexadecimal digits.
     * @param appCertificate 32 hexadecimal digits. Secret: never in a client.
     */
    constructor(appId: string, appCertificate: string)
    /** The project. */
    readonly appId: string
    /** Mints a token, which differs from every other. One of more than 2047 characters has to be allowed by name. */
    issue(grant: Grant): IssuedToken
    /**
     * Mints a token for each grant, in their order, on another thread: the event loop keeps turning. Where one is refused
     * the promise is, with a field such as `grants[3].user`.
     */
    issueAll(grants: readonly Grant[]): Promise<IssuedToken[]>
}

/** A token, and when to fetch the next. Shown or logged it hides the token; as JSON, for the client, it holds it. */
export declare class IssuedToken {
    private constructor()
    /** The token. */
    readonly token: string
    /** When it was made, Unix seconds. */
    readonly issuedAt: number
    /** When it ends, Unix seconds. */
    readonly expiresAt: number
    /**
     * When its holder should fetch the next, Unix seconds: a tenth of the lifetime before the end and at least 30
     * seconds, which is when the SDK warns, but never in the first half.
     */
    readonly refreshAfter: number
}

/**
 * Whom to let in where, as what, for how long: what an {@link Issuer} makes a token of. Checked when it is made, and
 * good for any number of tokens.
 *
 * Members that are there must have a value: `undefined` is refused.
 */
export declare class Grant {
    private constructor()
    // The private field keeps another object from passing for a grant.
    #document
    /** Joining a channel. */
    static rtc(grant: RtcGrant): Grant
    /** Logging in to messaging. */
    static rtm(grant: RtmGrant): Grant
    /** Chatting as a user. */
    static chat(grant: ChatGrant): Grant
    /** Joining a channel and messaging as the same user; a uid is its decimal text there. */
    static rtcRtm(grant: RtcRtmGrant): Grant
    /** Joining a channel, messaging and Chat as the same user; a uid is its decimal text there. */
    static rtcRtmChat(grant: RtcRtmGrant): Grant
}

/** How long a token lives and how long it may be, in a {@link Grant}. */
export interface GrantLimits {
    /**
     * How long the token and its privileges live, seconds: 1 to 86400, and 3600 unless given. What looks like a Unix
     * timestamp is refused.
     */
    lifetime?: number
    /**
     * In place of `lifetime`, and it may pass 24 hours. Agora documents 24 hours as the longest, and a token cannot be
     * taken back: for where you know that more is honoured.
     */
    lifetimeLongerThanADay?: number
    /** Allows more than 2047 characters. The Web SDK takes no longer tokens: for where no browser joins. */
    allowLongToken?: boolean
}

/** A grant of voice and video. */
export interface RtcGrant extends GrantLimits {
    /** 1 to 63 bytes of the documented characters, or {@link ANY_CHANNEL}. */
    channel: string | typeof ANY_CHANNEL
    /**
     * A uid from 1 to 4294967295 for a client that joins with a number, an account of 1 to 255 bytes for one that joins
     * with a text, or {@link ANY_USER}. None is ever turned into another: 0 and `'0'` are refused, and so are
     * `'undefined'` and its like.
     */
    user: number | string | typeof ANY_USER
    /** {@link RtcRole}. */
    role: 1 | 2
    /** How long a publisher may publish, seconds, where that is less than the user may stay. */
    publishLifetime?: number
}

/** A grant of messaging. */
export interface RtmGrant extends GrantLimits {
    /** A user ID of 1 to 255 bytes, or a number, which is its decimal text. */
    user: number | string
    /** Permissions on single resources: messaging is granted by these alone. */
    permissions?: Rtm2Permissions
}

/** A grant of Chat. */
export interface ChatGrant extends GrantLimits {
    /** A user ID of 1 to 255 bytes, or a number, which is its decimal text. */
    user: number | string
}

/** A grant of voice, video and messaging, with or without Chat: the user is one user, not any. */
export interface RtcRtmGrant extends RtcGrant, RtmGrant {
    /** A uid or an account, as in {@link RtcGrant}. */
    user: number | string
}

// ---------------------------------------------------------------------------------------------------------------------
// One-call builders of AccessToken (006)
// ---------------------------------------------------------------------------------------------------------------------

/** What a user may do in a channel, in an AccessToken (006): every role but the subscriber publishes. */
export declare const RtcRole006: {
    /** Older; publishes. */
    readonly ATTENDEE: 0
    /** Joins and publishes. */
    readonly PUBLISHER: 1
    /** Joins. */
    readonly SUBSCRIBER: 2
    /** Older; publishes. */
    readonly ADMIN: 101
}

/** AccessToken (006) for voice and video. Times are **absolute**, Unix seconds; every token ends a day from now. */
export declare class RtcTokenBuilder006 {
    private constructor()

    /**
     * A token for a uid.
     *
     * @param uid 0 to 4294967295. **0 lets any user in.**
     * @param role {@link RtcRole006}.
     * @param privilegeExpiredTs When the privileges end, Unix seconds. 0, the default, is as late as the token. What
     *   looks like a duration is refused.
     */
    static buildTokenWithUid(
        appId: string,
        appCertificate: string,
        channelName: string,
        uid: number,
        role: number,
        privilegeExpiredTs?: number,
    ): string

    /** A token for a user account; else as {@link buildTokenWithUid}. */
    static buildTokenWithUserAccount(
        appId: string,
        appCertificate: string,
        channelName: string,
        userAccount: string,
        role: number,
        privilegeExpiredTs?: number,
    ): string

    /** {@link buildTokenWithUserAccount} by its official name. */
    static buildTokenWithAccount: typeof RtcTokenBuilder006.buildTokenWithUserAccount
}

/** AccessToken (006) for real-time messaging. */
export declare class RtmTokenBuilder006 {
    private constructor()

    /**
     * A token to log in.
     *
     * @param role {@link RtcRole006}; it changes nothing, in the official builder neither.
     * @param privilegeExpiredTs When the login ends, Unix seconds. 0, the default, is as late as the token.
     */
    static buildToken(
        appId: string,
        appCertificate: string,
        userAccount: string,
        role: number,
        privilegeExpiredTs?: number,
    ): string
}

// ---------------------------------------------------------------------------------------------------------------------
// The mechanism of AccessToken2 (007)
// ---------------------------------------------------------------------------------------------------------------------

/** What the formats carry as text: UTF-8 by habit, any bytes by right, 65,535 of them. */
export type Text = string | Uint8Array

/**
 * AccessToken2 as its parts: any services with any privileges.
 *
 * It expresses every token the format can carry, also one that lets in more than meant; the builders check more.
 *
 * @example
 * const token = new AccessToken2(appId, appCertificate, 0, 3600)
 * token.addService(new ServiceRtc('room', 42).addPrivilege(ServiceRtc.kPrivilegeJoinChannel, 600))
 * token.build()
 */
export declare class AccessToken2 {
    /**
     * @param issueTs When the token is made, Unix seconds; 0, the default, is now. To issue at 0, set the property.
     * @param expire How long it lives, seconds; 900 unless given.
     */
    constructor(appId: string, appCertificate: string, issueTs?: number, expire?: number)
    /** The project. */
    appId: string
    /** When the token is made, Unix seconds. All lifetimes count from here. */
    issueTs: number
    /** How long the whole token lives, seconds. */
    expire: number
    /** Any number; drawn at random unless set. */
    salt: number
    /** What the token grants. */
    services: Service[]
    /** Adds a service. Several of one type are legal. */
    addService(service: Service): this
    /** Signs and encodes the token. */
    build(): string
    /** The document of the token that {@link build} gives. */
    toJSON(): AccessToken2Document
    /** Reads a token without checking who signed it. */
    static parse(token: string): UnverifiedToken2
}

/**
 * What an AccessToken2 says, which anybody could have written: believe it after {@link verifySignature}, and use it
 * after {@link verify} said so.
 */
export declare class UnverifiedToken2 {
    private constructor()
    /** The App ID as received: a string unless it is no UTF-8. */
    readonly appId: string | Uint8Array
    /** When the token says it was made, Unix seconds. */
    readonly issueTs: number
    /** How long it says it lives, seconds. */
    readonly expire: number
    /** `issueTs` plus `expire`. */
    readonly expiresAt: number
    /** Any number. */
    readonly salt: number
    /** 32 bytes in a token that can be valid. */
    readonly signature: Uint8Array
    /** The services that could be read. Texts are strings, or bytes where they are no UTF-8. */
    readonly services: readonly Service[]
    /** The service of a type not known here that ended the reading, if one did. */
    readonly unknownService: { readonly type: number; readonly privileges: Privileges } | null
    /** Whether every service could be read. */
    readonly complete: boolean
    /** Signed bytes that were not understood. */
    readonly unreadBytes: number
    /** Whether the holder of this certificate signed the token. Time, channel and user are not looked at. */
    verifySignature(appCertificate: string): boolean
    /** The document of the token, the same in every language. */
    toJSON(): AccessToken2Document
}

/** Times by the number of the privilege: seconds from the issue time in 007, Unix seconds in 006; 0 is no own limit. */
export type Privileges = { [privilege: number]: number }

/** One service of an AccessToken2. */
export declare abstract class Service {
    /** The number of the service on the wire. */
    get type(): number
    /** What it grants, in seconds from the issue time; 0 for as long as the token. */
    privileges: Privileges
    /** Grants a privilege, by its number, or changes how long it lasts. */
    addPrivilege(privilege: number, privilegeExpire: number): this
}

/** Voice and video in a channel. */
export declare class ServiceRtc extends Service {
    /**
     * @param channelName Empty for any channel.
     * @param user A uid, where 0 is any user, or an account, where the empty one is.
     */
    constructor(channelName: Text, user: number | Text)
    /** Empty for any channel. */
    channelName: Text
    /** An account or the digits of a uid; empty for any user. */
    account: Text
    /** The number of the service on the wire. */
    static readonly type: 1
    /** Joins the channel. */
    static readonly kPrivilegeJoinChannel: 1
    /** Publishes audio. */
    static readonly kPrivilegePublishAudioStream: 2
    /** Publishes video. */
    static readonly kPrivilegePublishVideoStream: 3
    /** Publishes a data stream. */
    static readonly kPrivilegePublishDataStream: 4
}

/** Real-time messaging. */
export declare class ServiceRtm extends Service {
    constructor(userId: Text)
    /** Who logs in. */
    userId: Text
    /** The number of the service on the wire. */
    static readonly type: 2
    /** Logs in. */
    static readonly kPrivilegeLogin: 1
}

/** Media push from a channel. */
export declare class ServiceStreaming extends Service {
    /**
     * @param channelName Empty for any channel.
     * @param user A uid, where 0 is any user, or an account, where the empty one is.
     */
    constructor(channelName: Text, user: number | Text)
    /** Empty for any channel. */
    channelName: Text
    /** An account or the digits of a uid; empty for any user. */
    account: Text
    /** The number of the service on the wire. */
    static readonly type: 3
    /** Publishes a mixed stream. */
    static readonly kPrivilegePublishMixStream: 1
    /** Publishes a raw stream. */
    static readonly kPrivilegePublishRawStream: 2
}

/** Full-path acceleration. */
export declare class ServiceFpa extends Service {
    constructor()
    /** The number of the service on the wire. */
    static readonly type: 4
    /** Logs in. */
    static readonly kPrivilegeLogin: 1
}

/** Chat. */
export declare class ServiceChat extends Service {
    /** @param userId Empty, as it is unless given, in an app token, which is for a server. */
    constructor(userId?: Text)
    /** Whose token it is; empty in an app token. */
    userId: Text
    /** The number of the service on the wire. */
    static readonly type: 5
    /** Acts as the user. */
    static readonly kPrivilegeUser: 1
    /** Acts as the app, an administrator. */
    static readonly kPrivilegeApp: 2
}

/** Fusion CDN for a channel. */
export declare class ServiceFCdn extends Service {
    /**
     * @param channelName Empty for any channel.
     * @param user A uid, where 0 is any user, or an account, where the empty one is.
     */
    constructor(channelName: Text, user: number | Text)
    /** Empty for any channel. */
    channelName: Text
    /** An account or the digits of a uid; empty for any user. */
    account: Text
    /** The number of the service on the wire. */
    static readonly type: 6
    /** Publishes. */
    static readonly kPrivilegePublish: 1
    /** Plays. */
    static readonly kPrivilegePlay: 2
}

/** A flexible classroom (aPaaS, Education). */
export declare class ServiceApaas extends Service {
    /** @param role -1, as it is unless given, stands for none. */
    constructor(roomUuid?: Text, userUuid?: Text, role?: number)
    /** The room; empty outside of one. */
    roomUuid: Text
    /** The user; empty in an app token. */
    userUuid: Text
    /** The classroom's own numbers; -1 stands for none. */
    role: number
    /** The number of the service on the wire. */
    static readonly type: 7
    /** Acts as the user in the room. */
    static readonly PRIVILEGE_ROOM_USER: 1
    /** Acts as the user. */
    static readonly PRIVILEGE_USER: 2
    /** Acts as the app, an administrator. */
    static readonly PRIVILEGE_APP: 3
}

/** Real-time messaging with permissions on single resources. */
export declare class ServiceRtm2 extends Service {
    constructor(userId: Text, permissions?: Rtm2Permissions)
    /** Who logs in. */
    userId: Text
    /** What that user may read and write. */
    permissions: Rtm2Permissions
    /** The number of the service on the wire. */
    static readonly type: 8
    /** Logs in. */
    static readonly kPrivilegeLogin: 1
}

/** Conversational AI. */
export declare class ServiceConvoAI extends Service {
    constructor()
    /** The number of the service on the wire. */
    static readonly type: 9
}

/** Speech to text. */
export declare class ServiceStt extends Service {
    constructor()
    /** The number of the service on the wire. */
    static readonly type: 10
}

/** What a user of {@link ServiceRtm2} may read or write. */
export declare class Rtm2Permissions {
    /** Resource type: message channels. */
    static readonly kMessageChannels: 0
    /** Resource type: stream channels. */
    static readonly kStreamChannels: 1
    /** Resource type: group channels. */
    static readonly kGroupChannels: 2
    /** Resource type: server groups. */
    static readonly kServerGroups: 3
    /** Resource type: users. */
    static readonly kUsers: 4
    /** Permission type: read. */
    static readonly kRead: 0
    /** Permission type: write. */
    static readonly kWrite: 1
    constructor()
    /** Resources by resource type and permission type. */
    details: { [resourceType: number]: { [permissionType: number]: Text[] } }
    /** Sets the resources of one pair of types, replacing earlier ones. */
    add(resourceType: number, permissionType: number, resources: readonly Text[]): void
}

// ---------------------------------------------------------------------------------------------------------------------
// The mechanism of AccessToken (006)
// ---------------------------------------------------------------------------------------------------------------------

/**
 * AccessToken as its parts: any channel and user with any privileges.
 *
 * The format has a flaw that no implementation can mend: App ID, channel name and user are signed run together, so the
 * token for channel `room1` and user `23` is also signed for channel `room12` and user `3`. AccessToken2 does not have
 * it.
 */
export declare class AccessToken {
    /**
     * @param channelName Empty for any channel; the user ID in a messaging token.
     * @param user A uid, where 0 is any user, or an account, where the empty one is; empty in a messaging token.
     */
    constructor(appId: string, appCertificate: string, channelName: Text, user: number | Text)
    /** The project. */
    appId: string
    /** Empty for any channel; the user ID in a messaging token. */
    channelName: Text
    /** An account or the digits of a uid; empty for any user, and in a messaging token. */
    account: Text
    /** Any number; drawn at random unless set. */
    salt: number
    /** When the token ends, Unix seconds: a day from now unless set. */
    expiresAt: number
    /** What it grants until when, Unix seconds; 0 for as long as the token. */
    privileges: Privileges
    /** Grants a privilege until a time, Unix seconds. */
    addPrivilege(privilege: number, privilegeExpiredTs: number): this
    /** Signs and encodes the token. */
    build(): string
    /** The document of the token that {@link build} gives. */
    toJSON(): AccessTokenDocument
    /** Reads a token without checking who signed it. */
    static parse(token: string): UnverifiedToken
    /** Joins the channel. */
    static readonly kPrivilegeJoinChannel: 1
    /** Publishes audio. */
    static readonly kPrivilegePublishAudioStream: 2
    /** Publishes video. */
    static readonly kPrivilegePublishVideoStream: 3
    /** Publishes a data stream. */
    static readonly kPrivilegePublishDataStream: 4
    /** Administrates the channel. */
    static readonly kPrivilegeAdministrateChannel: 101
    /** Logs in to real-time messaging. */
    static readonly kPrivilegeRtmLogin: 1000
}

/**
 * What an AccessToken says, which anybody could have written: believe it after {@link verifySignature}. Channel and
 * user are not in it, only their CRC-32.
 */
export declare class UnverifiedToken {
    private constructor()
    /** The App ID as received: a string unless it is no UTF-8. */
    readonly appId: string | Uint8Array
    /** Any number. */
    readonly salt: number
    /** When the token says it ends, Unix seconds. */
    readonly expiresAt: number
    /** CRC-32 of the channel name; 0 for the empty one. */
    readonly channelCrc: number
    /** CRC-32 of the user account; 0 for the empty one, which means any user. */
    readonly userCrc: number
    /** 32 bytes in a token that can be valid. */
    readonly signature: Uint8Array
    /** The signed bytes: salt, end and privileges. */
    readonly message: Uint8Array
    /** What it grants until when, Unix seconds; 0 for as long as the token. */
    readonly privileges: Readonly<Privileges>
    /**
     * Whether the holder of this certificate signed the token for this channel and user, who are given as they were when
     * it was minted. A messaging token has its user ID for a channel name, and no user. Time is not looked at.
     */
    verifySignature(appCertificate: string, channelName: Text, user: number | Text): boolean
    /** The document of the token, the same in every language. */
    toJSON(): AccessTokenDocument
}

// ---------------------------------------------------------------------------------------------------------------------
// Reading and judging
// ---------------------------------------------------------------------------------------------------------------------

/**
 * What a token of either generation says. Nobody has checked who signed it.
 *
 * Text that is no UTF-8 stands as `null`, with its bytes in hexadecimal under the same name and `Hex`.
 */
export declare function inspect(token: string): TokenDocument

/**
 * Judges a token: the signature always, the time unless told not to, and App ID, channel and user where given.
 *
 * A token that was read and refused is no error: the verdict says so. One that cannot be read is an
 * {@link AgoraTokenError}, as is a wrong option.
 *
 * @param appCertificate One, or several while certificates are rotated.
 * @example
 * verify(token, appCertificate, { channelName: 'room', uid: 42 }).assertValid()
 */
export declare function verify(
    token: string,
    appCertificate: string | readonly string[],
    options?: VerifyOptions,
): Verdict

/** What {@link verify} looks at. An option that is there must have a value: `undefined` is refused. */
export interface VerifyOptions {
    /** Judges by this time, Unix seconds, instead of the system's. */
    now?: number | Date
    /** Allows clocks to differ by this many seconds, both ways. */
    leeway?: number
    /** Does not look at the time. */
    ignoreTime?: boolean
    /** Wants the token to be for this project. */
    appId?: string
    /** Wants the token to carry this service, by its number, as `ServiceRtc.type`; looks for the others in it alone. */
    service?: number
    /**
     * Wants the token to grant this privilege, as `ServiceRtc.kPrivilegePublishAudioStream`, and the privilege to be
     * running. Without it, the privileges that let in at all are looked at.
     */
    privilege?: number
    /** Wants the token to let into this channel. One for any channel does. An AccessToken (006) cannot do without. */
    channelName?: Text
    /** Wants the token to let this uid in. One for any user does; 0 asks for such a one. */
    uid?: number
    /** Wants the token to let this user in. Not beside `uid`. */
    userAccount?: Text
}

/** What {@link verify} found. */
export declare class Verdict {
    private constructor()
    /** Whether nothing at all is wrong. */
    readonly valid: boolean
    /** Which of the certificates signed the token, counted from 0; `null` when none did. */
    readonly certificate: number | null
    /** All that is wrong. */
    readonly refusals: readonly AgoraTokenError[]
    /** What the token says; to be believed as far as the verdict goes. */
    readonly token: TokenDocument
    /** Throws the first refusal, if there is one. */
    assertValid(): void
}

/** A decoded token of either generation; `version` tells which. */
export type TokenDocument = AccessTokenDocument | AccessToken2Document

/** A decoded AccessToken2, the same in every language. */
export interface AccessToken2Document {
    version: '007'
    appId: string | null
    appIdHex?: string
    /** Unix seconds. */
    issuedAt: number
    /** Seconds. */
    expiresIn: number
    /** Unix seconds. */
    expiresAt: number
    salt: number
    /** Hexadecimal. */
    signature: string
    services: ServiceDocument[]
    /** Whether every service could be read. */
    complete: boolean
    /** Signed bytes that were not understood. */
    unreadBytes: number
}

/** A service of a decoded token; `name` tells which of the other members it has. */
export interface ServiceDocument {
    type: number
    name: 'rtc' | 'rtm' | 'streaming' | 'fpa' | 'chat' | 'fcdn' | 'apaas' | 'rtm2' | 'convoAi' | 'stt' | 'unknown'
    /** Seconds from the issue time by name, or by number where the number has no name. */
    privileges: { [privilege: string]: number }
    channel?: string | null
    channelHex?: string
    account?: string | null
    accountHex?: string
    userId?: string | null
    userIdHex?: string
    roomUuid?: string | null
    roomUuidHex?: string
    userUuid?: string | null
    userUuidHex?: string
    role?: number
    /** Resources by the names of their type and of the permission. */
    permissions?: { [resourceType: string]: { [permission: string]: (string | { hex: string })[] } }
}

/** A decoded AccessToken, the same in every language. */
export interface AccessTokenDocument {
    version: '006'
    appId: string | null
    appIdHex?: string
    salt: number
    /** Unix seconds. */
    expiresAt: number
    channelCrc: number
    userCrc: number
    /** Hexadecimal. */
    signature: string
    /** Unix seconds by name, or by number where the number has no name. */
    privileges: { [privilege: string]: number }
}

// ---------------------------------------------------------------------------------------------------------------------
// The doctor
// ---------------------------------------------------------------------------------------------------------------------

/**
 * Why a token does not let its user in: findings, the surest explanation first. It works without the certificate, and
 * better with it; whatever the token is, it gets a diagnosis.
 *
 * @example
 * for (const { code, cause, fix } of diagnose(token, { channelName: 'room', uid: 42, error: 110 }).findings) …
 */
export declare function diagnose(token: string, attempt?: Attempt): Diagnosis

/** What is known of the client's attempt. All may be left out or `undefined`; the more is known, the more is found. */
export interface Attempt {
    /** The App ID that the client joined with. */
    appId?: string | undefined
    /** The channel that it joined. */
    channelName?: string | undefined
    /** The uid that it joined with; 0 asks the service for one. */
    uid?: number | undefined
    /** The user account that it joined with, or its RTM or Chat user ID. Not beside `uid`. */
    userAccount?: string | undefined
    /** The service that it used the token for, by its number, as `ServiceRtc.type`. */
    service?: number | undefined
    /** What it meant to do in the channel: {@link RtcRole}. */
    role?: 1 | 2 | undefined
    /** When, Unix seconds; now unless given. */
    at?: number | Date | undefined
    /** Its SDK and version, as `web 4.20.0`, `android 3.7`, `flutter 6.3`. */
    sdk?: string | undefined
    /** The error that it saw, number or text. */
    error?: number | string | undefined
    /** The project's App Certificates as they are configured, however wrong. They never show in a finding. */
    certificates?: readonly string[] | undefined
    /** Masks App ID, channel and user in what is found, to post it in public. */
    redact?: boolean | undefined
}

/** What {@link diagnose} found. */
export interface Diagnosis {
    /** The findings, ranked: the worst first, and among those the surest. */
    findings: Finding[]
}

/** One thing that is wrong, or worth knowing. */
export interface Finding {
    /** What kind. Stable, and the same in every language. */
    code: FindingCodeName
    /** Whether it keeps the user out, will surprise somebody, or is worth knowing. */
    severity: 'error' | 'warning' | 'note'
    /** What was found, in plain words. */
    cause: string
    /** What to do about it. */
    fix: string
}

/** The code of a finding. */
export type FindingCodeName = keyof typeof FindingCode

/** Every code that the doctor may find, by its own name. */
export declare const FindingCode: {
    /** There is no token at all, and a project whose certificate is enabled lets nobody in without one. */
    readonly NO_TOKEN: 'NO_TOKEN'
    /** An App ID or an App Certificate was passed in the token's place. */
    readonly TOKEN_IS_CREDENTIAL: 'TOKEN_IS_CREDENTIAL'
    /** The server's whole answer was passed on, not the token in it. */
    readonly TOKEN_IN_JSON: 'TOKEN_IN_JSON'
    /** A token begins with its version, 006 or 007; what stood before it was passed on too. */
    readonly TOKEN_PREFIXED: 'TOKEN_PREFIXED'
    /** Quotes around the token were taken for a part of it. */
    readonly TOKEN_QUOTED: 'TOKEN_QUOTED'
    /** A token holds neither blanks nor newlines: they got in where it was copied, printed or read. */
    readonly TOKEN_HAS_BLANKS: 'TOKEN_HAS_BLANKS'
    /**
     * The token was URL-encoded and not decoded again, or decoded without having been encoded, which makes a blank of a
     * plus sign.
     */
    readonly TOKEN_URL_ENCODED: 'TOKEN_URL_ENCODED'
    /** Tokens are in standard base64; something rewrote this one to the URL-safe alphabet. */
    readonly TOKEN_URL_SAFE: 'TOKEN_URL_SAFE'
    /** The end of the token is missing: something on its way keeps fewer characters than it has. */
    readonly TOKEN_TRUNCATED: 'TOKEN_TRUNCATED'
    /** What follows the token was taken for a part of it. */
    readonly TOKEN_HAS_EXTRA: 'TOKEN_HAS_EXTRA'
    /** This is a dynamic key, of a generation before AccessToken that today's SDKs do not take. */
    readonly TOKEN_OLD_GENERATION: 'TOKEN_OLD_GENERATION'
    /** Characters of the token were lost, added or changed on its way. */
    readonly TOKEN_DAMAGED: 'TOKEN_DAMAGED'
    /** An Agora token begins with 006 or 007; this is something else. */
    readonly NOT_A_TOKEN: 'NOT_A_TOKEN'
    /** A project whose App Certificate is not enabled takes no tokens, and the client came with one. */
    readonly TOKEN_NOT_WANTED: 'TOKEN_NOT_WANTED'
    /** The client's SDK is older than the token's generation and cannot read it. */
    readonly SDK_TOO_OLD: 'SDK_TOO_OLD'
    /**
     * AccessToken (006) wants the second at which it ends, counted from 1970. It was given a lifetime, and so ended in
     * 1970.
     */
    readonly TIMESTAMP_IS_LIFETIME: 'TIMESTAMP_IS_LIFETIME'
    /** The App Certificate stands where the App ID belongs: the two look alike. */
    readonly APP_ID_IS_CERTIFICATE: 'APP_ID_IS_CERTIFICATE'
    /** The token is for another project than the one the client joins, and is good for that one only. */
    readonly APP_ID_DIFFERS: 'APP_ID_DIFFERS'
    /** An App ID is 32 hexadecimal digits, and this one is not. */
    readonly APP_ID_INVALID: 'APP_ID_INVALID'
    /**
     * A newline, blanks or quotes stand around the certificate. Signed with them no token is good; several official
     * libraries answer with an empty text instead.
     */
    readonly CERTIFICATE_HAS_BLANKS: 'CERTIFICATE_HAS_BLANKS'
    /** The token was signed with the certificate in another letter case, which is another key: the case counts. */
    readonly CERTIFICATE_CASE_DIFFERS: 'CERTIFICATE_CASE_DIFFERS'
    /**
     * The token was signed with another certificate than those that were given. The service knows those that the
     * console shows.
     */
    readonly SIGNATURE_MISMATCH: 'SIGNATURE_MISMATCH'
    /** The token's lifetime is over, and the service refuses it. */
    readonly TOKEN_EXPIRED: 'TOKEN_EXPIRED'
    /** The token was issued in the future: the clock of the server that minted it is ahead. */
    readonly TOKEN_NOT_YET_VALID: 'TOKEN_NOT_YET_VALID'
    /** Joining a channel needs a token with the rtc service, and this one is for messaging. */
    readonly RTM_TOKEN_FOR_RTC: 'RTM_TOKEN_FOR_RTC'
    /** Logging in to messaging needs a token with the rtm service, and this one is for a channel. */
    readonly RTC_TOKEN_FOR_RTM: 'RTC_TOKEN_FOR_RTM'
    /** A token is good for the services that it carries, and the client uses it for another. */
    readonly SERVICE_MISSING: 'SERVICE_MISSING'
    /** The server minted for a value that was not there: the program made a name of its absence. */
    readonly USER_IS_PLACEHOLDER: 'USER_IS_PLACEHOLDER'
    /** Only the number 0 means any user. The text "0", as a query or a form gives it, is a user of that name. */
    readonly USER_IS_ZERO_TEXT: 'USER_IS_ZERO_TEXT'
    /** The uid of a sample program was left in where the server mints. */
    readonly SAMPLE_USER: 'SAMPLE_USER'
    /** The channel of a sample program was left in where the server mints. */
    readonly SAMPLE_CHANNEL: 'SAMPLE_CHANNEL'
    /** Token and client name the channel in different letter case, and the case counts. */
    readonly CHANNEL_DIFFERS_IN_CASE: 'CHANNEL_DIFFERS_IN_CASE'
    /** Token and client name the same channel but for blanks, and blanks count. */
    readonly CHANNEL_DIFFERS_IN_BLANKS: 'CHANNEL_DIFFERS_IN_BLANKS'
    /** A token lets into the channel that it names, and the client joins another. */
    readonly CHANNEL_DIFFERS: 'CHANNEL_DIFFERS'
    /**
     * The token is for a user account and the client joins with a uid: two kinds of users, and a token for the one does
     * not let in the other.
     */
    readonly ACCOUNT_TOKEN_FOR_UID: 'ACCOUNT_TOKEN_FOR_UID'
    /**
     * The token is for a uid and the client joins with a user account: two kinds of users, and a token for the one does
     * not let in the other.
     */
    readonly UID_TOKEN_FOR_ACCOUNT: 'UID_TOKEN_FOR_ACCOUNT'
    /** A token lets in the user that it names, and somebody else joins. */
    readonly USER_DIFFERS: 'USER_DIFFERS'
    /** The token does not grant what is needed to enter, whatever else it grants. */
    readonly PRIVILEGE_MISSING: 'PRIVILEGE_MISSING'
    /** A privilege that is needed ended before its token, and the token is of no use without it. */
    readonly PRIVILEGE_EXPIRED: 'PRIVILEGE_EXPIRED'
    /** The token has more characters than the Web SDK takes, which are 2047. */
    readonly TOKEN_TOO_LONG: 'TOKEN_TOO_LONG'
    /**
     * AccessToken2 (007) wants seconds from now. It was given a Unix timestamp, and so says that it lives for decades.
     */
    readonly LIFETIME_IS_TIMESTAMP: 'LIFETIME_IS_TIMESTAMP'
    /**
     * The client means to publish, and the token grants only joining: where the project enforces roles, nobody hears or
     * sees the client.
     */
    readonly SUBSCRIBER_TOKEN_FOR_PUBLISHER: 'SUBSCRIBER_TOKEN_FOR_PUBLISHER'
    /**
     * The SDK warns of the end of a privilege. A token that ends before its privileges ends without a warning, and the
     * client is thrown out.
     */
    readonly PRIVILEGE_OUTLIVES_TOKEN: 'PRIVILEGE_OUTLIVES_TOKEN'
    /** The service ends every token 24 hours after it was issued, whatever the token says. */
    readonly LIFETIME_OVER_A_DAY: 'LIFETIME_OVER_A_DAY'
    /** This Chat token is for a server: whoever holds it administrates Chat. */
    readonly CHAT_APP_TOKEN: 'CHAT_APP_TOKEN'
    /** An App Certificate is 32 hexadecimal digits, and one that was given is not. */
    readonly CERTIFICATE_INVALID: 'CERTIFICATE_INVALID'
    /**
     * The token carries a service of a layout that this version does not know, so that what follows it was not read.
     */
    readonly UNKNOWN_SERVICE: 'UNKNOWN_SERVICE'
    /** Signed bytes follow the last service, and nobody knows what for. */
    readonly UNREAD_BYTES: 'UNREAD_BYTES'
    /**
     * Publish privileges count only where co-host authentication is on for the project; where it is off, a subscriber's
     * token publishes too.
     */
    readonly CO_HOST_NOTE: 'CO_HOST_NOTE'
    /** The token lets in whoever holds it, under any user. */
    readonly ANY_USER: 'ANY_USER'
    /** The token lets into every channel of the project. */
    readonly ANY_CHANNEL: 'ANY_CHANNEL'
    /** The error that the client saw tells where to look: what agrees with it is ranked higher. */
    readonly SDK_ERROR: 'SDK_ERROR'
    /** Without the App Certificate nobody can tell whether the signature is right. */
    readonly SIGNATURE_NOT_CHECKED: 'SIGNATURE_NOT_CHECKED'
    /**
     * An AccessToken (006) carries only checksums of its channel and user: they can be compared with what the client
     * joined with, and not be read.
     */
    readonly USER_NOT_CHECKED: 'USER_NOT_CHECKED'
}
// ---------------------------------------------------------------------------------------------------------------------
// Errors
// ---------------------------------------------------------------------------------------------------------------------

/** A refusal: what kind, of which argument, and why. Its text never holds a token or an App Certificate. */
export declare class AgoraTokenError extends Error {
    constructor(code: ErrorCodeName, field: string, reason: string)
    /** What kind of refusal this is. Stable, and the same in every language. */
    readonly code: ErrorCodeName
    /** The argument, option or token field at fault; empty when there is none. */
    readonly field: string
    /** The number of the code: the status of the C ABI. */
    get number(): number
    /** Code, field and reason. */
    toJSON(): { code: ErrorCodeName; field: string; reason: string }
}

/** The name of an error code. */
export type ErrorCodeName = keyof typeof ErrorCode

/** Every error code by name, with its number in the C ABI. */
export declare const ErrorCode: {
    /** An argument that must not be NULL is NULL. */
    readonly NULL_ARGUMENT: 1
    /** A text argument is not valid UTF-8. */
    readonly INVALID_UTF8: 2
    /** A text argument holds a NUL byte. */
    readonly NUL_IN_TEXT: 3
    /** Internal error: please report it. */
    readonly INTERNAL: 4
    /** The operating system's random source failed. */
    readonly RANDOM_SOURCE_FAILED: 5
    /** The system clock is before 1970 or after 2106. */
    readonly CLOCK_OUT_OF_RANGE: 6
    /** There is no such service, privilege, permission, resource or field. */
    readonly INDEX_OUT_OF_RANGE: 7
    /** App ID must be 32 hexadecimal digits. */
    readonly INVALID_APP_ID: 10
    /** App Certificate must be 32 hexadecimal digits. */
    readonly INVALID_APP_CERTIFICATE: 11
    /** Channel name must be 1 to 63 bytes of the documented characters and not the wildcard "*". */
    readonly INVALID_CHANNEL_NAME: 20
    /** Uid must be an integer from 0 to 4294967295. */
    readonly INVALID_UID: 21
    /** User account must be 1 to 255 bytes. */
    readonly INVALID_USER_ACCOUNT: 22
    /** User ID must be 1 to 255 bytes. */
    readonly INVALID_USER_ID: 23
    /** Room UUID must be 1 to 255 bytes. */
    readonly INVALID_ROOM_UUID: 24
    /** User UUID must be 1 to 255 bytes. */
    readonly INVALID_USER_UUID: 25
    /** A resource of an RTM2 permission must be at most 65535 bytes. */
    readonly INVALID_PERMISSIONS: 26
    /** Role must be 1 (publisher) or 2 (subscriber); AccessToken also knows 0 and 101. */
    readonly INVALID_ROLE: 30
    /** Token expire is a lifetime in seconds and must be above 0. */
    readonly TOKEN_EXPIRE_ZERO: 40
    /** Token expire looks like a Unix timestamp; AccessToken2 takes seconds from now. */
    readonly TOKEN_EXPIRE_LOOKS_LIKE_TIMESTAMP: 41
    /** Privilege expire looks like a Unix timestamp; AccessToken2 takes seconds from now. */
    readonly PRIVILEGE_EXPIRE_LOOKS_LIKE_TIMESTAMP: 42
    /** Privilege expired ts looks like a duration; AccessToken takes absolute Unix seconds. */
    readonly PRIVILEGE_EXPIRED_TS_LOOKS_LIKE_DURATION: 43
    /** A lifetime must be a whole number of seconds from 0 to 4294967295. */
    readonly INVALID_LIFETIME: 44
    /** A Unix timestamp must be a whole number of seconds from 0 to 4294967295. */
    readonly INVALID_TIMESTAMP: 45
    /** Salt must be an integer from 0 to 4294967295. */
    readonly INVALID_SALT: 46
    /** A lifetime is at most 86400 seconds (24 hours) unless longer ones are allowed by name. */
    readonly LIFETIME_OVER_A_DAY: 47
    /** A token must carry at least one service. */
    readonly NO_SERVICES: 50
    /** The format counts at most 65535 services, privileges, permissions or resources. */
    readonly TOO_MANY_ENTRIES: 51
    /** The token would carry more than 1048576 bytes. */
    readonly PAYLOAD_TOO_LARGE: 52
    /** The token has more than 2047 characters, which the Web SDK refuses; allow it by name where no browser joins. */
    readonly TOKEN_TOO_LONG: 53
    /** The token does not start with a version this call reads. */
    readonly TOKEN_VERSION: 60
    /** The token is not strict standard base64 with padding. */
    readonly TOKEN_BASE64: 61
    /** The token does not hold one complete zlib stream. */
    readonly TOKEN_COMPRESSION: 62
    /** The token inflates to more than 1048576 bytes. */
    readonly TOKEN_TOO_LARGE: 63
    /** The token ends in the middle of a field. */
    readonly TOKEN_TRUNCATED: 64
    /** The token holds the same privilege or permission twice. */
    readonly TOKEN_DUPLICATE_KEY: 65
    /** Bytes follow the end of the token's content. */
    readonly TOKEN_TRAILING_BYTES: 66
    /** The token's App ID is not 32 hexadecimal digits. */
    readonly TOKEN_APP_ID: 67
    /** The signature does not match the App Certificate. */
    readonly SIGNATURE_MISMATCH: 70
    /** The token is for another channel. */
    readonly CHANNEL_MISMATCH: 71
    /** The token is for another user. */
    readonly USER_MISMATCH: 72
    /** The token has expired. */
    readonly TOKEN_EXPIRED: 73
    /** The token was issued in the future. */
    readonly TOKEN_ISSUED_IN_FUTURE: 74
    /** The token is for another App ID. */
    readonly APP_ID_MISMATCH: 75
    /** The token does not carry the service. */
    readonly SERVICE_MISSING: 76
    /** The token does not grant the privilege. */
    readonly PRIVILEGE_MISSING: 77
    /** The privilege has expired. */
    readonly PRIVILEGE_EXPIRED: 78
    /** An AccessToken (006) can be verified only with its channel name and user. */
    readonly CHANNEL_AND_USER_REQUIRED: 79
}
