// What util.inspect and console.log show of a token that was read.

'use strict'

/** Without its signature, with which a token could be put together again from a log. */
const withoutSignature = read => read && { ...read, signature: '[redacted]' }

function shown(depth, how, show) {
    return `${this.constructor.name} ${show(withoutSignature(this), how)}`
}

module.exports = { shown, withoutSignature }
