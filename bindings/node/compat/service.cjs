// What the services of the official AccessToken2.js have in common, and how their parts cross the bridge.

'use strict'

const { isUtf8 } = require('node:buffer')

const { ByteBuf, ReadByteBuf } = require('./bytes.cjs')
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

    /** The service as it stands in a token; one with fields of its own adds them. */
    pack() {
        return Buffer.concat([this.__pack_type(), this.__pack_privileges()])
    }

    __pack_type() {
        return new ByteBuf().putUint16(this.__type).pack()
    }

    __pack_privileges() {
        return new ByteBuf().putTreeMapUInt32(this.__privileges).pack()
    }

    /** Reads what stands after the type, and gives the reader for what follows. */
    unpack(buffer) {
        const reader = new ReadByteBuf(buffer)
        this.__privileges = reader.getTreeMapUInt32()
        return reader
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

/** Permissions as they stand in a token. */
function packPermissions(permissions) {
    const rows = permissionRows(permissions)
    const buffer = new ByteBuf().putUint16(rows.length)
    for (const [resourceType, byPermission] of rows) {
        buffer.putUint16(resourceType).putUint16(byPermission.length)
        for (const [permissionType, resources] of byPermission) {
            buffer.putUint16(permissionType).putUint16(resources.length)
            resources.forEach(resource => buffer.putString(resource))
        }
    }
    return buffer.pack()
}

function readPermissions(reader) {
    const permissions = new Rtm2Permissions()
    for (let types = reader.getUint16(); types > 0; types--) {
        const byPermission = (permissions.details[reader.getUint16()] = {})
        for (let pairs = reader.getUint16(); pairs > 0; pairs--) {
            const resources = (byPermission[reader.getUint16()] = [])
            for (let left = reader.getUint16(); left > 0; left--) resources.push(textOf(reader.getString()))
        }
    }
    return permissions
}

/** A string, or bytes where they are no UTF-8. */
const textOf = bytes => (isUtf8(bytes) ? bytes.toString() : bytes)

module.exports = { Rtm2Permissions, Service, packPermissions, permissionRows, privilegeRow, readPermissions }
