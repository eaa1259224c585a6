// The names of the official AccessToken.js (006) over our core.

'use strict'

const native = require('../lib/native.cjs')
const { textDocument, textOf } = require('../lib/documents.cjs')
const { document, given } = require('../lib/error.cjs')
const lenient = require('./lenient.cjs')

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
        const [now, salt] = document(native.drawStamp())
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
            const wanted = {
                appId: lenient.text(this.appID),
                channelName: textDocument(lenient.text(this.channelName)),
                account: textDocument(lenient.text(this.uid)),
                salt: lenient.u32(this.salt),
                expiresAt: lenient.u32(this.ts),
                privileges: Object.entries(this.messages).map(([key, ts]) => [lenient.u16(key), lenient.u32(ts)]),
            }
            return given(native.buildAccessToken(this.appCertificate, JSON.stringify(wanted)))
        }, '')
    }

    fromString(originToken) {
        return lenient.quietly(() => {
            const read = document(native.parseAccessToken(originToken))
            this.appID = textOf(read.appId)
            this.signature = Buffer.from(read.signature, 'hex')
            this.crc_channel_name = read.channelCrc
            this.crc_uid = read.userCrc
            this.m = Buffer.from(read.message, 'hex')
            this.salt = read.salt
            this.ts = read.expiresAt
            this.messages = Object.fromEntries(read.privileges)
            return true
        }, false)
    }
}

module.exports = { AccessToken, priviledges, version }
