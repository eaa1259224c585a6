// The names of the official AccessToken.js (006) over our core.

'use strict'

const native = require('../lib/native.cjs')
const { given } = require('../lib/error.cjs')
const { privilegesOf } = require('../lib/services.cjs')
const lenient = require('./lenient.cjs')
const { privilegeRow } = require('./service.cjs')

const version = '006'
const DAY = 86_400

// So spelled.
const priviledges = {
    kJoinChannel: 1,
    kPublishAudioStream: 2,
    kPublishVideoStream: 3,
    kPublishDataStream: 4,
    kRtmLogin: 1000,
}

class AccessToken {
    #appCertificate

    constructor(appID, appCertificate, channelName, uid) {
        const [now, salt] = given(native.drawStamp())
        this.appID = appID
        this.#appCertificate = appCertificate
        this.channelName = channelName
        this.messages = {}
        this.salt = salt
        this.ts = now + DAY
        this.uid = lenient.user(uid)
    }

    // There to be read and set, as in the official class, but not shown with the object.
    get appCertificate() {
        return this.#appCertificate
    }

    set appCertificate(appCertificate) {
        this.#appCertificate = appCertificate
    }

    addPriviledge(priviledge, expireTimestamp) {
        this.messages[priviledge] = expireTimestamp
    }

    build() {
        return lenient.quietly(() => {
            const texts = [this.appID, this.channelName, this.uid].map(lenient.text)
            const numbers = [this.salt, this.ts].map(lenient.u32)
            const privileges = privilegeRow(this.messages)
            return given(native.buildAccessToken(this.appCertificate, ...texts, ...numbers, privileges))
        }, '')
    }

    fromString(originToken) {
        return lenient.quietly(() => {
            const [appID, salt, ts, channelCrc, userCrc, signature, message, privileges] = given(
                native.parseAccessToken(originToken),
            )
            Object.assign(this, { appID, salt, ts, signature, messages: privilegesOf(privileges) })
            Object.assign(this, { crc_channel_name: channelCrc, crc_uid: userCrc, m: message })
            return true
        }, false)
    }
}

module.exports = { AccessToken, priviledges, version }
