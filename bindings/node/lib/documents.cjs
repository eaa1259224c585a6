// Both ways between services and the JSON that crosses the bridge.

'use strict'

const check = require('./check.cjs')
const services = require('./services.cjs')
const {
    Rtm2Permissions,
    ServiceApaas,
    ServiceChat,
    ServiceFCdn,
    ServiceRtc,
    ServiceRtm,
    ServiceRtm2,
    ServiceStreaming,
} = services

/** A text that no string can hold crosses in hexadecimal. */
const textDocument = value => (typeof value === 'string' ? value : { hex: Buffer.from(value).toString('hex') })
const textOf = document => (typeof document === 'string' ? document : Buffer.from(document.hex, 'hex'))

/** The entries of an object whose keys are numbers; another key becomes NaN, which the checks refuse. */
function byNumber(object, code, field) {
    if (!check.isObject(object)) check.refuse(code, field, object, 'an object')
    return Object.entries(object).map(([key, value]) => [/^\d+$/.test(key) ? Number(key) : NaN, value])
}

/** Privileges with their times, which `time` checks. */
function privilegesDocument(privileges, time) {
    const entries = byNumber(privileges, 'INDEX_OUT_OF_RANGE', 'privileges')
    return entries.map(([privilege, expire]) => [check.number(privilege, 'privilege'), time(expire)])
}

function permissionsDocument(permissions) {
    const refusedAs = ['INVALID_PERMISSIONS', 'permissions']
    if (!(permissions instanceof Rtm2Permissions)) check.refuse(...refusedAs, permissions, 'an Rtm2Permissions')
    return byNumber(permissions.details, ...refusedAs).map(([resourceType, byPermission]) => [
        check.number(resourceType, 'resourceType'),
        byNumber(byPermission, ...refusedAs).map(([permissionType, resources]) => [
            check.number(permissionType, 'permissionType'),
            check.resources(resources).map(textDocument),
        ]),
    ])
}

function permissionsOf(document) {
    const permissions = new Rtm2Permissions()
    for (const [resourceType, byPermission] of document) {
        permissions.details[resourceType] = {}
        for (const [permissionType, resources] of byPermission) {
            permissions.add(resourceType, permissionType, resources.map(textOf))
        }
    }
    return permissions
}

/** The texts of a service by its type, in the order of the wire, and how each is checked. */
const CHANNEL_AND_ACCOUNT = {
    channelName: value => check.text(value, 'INVALID_CHANNEL_NAME', 'channelName'),
    account: check.user,
}
const USER_ID = { userId: value => check.text(value, 'INVALID_USER_ID', 'userId') }
const TEXTS = {
    [ServiceRtc.type]: CHANNEL_AND_ACCOUNT,
    [ServiceRtm.type]: USER_ID,
    [ServiceStreaming.type]: CHANNEL_AND_ACCOUNT,
    [ServiceChat.type]: USER_ID,
    [ServiceFCdn.type]: CHANNEL_AND_ACCOUNT,
    [ServiceApaas.type]: {
        roomUuid: value => check.text(value, 'INVALID_ROOM_UUID', 'roomUuid'),
        userUuid: value => check.text(value, 'INVALID_USER_UUID', 'userUuid'),
    },
    [ServiceRtm2.type]: USER_ID,
}

function checkService(value) {
    return value instanceof services.Service ? value : check.refuse('NO_SERVICES', 'service', value, 'a Service')
}

/** A service as it stands: its properties may have been set since it was made. */
function serviceDocument(service) {
    const type = check.number(checkService(service).type, 'type')
    const texts = Object.entries(TEXTS[type] ?? {})
    const document = {
        type,
        privileges: privilegesDocument(service.privileges, expire => check.lifetime(expire, 'privilegeExpire')),
        texts: texts.map(([name, checked]) => textDocument(checked(service[name]))),
    }
    if (service instanceof ServiceApaas) document.role = check.apaasRole(service.role)
    if (service instanceof ServiceRtm2) document.permissions = permissionsDocument(service.permissions)
    return document
}

/** Every constructor takes the texts in the order of the wire, and then what only that service has. */
function serviceOf({ type, privileges, texts = [], role, permissions }) {
    const Class = Object.values(services).find(known => known.type === type)
    const rest = permissions === undefined ? [role] : [permissionsOf(permissions)]
    return Object.assign(new Class(...texts.map(textOf), ...rest), { privileges: Object.fromEntries(privileges) })
}

module.exports = {
    checkService,
    permissionsDocument,
    privilegesDocument,
    serviceDocument,
    serviceOf,
    textDocument,
    textOf,
}
