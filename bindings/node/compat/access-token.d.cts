// The names of the official AccessToken.js (006).

import type { Text } from '../index.js'
import type { Numeric, User } from './service.cjs'

/** The version of an AccessToken. */
export declare const version: '006'

/** The privileges by name; officially so spelled. */
export declare const priviledges: {
    /** Joins the channel. */
    readonly kJoinChannel: 1
    /** Publishes audio. */
    readonly kPublishAudioStream: 2
    /** Publishes video. */
    readonly kPublishVideoStream: 3
    /** Publishes a data stream. */
    readonly kPublishDataStream: 4
    /** Logs in to real-time messaging. */
    readonly kRtmLogin: 1000
}

/** AccessToken the official way: '' and false on failure. */
export declare class AccessToken {
    constructor(appID: string, appCertificate: string, channelName: Text, uid: User)
    /** The project. */
    appID: Text
    /** Not shown with the object. */
    appCertificate: string
    /** The channel. */
    channelName: Text
    /** The user. */
    uid: Text
    /** Unix seconds by privilege. */
    messages: { [priviledge: number]: Numeric }
    /** Any number. */
    salt: Numeric
    /** When the token ends, Unix seconds. */
    ts: Numeric
    /** After {@link fromString}. */
    signature?: Uint8Array
    /** After {@link fromString}. */
    crc_channel_name?: number
    /** After {@link fromString}. */
    crc_uid?: number
    /** The signed message, after {@link fromString}. */
    m?: Uint8Array
    /** Grants a privilege until a time, Unix seconds. */
    addPriviledge(priviledge: number, expireTimestamp: Numeric): void
    /** The token; '' when it cannot be built. */
    build(): string
    /** Reads a token without checking who signed it; false when it cannot be read. */
    fromString(originToken: string): boolean
}
