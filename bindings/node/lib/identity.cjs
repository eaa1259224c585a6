// Whom a token lets in where: channels and users, of which any has to be said by name.

'use strict'

const native = require('./native.cjs')
const { given } = require('./error.cjs')

// The same when a test runner loads the package twice.
const IS_CHANNEL = Symbol.for('agora-token-native.Channel')
const IS_USER = Symbol.for('agora-token-native.User')

class Channel {
    static ANY = new Channel(null)

    /** @param name `null` for any channel. */
    constructor(name) {
        if (name !== null) given(native.checkChannel(name))
        this.name = name
        Object.freeze(this)
    }

    static any() {
        return Channel.ANY
    }

    static named(name) {
        // A name that is null is no wildcard.
        given(native.checkChannel(name))
        return new Channel(name)
    }
}

class User {
    static ANY = new User(null, null)

    /** One of both, or `null` and `null` for any user. */
    constructor(uid, account) {
        this.uid = uid
        this.account = account
        Object.freeze(this)
    }

    static any() {
        return User.ANY
    }

    static uid(uid) {
        given(native.checkUser(uid, true))
        return new User(uid, null)
    }

    static account(account) {
        given(native.checkUser(account, false))
        return new User(null, account)
    }

    static from(value) {
        const user = given(native.readUser(value))
        return typeof user === 'number' ? new User(user, null) : new User(null, user)
    }

    static fromJSON(value) {
        return User.from(value)
    }
}

Channel.prototype[IS_CHANNEL] = true
User.prototype[IS_USER] = true

const isChannel = value => typeof value === 'object' && value !== null && value[IS_CHANNEL] === true
const isUser = value => typeof value === 'object' && value !== null && value[IS_USER] === true

module.exports = { Channel, User, isChannel, isUser }
