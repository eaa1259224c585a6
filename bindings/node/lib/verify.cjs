// One verdict on a token of either generation, and its document.

'use strict'

const native = require('./native.cjs')
const check = require('./check.cjs')
const { textDocument } = require('./documents.cjs')
const { AgoraTokenError, document } = require('./error.cjs')
const { boolean, checked, exclusive, unixTime } = require('./options.cjs')

const MAX_CERTIFICATES = 10

/** What a token says, unverified. */
const inspect = token => document(native.inspect(token))

/** Each wish by its option's name: how its value is checked, and what it is called in the document. */
const WISHES = {
    now: value => ({ now: unixTime(value, 'now') }),
    ignoreTime: value => ({ ignoreTime: boolean(value, 'ignoreTime') }),
    leeway: value => ({ leeway: check.lifetime(value, 'leeway') }),
    appId: value => ({ appId: check.string(value, 'INVALID_APP_ID', 'appId') }),
    service: value => ({ service: check.number(value, 'service') }),
    privilege: value => ({ privilege: check.number(value, 'privilege') }),
    channelName: value => ({
        channelName: textDocument(check.text(value, 'INVALID_CHANNEL_NAME', 'channelName')),
    }),
    uid: value => ({ account: check.uid(value) }),
    userAccount: value => ({ account: textDocument(check.text(value, 'INVALID_USER_ACCOUNT', 'userAccount')) }),
}

function verify(token, appCertificate, options = {}) {
    const wishes = checked(options, 'options', WISHES)
    exclusive(wishes, 'uid', 'userAccount', 'INVALID_USER_ACCOUNT')
    const wanted = Object.assign({ ignoreTime: false, leeway: 0 }, ...Object.values(wishes))
    const certificates = Array.isArray(appCertificate) ? appCertificate : [appCertificate]
    if (certificates.length === 0 || certificates.length > MAX_CERTIFICATES) {
        const reason = `appCertificate holds ${certificates.length} certificates, 1 to ${MAX_CERTIFICATES} expected`
        throw new AgoraTokenError('INVALID_APP_CERTIFICATE', 'appCertificate', reason)
    }
    return new Verdict(document(native.verify(token, JSON.stringify(wanted), ...certificates)))
}

class Verdict {
    constructor({ valid, certificate, refusals, token }) {
        this.valid = valid
        this.certificate = certificate
        this.refusals = Object.freeze(refusals.map(refusal => new AgoraTokenError(...refusal)))
        this.token = token
        Object.freeze(this)
    }

    assertValid() {
        if (!this.valid) throw this.refusals[0]
    }
}

module.exports = { Verdict, inspect, verify }
