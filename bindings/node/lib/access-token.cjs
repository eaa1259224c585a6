// AccessToken (006): the mechanism, and reading without believing. Channel and user are signed, not carried.

'use strict'

const native = require('./native.cjs')
const check = require('./check.cjs')
const { document, given } = require('./error.cjs')
const { privilegesDocument, textDocument, textOf } = require('./documents.cjs')
const { inspect } = require('./verify.cjs')

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
        const [now, salt] = document(native.drawStamp())
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
        const wanted = {
            appId: check.string(this.appId, 'INVALID_APP_ID', 'appId'),
            ...whom(this.channelName, this.account),
            salt: check.salt(this.salt),
            expiresAt: check.timestamp(this.expiresAt, 'expiresAt'),
            privileges: privilegesDocument(this.privileges, ts => check.timestamp(ts, 'privilegeExpiredTs')),
        }
        return given(native.buildAccessToken(this.#appCertificate, JSON.stringify(wanted)))
    }

    toJSON() {
        return inspect(this.build())
    }
}

class UnverifiedToken {
    #token

    constructor(token) {
        const read = document(native.parseAccessToken(token))
        this.#token = token
        this.appId = textOf(read.appId)
        this.salt = read.salt
        this.expiresAt = read.expiresAt
        this.channelCrc = read.channelCrc
        this.userCrc = read.userCrc
        this.signature = Buffer.from(read.signature, 'hex')
        this.message = Buffer.from(read.message, 'hex')
        this.privileges = Object.freeze(Object.fromEntries(read.privileges))
        Object.freeze(this)
    }

    verifySignature(appCertificate, channelName, user) {
        return document(native.verifyAccessToken(this.#token, appCertificate, JSON.stringify(whom(channelName, user))))
    }

    toJSON() {
        return inspect(this.#token)
    }
}

function whom(channelName, user) {
    return {
        channelName: textDocument(check.text(channelName, 'INVALID_CHANNEL_NAME', 'channelName')),
        account: textDocument(check.user(user)),
    }
}

module.exports = { AccessToken, UnverifiedToken }
