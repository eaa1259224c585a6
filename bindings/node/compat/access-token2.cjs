// The names of the official AccessToken2.js over our core.

'use strict'

const native = require('../lib/native.cjs')
const { textDocument, textOf } = require('../lib/documents.cjs')
const { document, given } = require('../lib/error.cjs')
const lenient = require('./lenient.cjs')

const kRtcServiceType = 1
const kRtmServiceType = 2
const kStreamingServiceType = 3
const kFpaServiceType = 4
const kChatServiceType = 5
const kFCdnServiceType = 6
const kApaasServiceType = 7
const kRtm2ServiceType = 8
const kConvoAIServiceType = 9
const kSttServiceType = 10

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

class ServiceRtc extends Service {
    static kPrivilegeJoinChannel = 1
    static kPrivilegePublishAudioStream = 2
    static kPrivilegePublishVideoStream = 3
    static kPrivilegePublishDataStream = 4

    constructor(channel_name, uid) {
        super(kRtcServiceType)
        this.__channel_name = channel_name
        this.__uid = lenient.user(uid)
    }
}

class ServiceRtm extends Service {
    static kPrivilegeLogin = 1

    constructor(user_id) {
        super(kRtmServiceType)
        this.__user_id = lenient.user(user_id ?? '')
    }
}

class ServiceStreaming extends Service {
    static kPrivilegePublishMixStream = 1
    static kPrivilegePublishRawStream = 2

    constructor(channelName = '', account = '') {
        super(kStreamingServiceType)
        this.__channel_name = channelName
        this.__account = lenient.user(account)
    }
}

class ServiceFpa extends Service {
    static kPrivilegeLogin = 1

    constructor() {
        super(kFpaServiceType)
    }
}

class ServiceChat extends Service {
    static kPrivilegeUser = 1
    static kPrivilegeApp = 2

    constructor(user_id) {
        super(kChatServiceType)
        this.__user_id = lenient.user(user_id ?? '')
    }
}

class ServiceFCdn extends Service {
    static kPrivilegePublish = 1
    static kPrivilegePlay = 2

    constructor(channelName = '', account = '') {
        super(kFCdnServiceType)
        this.__channel_name = channelName
        this.__account = lenient.user(account)
    }
}

class ServiceApaas extends Service {
    static PRIVILEGE_ROOM_USER = 1
    static PRIVILEGE_USER = 2
    static PRIVILEGE_APP = 3

    constructor(roomUuid, userUuid, role) {
        super(kApaasServiceType)
        this.__room_uuid = roomUuid ?? ''
        this.__user_uuid = lenient.user(userUuid ?? '')
        // The official code here turns a role of 0 into -1 as well; that of the other languages keeps it.
        this.__role = role ?? -1
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

class ServiceRtm2 extends Service {
    static kPrivilegeLogin = 1

    constructor(userId, permissions) {
        super(kRtm2ServiceType)
        this.__user_id = lenient.user(userId ?? '')
        this.__permissions = permissions || new Rtm2Permissions()
    }
}

class ServiceConvoAI extends Service {
    constructor() {
        super(kConvoAIServiceType)
    }
}

class ServiceStt extends Service {
    constructor() {
        super(kSttServiceType)
    }
}

const CLASSES = {
    [kRtcServiceType]: ServiceRtc,
    [kRtmServiceType]: ServiceRtm,
    [kStreamingServiceType]: ServiceStreaming,
    [kFpaServiceType]: ServiceFpa,
    [kChatServiceType]: ServiceChat,
    [kFCdnServiceType]: ServiceFCdn,
    [kApaasServiceType]: ServiceApaas,
    [kRtm2ServiceType]: ServiceRtm2,
    [kConvoAIServiceType]: ServiceConvoAI,
    [kSttServiceType]: ServiceStt,
}

/** The texts of a service by its type, in the order of the wire. */
const TEXTS = {
    [kRtcServiceType]: ['__channel_name', '__uid'],
    [kRtmServiceType]: ['__user_id'],
    [kStreamingServiceType]: ['__channel_name', '__account'],
    [kChatServiceType]: ['__user_id'],
    [kFCdnServiceType]: ['__channel_name', '__account'],
    [kApaasServiceType]: ['__room_uuid', '__user_uuid'],
    [kRtm2ServiceType]: ['__user_id'],
}

const byNumber = (object, value) => Object.entries(object).map(([key, each]) => [lenient.u16(key), value(each)])
const textsDocument = texts => texts.map(each => textDocument(lenient.text(each)))

function serviceDocument(service) {
    const type = service.service_type()
    const texts = TEXTS[type] ?? []
    return {
        type,
        privileges: byNumber(service.__privileges, lenient.u32),
        texts: textsDocument(texts.map(name => service[name])),
        role: type === kApaasServiceType ? lenient.i16(service.__role) : undefined,
        permissions:
            type === kRtm2ServiceType
                ? byNumber(service.__permissions.details, byPermission => byNumber(byPermission, textsDocument))
                : undefined,
    }
}

function serviceOf({ type, privileges, texts = [], role, permissions = [] }) {
    const service = new CLASSES[type]()
    service.__privileges = Object.fromEntries(privileges)
    texts.forEach((each, index) => (service[TEXTS[type][index]] = textOf(each)))
    if (role !== undefined) service.__role = role
    for (const [resourceType, byPermission] of permissions) {
        for (const [permissionType, resources] of byPermission) {
            service.__permissions.add(resourceType, permissionType, resources.map(textOf))
        }
    }
    return service
}

class AccessToken2 {
    #appCertificate
    #parsed = null

    constructor(appId, appCertificate, issueTs, expire) {
        const [now, salt] = document(native.drawStamp())
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
            const wanted = {
                appId: lenient.text(this.appId),
                issueTs: lenient.u32(this.issueTs),
                expire: lenient.u32(this.expire),
                salt: lenient.u32(this.salt),
                services: this.services.map(serviceDocument),
            }
            return given(native.buildAccessToken2(this.appCertificate, JSON.stringify(wanted)))
        }, '')
    }

    from_string(origin_token) {
        Object.assign(this, { appId: '', issueTs: 0, expire: 0, salt: 0, services: [] })
        this.#parsed = null
        return lenient.quietly(() => {
            const { appId, issueTs, expire, salt, services } = document(native.parseAccessToken2(origin_token))
            Object.assign(this, { appId: textOf(appId), issueTs, expire, salt, services: services.map(serviceOf) })
            this.#parsed = origin_token
            return true
        }, false)
    }

    verifySignature(appCertificate) {
        if (this.#parsed === null) return false
        return lenient.quietly(() => document(native.verifyAccessToken2(this.#parsed, appCertificate)), false)
    }
}

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
