// What is refused, with which status, and which field the answer names.

import { test } from 'node:test'

/** JSON texts. */
const NO_INTEGER = ['"42"', 'true', 'false', 'null', '[42]', '{"$": 42}', '1.5', '1.0', '1e0', '""']
const NO_UID = [...NO_INTEGER, '-1', '-0.5', '4294967296', '4294967297', '1e10', '18446744073709551617']
const NO_ROLE = [...NO_INTEGER, '0', '3', '101', '-1', '257', '4294967297', '"publisher"']
const NO_TEXT = ['42', '0', 'true', 'null', '["room"]', '{"name": "room"}']
const NO_CHANNEL = {
    'empty': '',
    'blank': ' ',
    'of 64 bytes': 'r'.repeat(64),
    'with CRLF': 'room\r\nSet-Cookie: x=1',
    'with a line feed': 'room\n',
    'with NUL inside': 'ro\0om',
    'with NUL at the end': 'room\0',
    'with a tab': 'ro\tom',
    'with a backslash': 'ro\\om',
    'with a quote': 'ro"om',
    'with a slash': '../room',
    'with a star inside': 'ro*om',
    'with a letter outside of ASCII': 'zoë',
    'of 32 letters and 64 bytes': 'ë'.repeat(32),
}

export function refusals(caller) {
    /** The request with one of its fields replaced by this JSON text. */
    const replaced = (field, text) =>
        JSON.stringify({ uid: 42, ChannelName: 'room', role: 1, [field]: 'REPLACED' }).replace('"REPLACED"', text)
    const refused = (name, body, field, status = 400) =>
        test(`refuses ${name} with ${status}`, () => caller.refused(body, status, field))

    for (const [field, texts] of Object.entries({ uid: NO_UID, role: NO_ROLE, ChannelName: NO_TEXT })) {
        for (const text of texts) refused(`${field} ${text}`, replaced(field, text), field)
        refused(`a request without ${field}`, { uid: 42, ChannelName: 'room', role: 1, [field]: undefined }, field)
    }
    for (const [name, channel] of Object.entries(NO_CHANNEL)) {
        refused(`a channel ${name}`, replaced('ChannelName', JSON.stringify(channel)), 'ChannelName')
    }
    refused('a channel with an escaped NUL', replaced('ChannelName', '"ro\\u0000om"'), 'ChannelName')
    refused('a channel with half a surrogate pair', replaced('ChannelName', '"ro\\ud800om"'))
    refused('a wrong field in another letter case', '{"UID": "42", "channelName": "room", "role": 1}', 'uid')

    refused('a uid that only __proto__ has', '{"ChannelName": "room", "role": 1, "__proto__": {"uid": 42}}', 'uid')

    refused('a uid that no number type holds', replaced('uid', '1e400'))

    refused('uid 0, which is any user,', replaced('uid', '0'), undefined, 403)
    refused('channel *, which is any channel,', replaced('ChannelName', '"*"'), undefined, 403)
}
