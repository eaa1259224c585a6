// The declarations of everything the package exports; index.d.mts has them for `import`.

import type { ErrorCode, FindingCode, RtcRole } from './lib/generated/constants.cjs'
import type { Rtm2Permissions } from './lib/permissions.cjs'
import type { Privileges, Service, Text } from './lib/service.cjs'

export * from './lib/generated/builders.cjs'
export * from './lib/generated/constants.cjs'
export * from './lib/generated/services.cjs'
export * from './lib/permissions.cjs'
export * from './lib/service.cjs'

/** What the package runs on here: a native module, or WebAssembly, which takes several times as long for a token. */
export declare const backend: 'native' | 'wasm'

// ---------------------------------------------------------------------------------------------------------------------
// The typed issuer
// ---------------------------------------------------------------------------------------------------------------------

/** What a project signs with. Shown, logged or as JSON it hides the certificate. */
export declare class Credentials {
    /** Refuses what is none, and an App ID that is the certificate: tokens show the App ID. */
    constructor(pair: CredentialsPair)
    // The private field keeps another object from passing for credentials.
    #appCertificate
    /** The project. */
    readonly appId: string
    /** Those of `AGORA_APP_ID` and `AGORA_APP_CERTIFICATE`. */
    static fromEnv(env?: Environment): Credentials
}

/** App ID and certificate by name: two texts in a row would be swapped one day, and the certificate published. */
export interface CredentialsPair {
    /** 32 hexadecimal digits. */
    appId: string
    /** 32 hexadecimal digits. Secret: never in a client. */
    appCertificate: string
}

/** As `process.env`. */
export type Environment = { readonly [name: string]: string | undefined }

/** The time: Unix seconds, those of a `Date`, or a function that gives either. Milliseconds are refused. */
export type Clock = number | Date | (() => number | Date)

/** Where an {@link Issuer} has time and salts from. The system's unless given, as tests do. */
export interface Sources {
    /** The time at which tokens are made. */
    clock?: Clock | undefined
    /** 0 to 4294967295: two tokens of equal content, time and salt are equal. */
    salt?: number | (() => number) | undefined
}

/**
 * Mints AccessToken2 tokens for one project. App ID and certificate are checked once.
 *
 * @example
 * const issuer = new Issuer({ appId, appCertificate })
 * const { token, refreshAfter } = issuer.issue({ channel: 'room', uid: 42, role: 'publisher' })
 */
export declare class Issuer {
    constructor(options: CredentialsPair & Sources)
    constructor(credentials: Credentials, sources?: Sources)
    // The private field keeps another object from passing for an issuer.
    #native
    /** An issuer for the project that `AGORA_APP_ID` and `AGORA_APP_CERTIFICATE` name. */
    static fromEnv(sources?: Sources, env?: Environment): Issuer
    /** The project. */
    readonly appId: string
    /** Mints a token, which differs from every other. One of more than 2047 characters has to be allowed by name. */
    issue(grant: Grant | GrantOptions): IssuedToken
    /**
     * Mints a token for each user, by a grant that lacks its user. In their order, a token or an error for each row:
     * nothing is lost by one bad row. The event loop keeps turning from the first on.
     *
     * @param users Each a uid, an account or a {@link User}; any iterable.
     * @example
     * const rows = await issuer.issueMany([42, 43, 'alice'], { channel: 'hall', role: 'subscriber' })
     * rows.forEach(({ token, error }, row) => console.log(row, token ?? error.message))
     */
    issueMany(users: Iterable<number | string | User>, template: GrantTemplate): Promise<IssuedRow[]>
    /** The same for each grant. */
    issueMany(grants: Iterable<Grant | GrantOptions>): Promise<IssuedRow[]>
}

/** What {@link Issuer.issueMany} gives for a row: a token, or why there is none. */
export type IssuedRow = IssuedToken | RefusedRow

/** A row without a token. */
export interface RefusedRow {
    /** Why. */
    readonly error: AgoraTokenError
    /** None. */
    readonly token?: undefined
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
    /** None: tells a token from a {@link RefusedRow}. */
    readonly error?: undefined
}

/** What a user may do in a channel, by name. The numbers are those of the official builders' {@link RtcRole}. */
export type Role = 'publisher' | 'subscriber' | RtcRole

/** {@link RtcRole}. */
export declare const Role: typeof RtcRole

/** Which channel a token lets into: one by its name, or any. */
export declare class Channel {
    private constructor()
    /** Every channel of the project. */
    static readonly ANY: Channel
    /** The same. */
    static any(): Channel
    /** One, of 1 to 63 bytes of the documented characters. */
    static named(name: string): Channel
    /** Its name; `null` of any channel. */
    readonly name: string | null
}

/** Whom a token lets in. The three kinds are never turned into one another. */
export declare class User {
    private constructor()
    /** Everybody who holds the token. */
    static readonly ANY: User
    /** The same. */
    static any(): User
    /** A uid from 1 to 4294967295, for a client that joins with a number. */
    static uid(uid: number): User
    /** An account of 1 to 255 bytes, for a client that joins with a text. */
    static account(account: string): User
    /**
     * A user as it comes from outside, in JSON or a query: a number or its digits are a uid, any other text is an account.
     * What only looks like a uid is refused (`'042'`, `' 42'`, `'-1'`, `4294967296`), and so is all else (`true`, `null`).
     */
    static from(value: unknown): User
    /** The same. */
    static fromJSON(value: unknown): User
    /** The uid; `null` of an account, and of any user. */
    readonly uid: number | null
    /** The account; `null` of a uid, and of any user. */
    readonly account: string | null
}

/**
 * Whom to let in where, as what, for how long: what an {@link Issuer} makes a token of. Checked when it is made, and
 * good for any number of tokens. It has the options that it was made of.
 */
export declare class Grant {
    /** Joins a channel. */
    static rtc(options: RtcGrantOptions): Grant
    /** Logs in to messaging. It takes no channel: {@link Grant.rtcRtm} does. */
    static rtm(options: RtmGrantOptions): Grant
    /** Chats. */
    static chat(options: ChatGrantOptions): Grant
    /** Joins a channel, and logs in to messaging. */
    static rtcRtm(options: RtcRtmGrantOptions): Grant
    /** Joins a channel, logs in to messaging, and chats. */
    static rtcRtmChat(options: RtcRtmGrantOptions): Grant
    /** Grants any services. */
    constructor(options: GrantOptions)
    // The private field keeps another object from passing for a grant.
    #values
}

/** The options that it was made of. */
export interface Grant extends Readonly<GrantTemplate> {
    /** As in {@link Grantee}. */
    readonly uid?: number | undefined
    /** As in {@link Grantee}. */
    readonly account?: string | undefined
    /** As in {@link Grantee}. */
    readonly user?: number | string | User | undefined
}

/** A grant: what it lets into, and one user. What is `undefined` is not said. */
export type GrantOptions = GrantTemplate & Grantee

/** What {@link Grant.chat} takes, and the others take too. */
export type ChatGrantOptions = Grantee &
    Pick<GrantTemplate, 'lifetime' | 'expiresIn' | 'lifetimeLongerThanADay' | 'allowLongToken'>

/** What {@link Grant.rtm} takes. */
export type RtmGrantOptions = ChatGrantOptions & Pick<GrantTemplate, 'permissions'>

/** What {@link Grant.rtc} takes. */
export type RtcGrantOptions = ChatGrantOptions &
    Pick<GrantTemplate, 'publishLifetime' | 'publishExpiresIn'> & {
        /** 1 to 63 bytes of the documented characters, or {@link Channel.ANY}. */
        channel: string | Channel
        /** Whether the user publishes in the channel. */
        role: Role
    }

/** What {@link Grant.rtcRtm} and {@link Grant.rtcRtmChat} take. */
export type RtcRtmGrantOptions = RtcGrantOptions & RtmGrantOptions

/** The user of a grant, in one of three ways. None is ever turned into another. */
export type Grantee =
    | {
          /** A uid from 1 to 4294967295, for a client that joins with a number. 0 is refused: say {@link User.ANY}. */
          uid: number
          account?: undefined
          user?: undefined
      }
    | {
          /** An account of 1 to 255 bytes. `'0'` is refused, and so are `'undefined'` and its like. */
          account: string
          uid?: undefined
          user?: undefined
      }
    | {
          /** A number is a uid, a string an account; what comes from outside is read by {@link User.from}. */
          user: number | string | User
          uid?: undefined
          account?: undefined
      }

/**
 * A grant without its user. Each service is granted that is named: RTC by a channel, RTM and Chat by `rtm` and `chat`,
 * any of the ten by `services`.
 */
export interface GrantTemplate {
    /** 1 to 63 bytes of the documented characters, or {@link Channel.ANY}. */
    channel?: string | Channel | undefined
    /** Whether the user publishes in the channel. A channel needs one. */
    role?: Role | undefined
    /** Logs in to messaging as the same user; a uid is its decimal text there. */
    rtm?: boolean | undefined
    /** Chats as the same user; a uid is its decimal text there. */
    chat?: boolean | undefined
    /**
     * Any services as the same user, by number or name, in place of those that `channel` means. An option that none of them
     * takes is refused.
     */
    services?: readonly (number | ServiceName)[] | undefined
    /** Permissions on single resources: messaging is granted by these alone. */
    permissions?: Rtm2Permissions | undefined
    /**
     * How long the token and its privileges live, seconds: 1 to 86400, and 3600 unless given. What looks like a Unix
     * timestamp is refused.
     */
    lifetime?: number | undefined
    /** Another name of `lifetime`. */
    expiresIn?: number | undefined
    /** How long a publisher may publish, seconds, where that is less than the user may stay. */
    publishLifetime?: number | undefined
    /** Another name of `publishLifetime`. */
    publishExpiresIn?: number | undefined
    /**
     * In place of `lifetime`, and it may pass 24 hours, as `publishLifetime` may beside it. Agora documents 24 hours as
     * the longest, and a token cannot be taken back: for where you know that more is honoured.
     */
    lifetimeLongerThanADay?: number | undefined
    /** Allows more than 2047 characters. The Web SDK takes no longer tokens: for where no browser joins. */
    allowLongToken?: boolean | undefined
    /** The room of a classroom, 1 to 255 bytes. Without one the user is let in outside of rooms. */
    roomUuid?: string | undefined
    /** The user's role in that room, the classroom's own numbers; -1, as it is unless given, stands for none. */
    roomRole?: number | undefined
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
 * after a {@link Verifier} said so.
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
export declare function inspect(token: string): TokenDocument & TokenSummary

/**
 * Judges tokens of one project: the signature and the App ID always, the time unless told not to, and what is expected of
 * one token. At most 64 KiB, 64 services and 4096 privileges, permissions and resources are read. Past 24 hours an
 * AccessToken2 is over, whatever it says.
 *
 * @example
 * const verifier = new Verifier({ appId, appCertificate })
 * verifier.verify(token, { channel: 'room', uid: 42 })
 */
export declare class Verifier {
    constructor(options: VerifierOptions)
    constructor(credentials: Credentials, more?: Omit<VerifierOptions, 'appId' | 'appCertificate'>)
    // The private field keeps another object from passing for a verifier.
    #native
    /**
     * A verifier for the project that `AGORA_APP_ID` and `AGORA_APP_CERTIFICATE` name. While certificates are rotated,
     * `AGORA_APP_CERTIFICATE_SECONDARY` is good too.
     */
    static fromEnv(more?: Pick<VerifierOptions, 'leeway' | 'clock' | 'ignoreTime'>, env?: Environment): Verifier
    /** The project. */
    readonly appId: string
    /**
     * Judges a token and gives its verdict where nothing at all is wrong. Anything else is a {@link VerificationError},
     * with every refusal.
     */
    verify(token: string, expected?: Expected): Verdict
    /** Judges a token and tells all that is wrong with it, also of what is none. Ask whether the verdict is `valid`. */
    verdict(token: string, expected?: Expected): Verdict
}

/** What a {@link Verifier} judges by. The certificates may be up to ten, while they are rotated. */
export interface VerifierOptions {
    /** The project: 32 hexadecimal digits. */
    appId: string
    /** 32 hexadecimal digits. Secret. */
    appCertificate?: string | undefined
    /** Another name of `appCertificate`. */
    certificate?: string | undefined
    /** Several, or more beside the one. */
    appCertificates?: readonly string[] | undefined
    /** Another name of `appCertificates`. */
    certificates?: readonly string[] | undefined
    /** Allows clocks to differ by this many seconds, both ways; more than an hour counts as an hour. */
    leeway?: number | undefined
    /** Judges by this time instead of the system's. */
    clock?: Clock | undefined
    /** Does not look at the time. */
    ignoreTime?: boolean | undefined
}

/**
 * What is expected of one token; of what is left out, nothing. An option that is there must have a value: `undefined` is a
 * question left open by mistake, and refused.
 */
export interface Expected {
    /** That it lets into this channel, by RTC unless `service` names another. One for any channel does. */
    channel?: Text | Channel
    /** That it lets this uid in. One for any user does; 0 asks for such a one. */
    uid?: number
    /** That it lets this account in. In place of `uid`. */
    account?: Text
    /** That it lets this user in: a number is a uid, a string an account. In place of both. */
    user?: number | string | User
    /** That it carries this service, by number or name; the others are looked for in it alone. */
    service?: number | ServiceName
    /**
     * That it grants this privilege, by number or by its name in the service (RTC unless named), as `publishAudioStream`,
     * and that the privilege is running. Without it, the privileges that let in at all are looked at.
     */
    privilege?: number | string
}

/** What a {@link Verifier} found. */
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

/** What {@link inspect} tells beside the document, and its JSON does not hold: of the first service that has one. */
export interface TokenSummary {
    /** The channel; empty or `*` for any. `null` where none is named, as in an AccessToken. */
    readonly channel: string | null
    /** The user, as text; empty for any. */
    readonly user: string | null
    /** The same as a number, where the text is that of a uid. */
    readonly uid: number | null
}

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

/** The services of a decoded token, whose `name` tells which it is. */
export type ServiceDocument =
    | ChannelServiceDocument
    | MessagingServiceDocument
    | Rtm2ServiceDocument
    | ApaasServiceDocument
    | PlainServiceDocument

/** The name of a service in a decoded token. */
export type ServiceName = Exclude<ServiceDocument['name'], 'unknown'>

/** What every service of a decoded token has. */
export interface AnyServiceDocument {
    /** The number of the service. */
    type: number
    /** Seconds from the issue time by name, or by number where the number has no name. */
    privileges: { [privilege: string]: number }
}

/** A service of a channel. */
export interface ChannelServiceDocument extends AnyServiceDocument {
    name: 'rtc' | 'streaming' | 'fcdn'
    channel: string | null
    channelHex?: string
    account: string | null
    accountHex?: string
}

/** A service of a user of messaging or Chat. */
export interface MessagingServiceDocument extends AnyServiceDocument {
    name: 'rtm' | 'chat'
    userId: string | null
    userIdHex?: string
}

/** Messaging with permissions. */
export interface Rtm2ServiceDocument extends AnyServiceDocument {
    name: 'rtm2'
    userId: string | null
    userIdHex?: string
    /** Resources by the names of their type and of the permission. */
    permissions: { [resourceType: string]: { [permission: string]: (string | { hex: string })[] } }
}

/** A classroom. */
export interface ApaasServiceDocument extends AnyServiceDocument {
    name: 'apaas'
    roomUuid: string | null
    roomUuidHex?: string
    userUuid: string | null
    userUuidHex?: string
    role: number
}

/** A service without fields, or one that is not known here. */
export interface PlainServiceDocument extends AnyServiceDocument {
    name: 'fpa' | 'convoAi' | 'stt' | 'unknown'
}

/** A decoded AccessToken, the same in every language. Channel and user are signed, not carried. */
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
 * for (const { code, cause, fix } of diagnose(token, { channel: 'room', uid: 42, error: 110 }).findings) …
 */
export declare function diagnose(token: string, attempt?: Attempt): Diagnosis

/** What is known of the client's attempt. All may be left out or `undefined`; the more is known, the more is found. */
export interface Attempt {
    /** The App ID that the client joined with. */
    appId?: string | undefined
    /** The channel that it joined. */
    channel?: string | undefined
    /** The uid that it joined with; 0 asks the service for one. */
    uid?: number | undefined
    /** The account that it joined with, or its RTM or Chat user ID. In place of `uid`. */
    account?: string | undefined
    /** Either: a number is a uid, a string an account. */
    user?: number | string | User | undefined
    /** The service that it used the token for, by number or name. */
    service?: number | ServiceName | undefined
    /** What it meant to do in the channel. */
    role?: Role | undefined
    /** When, Unix seconds; now unless given. */
    at?: number | Date | undefined
    /** Its SDK and version, as `web 4.20.0`, `android 3.7`, `flutter 6.3`. */
    sdk?: string | undefined
    /** The error that it saw, number or text. */
    error?: number | string | undefined
    /** The project's App Certificate as it is configured, however wrong. It never shows in a finding. */
    appCertificate?: string | undefined
    /** Another name of `appCertificate`. */
    certificate?: string | undefined
    /** Several, or more beside the one. */
    appCertificates?: readonly string[] | undefined
    /** Another name of `appCertificates`. */
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

/**
 * A refusal: what kind, of which argument, why, and whose fault. Its text never holds a token or an App Certificate. What
 * is thrown is of one of the classes below.
 */
export declare class AgoraTokenError extends Error {
    constructor(code: ErrorCodeName, field: string, reason: string)
    /** What kind of refusal this is. Stable, and the same in every language. */
    readonly code: ErrorCodeName
    /** The argument, option or token field at fault; empty when there is none. */
    readonly field: string
    /** Why. Of an argument it continues its name, and `message` has both; of a token it is a sentence. */
    readonly reason: string
    /** Who can do something about it: whoever asked, whoever runs or wrote the server, or the machine. */
    readonly fault: Fault
    /** The service of the token that it is about, where a verifier says so. */
    readonly service?: ServiceName
    /** The number of the code: the status of the C ABI. */
    get number(): number
    /** Code, field, reason and service. */
    toJSON(): { code: ErrorCodeName; field: string; reason: string; service?: ServiceName }
}

/** What came from outside is wrong, as a channel or a user: a bad request. */
export declare class InputError extends AgoraTokenError {}

/** The server is wrong, in its credentials, lifetimes or options: nothing to tell a client. */
export declare class ConfigurationError extends AgoraTokenError {}

/** The machine is: no clock, no random numbers. */
export declare class SystemError extends AgoraTokenError {}

/** A text is no token that can be read. */
export declare class TokenParseError extends AgoraTokenError {}

/** {@link Verifier.verify} refused a token. It reads as the first refusal. */
export declare class VerificationError extends AgoraTokenError {
    private constructor()
    /** All that is wrong. */
    readonly refusals: readonly AgoraTokenError[]
}

/** Who can do something about a refusal. */
export type Fault = 'caller' | 'configuration' | 'system'

/** The name of an error code. */
export type ErrorCodeName = keyof typeof ErrorCode
