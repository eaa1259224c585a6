// The document of a token.

'use strict'

const native = require('./native.cjs')
const { given } = require('./error.cjs')

/** What a token says, unverified. */
function inspect(token) {
    const document = JSON.parse(given(native.inspect(token)))
    // Beside the document, which is the same in every language: not in its JSON.
    const hidden = value => ({ value, writable: true, configurable: true })
    const { channel, user } = simple(document.services ?? [])
    return Object.defineProperties(document, {
        channel: hidden(channel),
        user: hidden(user),
        uid: hidden(/^[1-9]\d{0,9}$/.test(user) && Number(user) <= 0xffffffff ? Number(user) : null),
    })
}

/** Of the first service that has one. */
function simple(services) {
    const first = values => values.find(value => typeof value === 'string') ?? null
    return {
        channel: first(services.map(service => service.channel)),
        user: first(services.map(({ account, userId, userUuid }) => account ?? userId ?? userUuid)),
    }
}

module.exports = { inspect }
