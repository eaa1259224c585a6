// AccessToken (006): the mechanism, and reading without believing. Channel and user are signed, not carried.

'use strict'

const native = require('./native.cjs')
const check = require('./check.cjs')
const { given } = require('./error.cjs')
const { inspect } = require('./inspect.cjs')
const { privilegeRow, privilegesOf } = require('./services.cjs')
const { shown } = require('./shown.cjs')

const DAY = 86_400

class AccessToken {
    static kPrivilegeJoinChannel = 1
    static kPrivilegePublishAudioStream = 2
    static kPrivilegePublishVideoStream = 3
    static kPrivilegePublishDataStream = 4
    static kPrivilegeAdministrateChannel = 101
    static kPrivilegeRtmLogin = 1000

    #appCertificate

    constructor(appId, appCertificate, channelName, user) {
        given(native.checkCredentials(appId, appCertificate))
        const [now, salt] = given(native.drawStamp())
        this.appId = appId
        this.#appCertificate = appCertificate
        this.channelName = check.text(channelName, 'INVALID_CHANNEL_NAME', 'channelName')
        this.account = check.user(user)
        this.salt = salt
        this.expiresAt = now + DAY
        this.privileges = {}
    }

    static parse(token) {
        return new UnverifiedToken(token)
    }

    addPrivilege(privilege, privilegeExpiredTs) {
        this.privileges[check.number(privilege, 'privilege')] = check.timestamp(
            privilegeExpiredTs,
            'privilegeExpiredTs',
        )
        return this
    }

    build() {
        return given(
            native.buildAccessToken(
                this.#appCertificate,
                this.appId,
                this.channelName,
                this.account,
                this.salt,
                this.expiresAt,
                privilegeRow(this.privileges),
            ),
        )
    }

    toJSON() {
        return inspect(this.build())
    }
}

class UnverifiedToken {
    #token

    constructor(token) {
        const [appId, salt, expiresAt, channelCrc, userCrc, signature, message, privileges] = given(
            native.parseAccessToken(token),
        )
        this.#token = token
        this.appId = appId
        this.salt = salt
        this.expiresAt = expiresAt
        this.channelCrc = channelCrc
        this.userCrc = userCrc
        this.signature = signature
        this.message = message
        this.privileges = Object.freeze(privilegesOf(privileges))
        Object.freeze(this)
    }

    verifySignature(appCertificate, channelName, user) {
        return given(native.verifyAccessToken(this.#token, appCertificate, channelName, user))
    }

    toJSON() {
        return inspect(this.#token)
    }
}

UnverifiedToken.prototype[Symbol.for('nodejs.util.inspect.custom')] = shown

module.exports = { AccessToken, UnverifiedToken }
