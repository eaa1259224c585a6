// The declarations of everything the package exports; index.d.mts has them for `import`.

import type { ErrorCode, FindingCode } from './lib/generated/constants.cjs'
import type { Rtm2Permissions } from './lib/permissions.cjs'
import type { Privileges, Service, Text } from './lib/service.cjs'

export * from './lib/generated/builders.cjs'
export * from './lib/generated/constants.cjs'
export * from './lib/generated/services.cjs'
export * from './lib/permissions.cjs'
export * from './lib/service.cjs'

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
    #values
    /** Any services as the same user, by their numbers. What they need beside the user is given with them. */
    static of(grant: ServicesGrant): Grant
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
     * In place of `lifetime`, and it may pass 24 hours, as `publishLifetime` may beside it. Agora documents 24 hours as
     * the longest, and a token cannot be taken back: for where you know that more is honoured.
     */
    lifetimeLongerThanADay?: number
    /** Allows more than 2047 characters. The Web SDK takes no longer tokens: for where no browser joins. */
    allowLongToken?: boolean
}

/** A grant of any services. */
export interface ServicesGrant extends GrantLimits {
    /** The services by their numbers, as `ServiceRtc.type`. */
    services: readonly number[]
    /** As in {@link RtcGrant}; every service but those of a channel needs one user, not any. */
    user: number | string | typeof ANY_USER
    /** As in {@link RtcGrant}, for the services of a channel. */
    channel?: string | typeof ANY_CHANNEL
    /** {@link RtcRole}, for the services that tell who publishes. */
    role?: 1 | 2
    /** As in {@link RtcGrant}. */
    publishLifetime?: number
    /** Permissions on single resources: messaging is granted by these alone. */
    permissions?: Rtm2Permissions
    /** The room of a classroom, 1 to 255 bytes. Without one the user is let in outside of rooms. */
    roomUuid?: string
    /** The user's role in that room, the classroom's own numbers; -1, as it is unless given, stands for none. */
    roomRole?: number
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
// The mechanism of AccessToken2 (007)
// ---------------------------------------------------------------------------------------------------------------------

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
 * {@link AgoraTokenError}, as is a wrong option. Of an AccessToken2 that none of the certificates signed, the verdict
 * says only that. At most 64 KiB, 64 services and 4096 privileges, permissions and resources are read. Past 24 hours an
 * AccessToken2 is over, whatever it says.
 *
 * @param appCertificate One, or up to ten while certificates are rotated.
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
    /** Allows clocks to differ by this many seconds, both ways; more than an hour counts as an hour. */
    leeway?: number
    /** Does not look at the time. */
    ignoreTime?: boolean
    /** Wants the token to be for this project. */
    appId?: string
    /** Wants the token to carry this service, by its number, as `ServiceRtc.type`; looks for the others in it alone. */
    service?: number
    /**
     * Wants the token to grant this privilege, as `ServiceRtc.kPrivilegePublishAudioStream`, and the privilege to be
     * running. Without it, the privileges that let in at all are looked at, and a user needs one of them.
     */
    privilege?: number
    /**
     * Wants the token to let into this channel, by RTC unless `service` names another. One for any channel does. An
     * AccessToken (006) cannot do without.
     */
    channelName?: Text
    /** Wants the token to let this uid in. One for any user does; 0 asks for such a one. */
    uid?: number
    /** Wants the token to let this user in. Not beside `uid`. */
    userAccount?: Text
}

/** {@link verify} with the same certificates and options for many tokens, which are checked once. */
export declare class Verifier {
    /** @param appCertificate One, or up to ten while certificates are rotated. */
    constructor(appCertificate: string | readonly string[], options?: VerifyOptions)
    // The private field keeps another object from passing for a verifier.
    #native
    /** Judges a token, as {@link verify} does. */
    verdict(token: string): Verdict
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
    /** What the token says; to be believed as far as the verdict goes. `null` when no certificate signed it. */
    get token(): TokenDocument | null
    /** Throws the first refusal, if there is one. */
    assertValid(): void
    /** All of it. */
    toJSON(): {
        valid: boolean
        certificate: number | null
        refusals: readonly AgoraTokenError[]
        token: TokenDocument | null
    }
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
