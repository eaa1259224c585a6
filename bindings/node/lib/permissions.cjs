// What a user of RTM2 may read or write, and how that crosses the bridge.

'use strict'

const check = require('./check.cjs')

const REFUSED_AS = ['INVALID_PERMISSIONS', 'permissions']

/** A string can be iterated too, and would come apart into its characters; so an array it is. */
const resourcesOf = value =>
    Array.from(check.array(value, ...REFUSED_AS), resource => check.text(resource, ...REFUSED_AS))

class Rtm2Permissions {
    static kMessageChannels = 0
    static kStreamChannels = 1
    static kGroupChannels = 2
    static kServerGroups = 3
    static kUsers = 4
    static kRead = 0
    static kWrite = 1

    constructor() {
        this.details = {}
    }

    add(resourceType, permissionType, resources) {
        const byPermission = (this.details[check.number(resourceType, 'resourceType')] ??= {})
        byPermission[check.number(permissionType, 'permissionType')] = resourcesOf(resources)
    }
}

/** Bytes may be written over later. */
const copied = value => (typeof value === 'object' ? new Uint8Array(value) : value)

/** `[[resource type, [[permission type, [resource, …]], …]], …]`, as they stand: they may have been set since. */
function permissionRows(permissions) {
    if (!(permissions instanceof Rtm2Permissions)) check.refuse(...REFUSED_AS, permissions, 'an Rtm2Permissions')
    return check
        .byNumber(permissions.details, ...REFUSED_AS)
        .map(([resourceType, byPermission]) => [
            check.number(resourceType, 'resourceType'),
            check
                .byNumber(byPermission, ...REFUSED_AS)
                .map(([permissionType, resources]) => [
                    check.number(permissionType, 'permissionType'),
                    resourcesOf(resources).map(copied),
                ]),
        ])
}

function permissionsOf(rows) {
    const permissions = new Rtm2Permissions()
    for (const [resourceType, byPermission] of rows) {
        permissions.details[resourceType] = Object.fromEntries(byPermission)
    }
    return permissions
}

module.exports = { Rtm2Permissions, permissionRows, permissionsOf }
