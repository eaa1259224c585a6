// One verdict on a token of either generation, and its document.

'use strict'

const native = require('./native.cjs')
const check = require('./check.cjs')
const { textDocument } = require('./documents.cjs')
const { AgoraTokenError, document } = require('./error.cjs')

const MAX_CERTIFICATES = 10

/** What a token says, unverified. */
const inspect = token => document(native.inspect(token))

/** Each wish by its option's name: how its value is checked, and what it is called in the document. */
const WISHES = {
    now: value => ({ now: unixTime(value) }),
    ignoreTime: value => ({ ignoreTime: boolean(value, 'ignoreTime') }),
    leeway: value => ({ leeway: check.lifetime(value, 'leeway') }),
    appId: value => ({ appId: check.string(value, 'INVALID_APP_ID', 'appId') }),
    channelName: value => ({
        channelName: textDocument(check.text(value, 'INVALID_CHANNEL_NAME', 'channelName')),
    }),
    uid: value => ({ account: check.uid(value) }),
    userAccount: value => ({ account: textDocument(check.text(value, 'INVALID_USER_ACCOUNT', 'userAccount')) }),
}

function verify(token, appCertificate, options = {}) {
    const wanted = { now: null, ignoreTime: false, leeway: 0, appId: null, channelName: null, account: null }
    if (!check.isObject(options)) check.refuse('INDEX_OUT_OF_RANGE', 'options', options, 'an object')
    // An option that is misspelt or undefined would leave something unchecked unnoticed; so would an inherited one.
    for (const name in options) {
        if (!Object.hasOwn(WISHES, name)) {
            throw new AgoraTokenError('INDEX_OUT_OF_RANGE', name, `there is no option ${name}`)
        }
        Object.assign(wanted, WISHES[name](options[name]))
    }
    if ('uid' in options && 'userAccount' in options) {
        throw new AgoraTokenError('INVALID_USER_ACCOUNT', 'userAccount', 'uid and userAccount are both given')
    }
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

function unixTime(value) {
    const seconds = value instanceof Date ? Math.floor(value.getTime() / 1000) : value
    return check.integer(seconds, 0, Number.MAX_SAFE_INTEGER, 'INVALID_TIMESTAMP', 'now')
}

function boolean(value, field) {
    return typeof value === 'boolean' ? value : check.refuse('INDEX_OUT_OF_RANGE', field, value, 'true or false')
}

module.exports = { Verdict, inspect, verify }
