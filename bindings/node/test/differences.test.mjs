// What stays different from the npm package. Each test is a row of docs/migration.md, and shows what the npm package does.

import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'

import { RtcTokenBuilder } from 'agora-token-native/compat'
import * as low from 'agora-token-native/compat/src/AccessToken2'
import * as rtc006 from 'agora-token-native/compat/src/RtcTokenBuilder'

import { APP_CERTIFICATE, APP_ID, content, official } from './support.mjs'

const require = createRequire(import.meta.url)
const theirs = official()
const ids = [APP_ID, APP_CERTIFICATE]
const good = RtcTokenBuilder.buildTokenWithUid(...ids, 'room', 42, 1, 600)

test('a lifetime that is no number is no token; the npm package makes one of 0', () => {
    for (const lifetime of [undefined, null, NaN, 'abc']) {
        assert.equal(RtcTokenBuilder.buildTokenWithUid(...ids, 'room', 42, 1, lifetime, 60), '')
        const token = theirs.RtcTokenBuilder.buildTokenWithUid(...ids, 'room', 42, 1, lifetime, 60)
        assert.equal(content(token).expiresIn, 0)
    }
})

test('the builders take credentials in a Buffer, as officially; the class AccessToken2 takes strings', () => {
    const buffers = ids.map(text => Buffer.from(text))
    assert.notEqual(RtcTokenBuilder.buildTokenWithUid(...buffers, 'room', 42, 1, 600), '')
    const [ours, other] = [low, official('/src/AccessToken2')].map(module => {
        const token = new module.AccessToken2(...buffers, 0, 600)
        token.add_service(new module.ServiceRtc('room', 42))
        return token.build()
    })
    assert.equal(ours, '')
    assert.match(other, /^007/)
})

test('a channel with half a surrogate pair is no token; the npm package signs another name', () => {
    assert.equal(RtcTokenBuilder.buildTokenWithUid(...ids, 'a\ud800', 42, 1, 600), '')
    const [service] = content(theirs.RtcTokenBuilder.buildTokenWithUid(...ids, 'a\ud800', 42, 1, 600)).services
    assert.equal(service.channel, 'a\ufffd')
})

test('a number that is no uid is no token; the npm package lets a user of that name in', () => {
    for (const uid of [-1, 2 ** 32, 1.5]) {
        assert.equal(RtcTokenBuilder.buildTokenWithUid(...ids, 'room', uid, 1, 600), '')
        const [service] = content(theirs.RtcTokenBuilder.buildTokenWithUid(...ids, 'room', uid, 1, 600)).services
        assert.equal(service.account, `${uid}`)
    }
})

test('a damaged token is not read; the npm package reads over blanks, another alphabet and what follows', () => {
    const { AccessToken2: Theirs } = official('/src/AccessToken2')
    const url = good.replaceAll('+', '-').replaceAll('/', '_')
    const damaged = [`${good}\n`, `${good.slice(0, 40)} ${good.slice(40)}`, good.replace(/=*$/, '==='), `${good}=AAAA`]
    if (url !== good) damaged.push(url)
    for (const text of damaged) {
        assert.equal(new low.AccessToken2('', '', 0, 0).from_string(text), false, text)
        assert.equal(new Theirs('', '', 0, 0).from_string(text), true, text)
    }
})

test('006 with a malformed App ID or certificate is no token', () => {
    const { RtcTokenBuilder: Theirs } = official('/src/RtcTokenBuilder')
    for (const [appId, certificate] of [
        ['short', APP_CERTIFICATE],
        [APP_ID, 'short'],
    ]) {
        const words = [appId, certificate, 'room', 42, 1, 0]
        assert.equal(rtc006.RtcTokenBuilder.buildTokenWithUid(...words), '')
        assert.match(Theirs.buildTokenWithUid(...words), /^006/)
    }
})

test('an App ID that was read is a string, texts of services are Buffers as officially', () => {
    const read = new low.AccessToken2('', '', 0, 0)
    assert.ok(read.from_string(good))
    assert.equal(read.appId, APP_ID)
    assert.ok(Buffer.isBuffer(read.services[0].__channel_name))
})

test('what was read keeps no signature under a private name', () => {
    const read = new low.AccessToken2('', '', 0, 0)
    assert.ok(read.from_string(good))
    for (const name of ['__signature', '__signing_info', '__parsed']) assert.equal(name in read, false)
})

test('services stand in a list, as in npm 2.0.6; up to 2.0.5 one stood under its type', () => {
    const read = new low.AccessToken2('', '', 0, 0)
    assert.ok(read.from_string(good))
    assert.deepEqual([Array.isArray(read.services), read.getServices(1).length], [true, 1])
})

test('formats before 006 are not there', () => {
    for (const name of ['DynamicKey', 'DynamicKey5', 'SignalingToken']) {
        assert.throws(() => require(`agora-token-native/compat/src/${name}`), { code: 'MODULE_NOT_FOUND' })
    }
})
