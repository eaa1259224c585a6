// Reads tokens from standard input, one a line, each for user 42 in "room": the official package reads every one, and
// signs what it read to the same bytes. Prints how many.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { inflateSync } from 'node:zlib'

import official from 'agora-token/src/AccessToken2.js'

import { APP_CERTIFICATE, APP_ID } from './oracle.mjs'

const { AccessToken2 } = official
const payload = token => inflateSync(Buffer.from(token.slice(3), 'base64'))

const tokens = readFileSync(0, 'utf8').split('\n').filter(Boolean)
assert.ok(tokens.length > 0, 'no tokens')
for (const token of tokens) {
    const read = new AccessToken2('', '', 0, 0)
    assert.ok(read.from_string(token), 'the official package cannot read it')
    const [service] = read.services
    assert.equal(service.__channel_name.toString(), 'room')
    assert.equal(service.__uid.toString(), '42')
    const twin = new AccessToken2(APP_ID, APP_CERTIFICATE, read.issueTs, read.expire)
    Object.assign(twin, { issueTs: read.issueTs, salt: read.salt })
    for (const each of read.services) twin.add_service(each)
    assert.deepEqual(payload(token), payload(twin.build()), 'the official package signs otherwise')
}
console.log(`${tokens.length} passed, 0 failed`)
