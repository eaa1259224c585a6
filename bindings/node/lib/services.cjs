// How services cross the bridge, both ways.

'use strict'

const check = require('./check.cjs')
const { FIELDS, SERVICES } = require('./generated/services.cjs')
const { permissionRows, permissionsOf } = require('./permissions.cjs')
const { Service } = require('./service.cjs')

const CLASSES = Object.fromEntries(Object.values(SERVICES).map(Class => [Class.type, Class]))

const checkService = value =>
    value instanceof Service ? value : check.refuse('NO_SERVICES', 'service', value, 'a Service')

/** `[privilege, time, privilege, time, …]` */
const privilegeRow = privileges => check.byNumber(privileges, 'INDEX_OUT_OF_RANGE', 'privileges').flat()

/** The privileges of such a row by their numbers. */
function privilegesOf(row) {
    const privileges = {}
    for (let at = 0; at < row.length; at += 2) privileges[row[at]] = row[at + 1]
    return privileges
}

/** `[type, privileges, the fields in the order of the wire…]`; the bridge checks what they hold. */
function serviceRow(service) {
    const { type, privileges } = checkService(service)
    const fields = (FIELDS[type] ?? []).map(name =>
        name === 'permissions' ? permissionRows(service[name]) : service[name],
    )
    return [type, privilegeRow(privileges), ...fields]
}

function serviceOf([type, privileges, ...fields]) {
    const values = fields.map((value, at) => (FIELDS[type][at] === 'permissions' ? permissionsOf(value) : value))
    return Object.assign(new CLASSES[type](...values), { privileges: privilegesOf(privileges) })
}

module.exports = { checkService, privilegeRow, privilegesOf, serviceOf, serviceRow }
