// The names of the official AccessToken2.js over our core.

'use strict'

const native = require('../lib/native.cjs')
const { given } = require('../lib/error.cjs')
const { privilegesOf } = require('../lib/services.cjs')
const { CLASSES, FIELDS, SERVICES, TYPES } = require('./generated/services.cjs')
const lenient = require('./lenient.cjs')
const { Rtm2Permissions, Service, permissionRows, privilegeRow } = require('./service.cjs')

/** How a field goes on the wire, by the property that holds it; all others are texts. */
const FIELD = { __role: lenient.i16, __permissions: permissionRows }

/** `[type, privileges, the fields in the order of the wire…]` */
function serviceRow(service) {
    const type = service.service_type()
    const fields = (FIELDS[type] ?? []).map(name => (FIELD[name] ?? lenient.text)(service[name]))
    return [type, privilegeRow(service.__privileges), ...fields]
}

function serviceOf([type, privileges, ...fields]) {
    const service = new CLASSES[type]()
    service.__privileges = privilegesOf(privileges)
    fields.forEach((value, at) => {
        const name = FIELDS[type][at]
        if (name !== '__permissions') service[name] = value
        else for (const [resource, rows] of value) service[name].details[resource] = Object.fromEntries(rows)
    })
    return service
}

class AccessToken2 {
    #appCertificate
    #parsed = null

    constructor(appId, appCertificate, issueTs, expire) {
        const [now, salt] = given(native.drawStamp())
        this.appId = appId
        this.#appCertificate = appCertificate
        this.issueTs = issueTs || now
        this.expire = expire
        this.salt = salt
        this.services = []
    }

    // There to be read and set, as in the official class, but not shown with the object.
    get appCertificate() {
        return this.#appCertificate
    }

    set appCertificate(appCertificate) {
        this.#appCertificate = appCertificate
    }

    add_service(service) {
        this.services.push(service)
    }

    getServices(serviceType) {
        return this.services.filter(service => service.service_type() === serviceType)
    }

    build() {
        return lenient.quietly(() => {
            const fields = [lenient.text(this.appId), ...[this.issueTs, this.expire, this.salt].map(lenient.u32)]
            return given(native.buildAccessToken2(this.appCertificate, ...fields, this.services.map(serviceRow)))
        }, '')
    }

    from_string(origin_token) {
        Object.assign(this, { appId: '', issueTs: 0, expire: 0, salt: 0, services: [] })
        this.#parsed = null
        return lenient.quietly(() => {
            const [appId, issueTs, expire, salt, , services] = given(native.parseAccessToken2(origin_token))
            Object.assign(this, { appId, issueTs, expire, salt, services: services.map(serviceOf) })
            this.#parsed = origin_token
            return true
        }, false)
    }

    verifySignature(appCertificate) {
        if (this.#parsed === null) return false
        return lenient.quietly(() => given(native.verifyAccessToken2(this.#parsed, appCertificate)), false)
    }
}

module.exports = { AccessToken2, Rtm2Permissions, Service, ...SERVICES, ...TYPES }
