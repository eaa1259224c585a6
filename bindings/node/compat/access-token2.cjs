// The names of the official AccessToken2.js over our core.

'use strict'

const native = require('../lib/native.cjs')
const { given } = require('../lib/error.cjs')
const { ReadByteBuf } = require('./bytes.cjs')
const { CLASSES, SERVICES, TYPES } = require('./generated/services.cjs')
const lenient = require('./lenient.cjs')
const { Rtm2Permissions, Service } = require('./service.cjs')

/** `[type, what follows it in a token]`; what a service packs has to begin with its type. */
function packed(service) {
    const [type, bytes] = [service.service_type(), service.pack()]
    if (new ReadByteBuf(bytes).getUint16() !== type) throw new TypeError('a service that does not begin with its type')
    return [type, bytes.subarray(2)]
}

/** The services up to the first that kServices lacks. */
function servicesOf(signingInfo) {
    const reader = new ReadByteBuf(Buffer.from(signingInfo))
    reader.getString()
    for (let times = 0; times < 3; times++) reader.getUint32()
    const services = []
    let left = reader.getUint16()
    for (let rest = reader.pack(); left > 0; left--) {
        const head = new ReadByteBuf(rest)
        const Class = AccessToken2.kServices[head.getUint16()]
        if (!Class) break
        const service = new Class()
        rest = service.unpack(head.pack()).pack()
        services.push(service)
    }
    return services
}

class AccessToken2 {
    /** What from_string makes of a service, by its type. A program may add its own. */
    static kServices = { ...CLASSES }

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
            return given(native.buildPackedAccessToken2(this.appCertificate, ...fields, this.services.map(packed)))
        }, '')
    }

    from_string(origin_token) {
        Object.assign(this, { appId: '', issueTs: 0, expire: 0, salt: 0, services: [] })
        this.#parsed = null
        return lenient.quietly(() => {
            const [appId, issueTs, expire, salt, signingInfo] = given(native.parsePackedAccessToken2(origin_token))
            Object.assign(this, { services: servicesOf(signingInfo) }, { appId, issueTs, expire, salt })
            this.#parsed = origin_token
            return true
        }, false)
    }

    verifySignature(appCertificate) {
        if (this.#parsed === null) return false
        return lenient.quietly(() => given(native.verifyAccessToken2(this.#parsed, appCertificate)), false)
    }
}

// One by one, so that an import by name finds them.
const {
    ServiceApaas,
    ServiceChat,
    ServiceConvoAI,
    ServiceFCdn,
    ServiceFpa,
    ServiceRtc,
    ServiceRtm,
    ServiceRtm2,
    ServiceStreaming,
    ServiceStt,
} = SERVICES
const {
    kApaasServiceType,
    kChatServiceType,
    kConvoAIServiceType,
    kFCdnServiceType,
    kFpaServiceType,
    kRtcServiceType,
    kRtm2ServiceType,
    kRtmServiceType,
    kStreamingServiceType,
    kSttServiceType,
} = TYPES

module.exports = {
    AccessToken2,
    Rtm2Permissions,
    Service,
    ServiceApaas,
    ServiceChat,
    ServiceConvoAI,
    ServiceFCdn,
    ServiceFpa,
    ServiceRtc,
    ServiceRtm,
    ServiceRtm2,
    ServiceStreaming,
    ServiceStt,
    kApaasServiceType,
    kChatServiceType,
    kConvoAIServiceType,
    kFCdnServiceType,
    kFpaServiceType,
    kRtcServiceType,
    kRtm2ServiceType,
    kRtmServiceType,
    kStreamingServiceType,
    kSttServiceType,
}
