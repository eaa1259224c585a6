// What is granted.

import { test } from 'node:test'

/** Every character that a channel name may have, in two names, since one has 63 bytes at most. */
const LETTERS_AND_DIGITS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
const PUNCTUATION = ' !#$%&()+-:;<=.>?@[]^_{}|~,'

export function grants(caller, lifetime) {
    const granted = (name, fields) => test(`grants ${name}`, () => caller.granted(fields, lifetime))

    for (const role of [1, 2]) granted(`role ${role}`, { uid: 42, ChannelName: 'room', role })
    for (const uid of [1, 2 ** 31, 2 ** 32 - 1]) granted(`uid ${uid}`, { uid, ChannelName: 'room', role: 1 })
    for (const name of ['channelName', 'channelname', 'CHANNELNAME']) {
        granted(`${name} for ChannelName`, { uid: 42, [name]: 'room', role: 1 })
    }
    granted('UID and Role', { UID: 42, ChannelName: 'room', Role: 2 })
    // Computed, since the plain name would set this object's prototype and send nothing.
    const unknown = { user: 0, channel: '*', ['__proto__']: { uid: 7 } }
    granted('unknown fields', { uid: 42, ChannelName: 'room', role: 1, ...unknown })

    granted('a channel of letters and digits', { uid: 42, ChannelName: LETTERS_AND_DIGITS, role: 1 })
    granted('a channel of punctuation', { uid: 42, ChannelName: PUNCTUATION, role: 1 })
    granted('a channel of one byte', { uid: 42, ChannelName: 'r', role: 1 })
    granted('a channel of 63 bytes', { uid: 42, ChannelName: 'r'.repeat(63), role: 1 })
    granted('a channel that looks like a number', { uid: 42, ChannelName: '0', role: 1 })
}
