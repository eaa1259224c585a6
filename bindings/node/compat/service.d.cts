// What the services of the official AccessToken2.js have in common.

import type { Text } from '../index.js'

/** A number, or one written as text; a fraction is cut off. */
export type Numeric = number | string

/** A uid, where 0 is any user, or the text that goes on the wire. */
export type User = number | bigint | Text

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
