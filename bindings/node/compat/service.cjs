// What the services of the official AccessToken2.js have in common, and how they cross the bridge.

'use strict'

const lenient = require('./lenient.cjs')

class Service {
    constructor(service_type) {
        this.__type = service_type
        this.__privileges = {}
    }

    service_type() {
        return this.__type
    }

    add_privilege(privilege, expire) {
        this.__privileges[privilege] = expire
    }
}

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
        const byPermission = (this.details[resourceType] ??= {})
        // A string would come apart into its characters. It stays whole here, and is refused when the token is built.
        byPermission[permissionType] = typeof resources === 'string' ? resources : Array.from(resources)
    }
}

/** `[[number, value], …]`, as the bridge takes entries. */
const byNumber = (object, value) => Object.entries(object).map(([key, each]) => [lenient.u16(key), value(each)])
const permissionRows = (permissions = new Rtm2Permissions()) =>
    byNumber(permissions.details, byPermission => byNumber(byPermission, texts => texts.map(lenient.text)))
const privilegeRow = privileges => byNumber(privileges, lenient.u32).flat()

module.exports = { Rtm2Permissions, Service, permissionRows, privilegeRow }
