// The names of the official AccessToken2.js.

import type { Text } from '../index.js'

/** A number, or one written as text; a fraction is cut off. */
export type Numeric = number | string

/** A uid, where 0 is any user, or the text that goes on the wire. */
export type User = number | bigint | Text

/** The number of the RTC service. */
export declare const kRtcServiceType: 1
/** The number of the RTM service. */
export declare const kRtmServiceType: 2
/** The number of the Streaming service. */
export declare const kStreamingServiceType: 3
/** The number of the FPA service. */
export declare const kFpaServiceType: 4
/** The number of the Chat service. */
export declare const kChatServiceType: 5
/** The number of the FCDN service. */
export declare const kFCdnServiceType: 6
/** The number of the aPaaS service. */
export declare const kApaasServiceType: 7
/** The number of the RTM2 service. */
export declare const kRtm2ServiceType: 8
/** The number of the ConvoAI service. */
export declare const kConvoAIServiceType: 9
/** The number of the STT service. */
export declare const kSttServiceType: 10

/** AccessToken2 the official way: '' and false on failure. */
export declare class AccessToken2 {
    /** @param issueTs Unix seconds; 0 or nothing is now. */
    constructor(appId: string, appCertificate: string, issueTs?: Numeric | null, expire?: Numeric)
    /** The project. */
    appId: Text
    /** Not shown with the object. */
    appCertificate: string
    /** Unix seconds. */
    issueTs: Numeric
    /** Seconds. */
    expire: Numeric
    /** Any number. */
    salt: Numeric
    /** What the token grants. */
    services: Service[]
    /** Adds a service. Several of one type are legal. */
    add_service(service: Service): void
    /** The services of one type. */
    getServices(serviceType: number): Service[]
    /** The token; '' when it cannot be built. */
    build(): string
    /** Reads a token without checking who signed it; false when it cannot be read. */
    from_string(origin_token: string): boolean
    /** Whether the holder of this certificate signed the token that was read. */
    verifySignature(appCertificate: string): boolean
}

/** One service of an AccessToken2. */
export declare class Service {
    constructor(service_type: number)
    /** The number of the service. */
    service_type(): number
    /** Grants a privilege for seconds from the issue time. */
    add_privilege(privilege: number, expire: Numeric): void
    /** Seconds by privilege. */
    __privileges: { [privilege: number]: Numeric }
}

/** Voice and video in a channel. */
export declare class ServiceRtc extends Service {
    constructor(channel_name: Text, uid: User)
    /** The channel. */
    __channel_name: Text
    /** The user. */
    __uid: Text
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
    constructor(user_id?: User | null)
    /** The user. */
    __user_id: Text
    /** Logs in. */
    static readonly kPrivilegeLogin: 1
}

/** Media push from a channel. */
export declare class ServiceStreaming extends Service {
    constructor(channelName?: Text, account?: User)
    /** The channel. */
    __channel_name: Text
    /** The user. */
    __account: Text
    /** Publishes a mixed stream. */
    static readonly kPrivilegePublishMixStream: 1
    /** Publishes a raw stream. */
    static readonly kPrivilegePublishRawStream: 2
}

/** Full-path acceleration. */
export declare class ServiceFpa extends Service {
    constructor()
    /** Logs in. */
    static readonly kPrivilegeLogin: 1
}

/** Chat. */
export declare class ServiceChat extends Service {
    constructor(user_id?: User | null)
    /** The user; empty in an app token. */
    __user_id: Text
    /** Acts as the user. */
    static readonly kPrivilegeUser: 1
    /** Acts as the app, an administrator. */
    static readonly kPrivilegeApp: 2
}

/** Fusion CDN for a channel. */
export declare class ServiceFCdn extends Service {
    constructor(channelName?: Text, account?: User)
    /** The channel. */
    __channel_name: Text
    /** The user. */
    __account: Text
    /** Publishes. */
    static readonly kPrivilegePublish: 1
    /** Plays. */
    static readonly kPrivilegePlay: 2
}

/** A flexible classroom. */
export declare class ServiceApaas extends Service {
    constructor(roomUuid?: Text | null, userUuid?: User | null, role?: Numeric | null)
    /** The room. */
    __room_uuid: Text
    /** The user. */
    __user_uuid: Text
    /** The role; -1 for none. */
    __role: Numeric
    /** Acts as the user in the room. */
    static readonly PRIVILEGE_ROOM_USER: 1
    /** Acts as the user. */
    static readonly PRIVILEGE_USER: 2
    /** Acts as the app, an administrator. */
    static readonly PRIVILEGE_APP: 3
}

/** Real-time messaging with permissions on single resources. */
export declare class ServiceRtm2 extends Service {
    constructor(userId?: User | null, permissions?: Rtm2Permissions | null)
    /** The user. */
    __user_id: Text
    /** What that user may read and write. */
    __permissions: Rtm2Permissions
    /** Logs in. */
    static readonly kPrivilegeLogin: 1
}

/** Conversational AI. */
export declare class ServiceConvoAI extends Service {
    constructor()
}

/** Speech to text. */
export declare class ServiceStt extends Service {
    constructor()
}

/** What a user of RTM2 may read or write. */
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
    add(resourceType: number, permissionType: number, resources: Iterable<Text>): void
}
