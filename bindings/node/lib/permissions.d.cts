// What a user of RTM2 may read or write.

import type { Text } from './service.cjs'

/** What a user of `ServiceRtm2` may read or write. */
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
