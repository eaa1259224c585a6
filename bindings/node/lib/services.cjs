// What an AccessToken2 grants: the ten services.

'use strict'

const check = require('./check.cjs')

class Service {
    constructor() {
        this.privileges = {}
    }

    get type() {
        return this.constructor.type
    }

    addPrivilege(privilege, privilegeExpire) {
        this.privileges[check.number(privilege, 'privilege')] = check.lifetime(privilegeExpire, 'privilegeExpire')
        return this
    }
}

/** The three services for a user in a channel. */
class ChannelService extends Service {
    constructor(channelName, user) {
        super()
        this.channelName = check.text(channelName, 'INVALID_CHANNEL_NAME', 'channelName')
        this.account = check.user(user)
    }
}

class ServiceRtc extends ChannelService {
    static type = 1
    static kPrivilegeJoinChannel = 1
    static kPrivilegePublishAudioStream = 2
    static kPrivilegePublishVideoStream = 3
    static kPrivilegePublishDataStream = 4
}

class ServiceRtm extends Service {
    static type = 2
    static kPrivilegeLogin = 1

    constructor(userId) {
        super()
        this.userId = check.text(userId, 'INVALID_USER_ID', 'userId')
    }
}

class ServiceStreaming extends ChannelService {
    static type = 3
    static kPrivilegePublishMixStream = 1
    static kPrivilegePublishRawStream = 2
}

class ServiceFpa extends Service {
    static type = 4
    static kPrivilegeLogin = 1
}

class ServiceChat extends Service {
    static type = 5
    static kPrivilegeUser = 1
    static kPrivilegeApp = 2

    constructor(userId = '') {
        super()
        this.userId = check.text(userId, 'INVALID_USER_ID', 'userId')
    }
}

class ServiceFCdn extends ChannelService {
    static type = 6
    static kPrivilegePublish = 1
    static kPrivilegePlay = 2
}

class ServiceApaas extends Service {
    static type = 7
    static PRIVILEGE_ROOM_USER = 1
    static PRIVILEGE_USER = 2
    static PRIVILEGE_APP = 3

    constructor(roomUuid = '', userUuid = '', role = -1) {
        super()
        this.roomUuid = check.text(roomUuid, 'INVALID_ROOM_UUID', 'roomUuid')
        this.userUuid = check.text(userUuid, 'INVALID_USER_UUID', 'userUuid')
        this.role = check.apaasRole(role)
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
        const byPermission = (this.details[check.number(resourceType, 'resourceType')] ??= {})
        byPermission[check.number(permissionType, 'permissionType')] = check.resources(resources)
    }
}

class ServiceRtm2 extends Service {
    static type = 8
    static kPrivilegeLogin = 1

    constructor(userId, permissions = new Rtm2Permissions()) {
        super()
        this.userId = check.text(userId, 'INVALID_USER_ID', 'userId')
        this.permissions = permissions
    }
}

class ServiceConvoAI extends Service {
    static type = 9
}

class ServiceStt extends Service {
    static type = 10
}

module.exports = {
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
}
