// What the services of the official AccessToken2.js have in common.

import type { Text } from '../index.js'

/** A number, or one written as text; a fraction is cut off. */
export type Numeric = number | string

/** A uid, where 0 is any user, or the text that goes on the wire. */
export type User = number | bigint | Text

/** Reads numbers, texts and maps one after the other; what ends too early throws a RangeError. */
export interface ReadByteBuf {
    /** What is read. */
    buffer: Uint8Array
    /** How much of it was read. */
    position: number
    /** An unsigned number of 16 bits. */
    getUint16(): number
    /** An unsigned number of 32 bits. */
    getUint32(): number
    /** A number of 16 bits with a sign. */
    getInt16(): number
    /** Bytes with their length in front. */
    getString(): Uint8Array
    /** Numbers of 32 bits by numbers of 16. */
    getTreeMapUInt32(): { [key: number]: number }
    /** What was not read yet. */
    pack(): Uint8Array
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
    /** The service as it stands in a token; one with fields of its own adds them. */
    pack(): Uint8Array
    /** The type as it stands in a token. */
    __pack_type(): Uint8Array
    /** The privileges as they stand in a token. */
    __pack_privileges(): Uint8Array
    /** Reads what stands after the type, and gives the reader for what follows. */
    unpack(buffer: Uint8Array): ReadByteBuf
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
