// The objects of the interface: what they hold, what they show, how they are loaded.

import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { inspect as show } from 'node:util'

import byDefault, * as face from 'agora-token-native'
import compatByDefault, * as compat from 'agora-token-native/compat'
import { AccessToken as CompatAccessToken } from 'agora-token-native/compat/src/AccessToken'
import { AccessToken2 as CompatAccessToken2 } from 'agora-token-native/compat/src/AccessToken2'

import { APP_CERTIFICATE, APP_ID, official, outcome, refusal } from './support.mjs'

const { AccessToken, AccessToken2, ServiceRtc, inspect, verify } = face
const require = createRequire(import.meta.url)

const publisher = () => face.RtcTokenBuilder.buildTokenWithUid(APP_ID, APP_CERTIFICATE, 'room', 42, 1, 3600, 600)

test('import and require give the same', () => {
    for (const [name, imported, initial] of [
        ['', face, byDefault],
        ['/compat', compat, compatByDefault],
    ]) {
        const required = require(`agora-token-native${name}`)
        const { default: _, ...named } = imported
        assert.deepEqual(Object.keys(named).sort(), Object.keys(required).sort())
        for (const key of Object.keys(required)) assert.equal(named[key], required[key])
        assert.equal(initial, required)
    }
})

test('everything the official package exports is here, with its methods and constants', t => {
    let count = 0
    const has = (ours, theirs, name) => {
        for (const key of Object.getOwnPropertyNames(theirs)) {
            if (['length', 'name', 'prototype'].includes(key)) continue
            assert.ok(key in ours, `${name}.${key}`)
            if (typeof theirs[key] !== 'function') assert.deepEqual(ours[key], theirs[key])
            count++
        }
    }
    for (const ours of [face, compat]) has(ours, official(), 'agora-token')
    for (const [name, theirs] of Object.entries(official())) {
        for (const ours of [face, compat]) has(ours[name], theirs, name)
    }
    assert.deepEqual(Object.keys(compatByDefault).sort(), Object.keys(official()).sort())
    t.diagnostic(`${count} names`)
})

test('a token is built from its parts, with any time and salt', () => {
    const token = new AccessToken2(APP_ID, APP_CERTIFICATE, 1_700_000_000, 3600)
    token.salt = 12_345_678
    const service = new ServiceRtc('room', 42).addPrivilege(ServiceRtc.kPrivilegeJoinChannel, 600)
    assert.equal(token.addService(service), token)
    const read = AccessToken2.parse(token.build())
    assert.equal(token.build(), token.build())
    assert.deepEqual(
        [read.issueTs, read.expire, read.expiresAt, read.salt],
        [1_700_000_000, 3600, 1_700_003_600, 12_345_678],
    )
    assert.deepEqual(read.services, [service])
    assert.ok(read.services[0] instanceof ServiceRtc)
    assert.deepEqual(token.toJSON(), {
        version: '007',
        appId: APP_ID,
        issuedAt: 1_700_000_000,
        expiresIn: 3600,
        expiresAt: 1_700_003_600,
        salt: 12_345_678,
        signature: read.signature.toString('hex'),
        services: [{ type: 1, name: 'rtc', privileges: { joinChannel: 600 }, channel: 'room', account: '42' }],
        complete: true,
        unreadBytes: 0,
    })
    // The constructor takes 0 for now, as the official ones; the property takes the number.
    const now = Math.floor(Date.now() / 1000)
    assert.ok(Math.abs(new AccessToken2(APP_ID, APP_CERTIFICATE, 0).issueTs - now) <= 5)
    token.issueTs = 0
    assert.equal(AccessToken2.parse(token.build()).issueTs, 0)
    assert.equal(new AccessToken2(APP_ID, APP_CERTIFICATE).expire, 900)
})

test('what was read cannot be changed, and can be used again', () => {
    const read = AccessToken2.parse(publisher())
    assert.throws(() => (read.expire = 1), TypeError)
    assert.throws(() => read.services.push(1), TypeError)
    const again = new AccessToken2(APP_ID, APP_CERTIFICATE, read.issueTs, read.expire)
    again.salt = read.salt
    read.services.forEach(service => again.addService(service))
    assert.deepEqual(AccessToken2.parse(again.build()), read)
})

test('an unknown service is told', () => {
    // Type 999 with privilege 1, and three bytes of its own.
    const token = official('/src/AccessToken2')
    class Unknown extends token.Service {
        pack() {
            return Buffer.concat([super.pack(), Buffer.from([1, 2, 3])])
        }
    }
    const theirs = new token.AccessToken2(APP_ID, APP_CERTIFICATE, 1_700_000_000, 600)
    theirs.add_service(new token.ServiceRtc('room', 42))
    const unknown = new Unknown(999)
    unknown.add_privilege(1, 60)
    theirs.add_service(unknown)
    const read = AccessToken2.parse(theirs.build())
    assert.deepEqual(
        read.services.map(service => service.type),
        [1],
    )
    assert.deepEqual(read.unknownService, { type: 999, privileges: { 1: 60 } })
    assert.deepEqual([read.complete, read.unreadBytes], [false, 3])
    assert.ok(read.verifySignature(APP_CERTIFICATE))
})

test('texts that are no UTF-8 stay bytes', () => {
    const bytes = Buffer.from('ff00fe', 'hex')
    const rtc = new ServiceRtc(bytes, new Uint8Array(bytes))
    rtc.addPrivilege(ServiceRtc.kPrivilegeJoinChannel, 0)
    const token = new AccessToken2(APP_ID, APP_CERTIFICATE).addService(rtc)
    const [service] = AccessToken2.parse(token.build()).services
    assert.deepEqual([service.channelName, service.account], [bytes, bytes])
    const [entry] = token.toJSON().services
    assert.deepEqual([entry.channel, entry.channelHex], [null, 'ff00fe'])
    assert.ok(verify(token.build(), APP_CERTIFICATE, { channelName: bytes, userAccount: bytes }).valid)
    assert.ok(!verify(token.build(), APP_CERTIFICATE, { channelName: 'room' }).valid)
})

test('a 006 token is built, read and verified for its channel and user', () => {
    const token = new AccessToken(APP_ID, APP_CERTIFICATE, 'room', 42)
    token.salt = 1
    token.expiresAt = 1_700_086_400
    token.addPrivilege(AccessToken.kPrivilegeJoinChannel, 1_700_000_600)
    const read = AccessToken.parse(token.build())
    assert.deepEqual([read.salt, read.expiresAt, { ...read.privileges }], [1, 1_700_086_400, { 1: 1_700_000_600 }])
    assert.ok(read.verifySignature(APP_CERTIFICATE, 'room', 42))
    assert.ok(read.verifySignature(APP_CERTIFICATE, 'room', '42'))
    assert.ok(!read.verifySignature(APP_CERTIFICATE, 'room', 0))
    assert.ok(!read.verifySignature(APP_CERTIFICATE, 'other', 42))
    assert.ok(!read.verifySignature('0'.repeat(32), 'room', 42))
    assert.deepEqual(token.toJSON(), read.toJSON())
    assert.equal(inspect(token.build()).privileges.joinChannel, 1_700_000_600)
})

/** The codes of a verdict. */
const codes = (token, asked) => verify(token, APP_CERTIFICATE, asked).refusals.map(({ code }) => code)
const ISSUED = 1_700_000_000

function built(expire, ...services) {
    const token = Object.assign(new AccessToken2(APP_ID, APP_CERTIFICATE), { issueTs: ISSUED, expire })
    services.forEach(service => token.addService(service))
    return token.build()
}

test('of what nobody signed, only that is told', () => {
    const asked = { channelName: 'lobby', userAccount: 'alice', now: 5e9, appId: 'f'.repeat(32) }
    const verdict = verify(publisher(), '0'.repeat(32), asked)
    assert.deepEqual(
        verdict.refusals.map(({ code }) => code),
        ['SIGNATURE_MISMATCH'],
    )
    assert.deepEqual([verdict.valid, verdict.certificate, verdict.token], [false, null, null])
    assert.equal(JSON.parse(JSON.stringify(verdict)).token, null)
    assert.equal(
        refusal(() => verdict.assertValid()),
        verdict.refusals[0],
    )
})

test('leeway ends at an hour, and a token after 24', () => {
    const token = built(600, new ServiceRtc('room', 42).addPrivilege(1, 0))
    for (const leeway of [3600, 3601, 2 ** 31]) {
        assert.deepEqual(codes(token, { now: ISSUED + 600 + 3599, leeway }), [])
        assert.deepEqual(codes(token, { now: ISSUED + 600 + 3600, leeway }), ['TOKEN_EXPIRED'])
    }
    const long = built(7 * 86_400, new ServiceRtc('room', 42).addPrivilege(1, 0))
    assert.deepEqual(codes(long, { now: ISSUED + 86_399 }), [])
    assert.deepEqual(codes(long, { now: ISSUED + 86_400 }), ['TOKEN_EXPIRED'])
})

test('a channel means RTC unless a service is named', () => {
    const token = built(600, new face.ServiceFCdn('room', 42).addPrivilege(1, 0))
    const asked = { now: ISSUED, channelName: 'room', uid: 42 }
    assert.deepEqual(codes(token, asked), ['SERVICE_MISSING'])
    assert.deepEqual(codes(token, { ...asked, service: face.ServiceFCdn.type }), [])
})

test('an unknown privilege lets nobody in', () => {
    const token = built(600, new face.ServiceRtm('alice').addPrivilege(999, 0))
    assert.deepEqual(codes(token, { now: ISSUED, userAccount: 'alice' }), ['PRIVILEGE_MISSING'])
    const older = new AccessToken(APP_ID, APP_CERTIFICATE, 'room', 42)
    older.expiresAt = ISSUED + 60
    older.addPrivilege(AccessToken.kPrivilegeJoinChannel, 0)
    const asked = { now: ISSUED, channelName: 'room', uid: 42 }
    assert.deepEqual(codes(older.build(), asked), [])
    older.addPrivilege(5, 0)
    assert.deepEqual(codes(older.build(), asked), ['TOKEN_AMBIGUOUS'])
})

test('a verifier reads 64 services and 4096 entries', () => {
    const services = count => {
        return built(600, ...Array.from({ length: count }, () => new face.ServiceFpa().addPrivilege(1, 0)))
    }
    // The privilege, the type of resources and the permission are entries too.
    const entries = count => {
        const permissions = new face.Rtm2Permissions()
        permissions.add(0, 0, Array(count - 3).fill('r'))
        return built(600, new face.ServiceRtm2('alice', permissions).addPrivilege(1, 0))
    }
    for (const [most, more] of [
        [services(64), services(65)],
        [entries(4096), entries(4097)],
    ]) {
        assert.deepEqual(codes(most, { now: ISSUED }), [])
        assert.equal(refusal(() => codes(more, { now: ISSUED })).code, 'TOKEN_TOO_LARGE')
        assert.equal(AccessToken2.parse(more).appId, APP_ID)
    }
})

test('a certificate that is the App ID is refused, but not by the mechanism', () => {
    const low = require('agora-token-native/compat/src/AccessToken2')
    const old = require('agora-token-native/compat/src/AccessToken')
    for (const id of [APP_CERTIFICATE, APP_CERTIFICATE.toUpperCase()]) {
        for (const call of [
            () => new face.Issuer(id, APP_CERTIFICATE),
            () => face.RtcTokenBuilder.buildTokenWithUid(id, APP_CERTIFICATE, 'room', 42, 1, 60),
            () => face.RtcTokenBuilder006.buildTokenWithUid(id, APP_CERTIFICATE, 'room', 42, 1),
        ]) {
            const { code, field } = refusal(call)
            assert.deepEqual([code, field], ['INVALID_APP_CERTIFICATE', 'appCertificate'])
        }
        const rtc = new ServiceRtc('room', 42).addPrivilege(1, 0)
        const lowToken = new low.AccessToken2(id, APP_CERTIFICATE, 0, 60)
        lowToken.add_service(new low.ServiceRtc('room', 42))
        for (const token of [
            new AccessToken2(id, APP_CERTIFICATE).addService(rtc).build(),
            lowToken.build(),
            compat.RtcTokenBuilder.buildTokenWithUid(id, APP_CERTIFICATE, 'room', 42, 1, 60, 60),
        ]) {
            assert.ok(AccessToken2.parse(token).verifySignature(APP_CERTIFICATE))
        }
        for (const Class of [AccessToken, old.AccessToken]) {
            const token = new Class(id, APP_CERTIFICATE, 'room', 42).build()
            assert.ok(AccessToken.parse(token).verifySignature(APP_CERTIFICATE, 'room', 42))
        }
    }
})

test('a verdict tells everything that is wrong', () => {
    const token = publisher()
    const other = '0'.repeat(32)
    const good = verify(token, APP_CERTIFICATE, { channelName: 'room', uid: 42, appId: APP_ID })
    assert.deepEqual([good.valid, good.certificate, good.refusals.length], [true, 0, 0])
    good.assertValid()
    assert.deepEqual(good.token, inspect(token))
    assert.equal(verify(token, [other, APP_CERTIFICATE]).certificate, 1)
    const asked = { channelName: 'lobby', userAccount: 'alice', now: 5e9, appId: 'f'.repeat(32) }
    const bad = verify(token, [other, APP_CERTIFICATE], asked)
    assert.deepEqual(bad.refusals.map(error => error.code).sort(), [
        'APP_ID_MISMATCH',
        'CHANNEL_MISMATCH',
        'PRIVILEGE_EXPIRED',
        'TOKEN_EXPIRED',
        'USER_MISMATCH',
    ])
    assert.deepEqual([bad.valid, bad.certificate, bad.token], [false, 1, inspect(token)])
    assert.equal(
        refusal(() => bad.assertValid()),
        bad.refusals[0],
    )
    assert.equal(bad.refusals.find(error => error.code === 'CHANNEL_MISMATCH').field, 'channelName')
    const written = JSON.parse(JSON.stringify(bad))
    assert.deepEqual(Object.keys(written), ['valid', 'certificate', 'refusals', 'token'])
    assert.deepEqual(Object.keys(written.refusals[0]), ['code', 'field', 'reason'])
})

test('a verifier judges as verify does, and checks what it is made of once', () => {
    const token = publisher()
    const options = { channelName: 'room', uid: 42, appId: APP_ID }
    const [verifier, other] = [APP_CERTIFICATE, ['0'.repeat(32)]].map(one => new face.Verifier(one, options))
    for (let round = 0; round < 3; round++) {
        assert.deepEqual(verifier.verdict(token).toJSON(), verify(token, APP_CERTIFICATE, options).toJSON())
        const refused = other.verdict(token)
        assert.deepEqual([refused.valid, refused.certificate], [false, null])
        assert.deepEqual(
            refused.refusals.map(({ code }) => code),
            ['SIGNATURE_MISMATCH'],
        )
    }
    assert.ok(new face.Verifier(APP_CERTIFICATE).verdict(token).valid)
    const told = call => {
        const { code, field } = refusal(call)
        return [code, field]
    }
    assert.deepEqual(
        told(() => verifier.verdict('')),
        ['TOKEN_VERSION', 'token'],
    )
    assert.deepEqual(
        told(() => verifier.verdict(undefined)),
        ['TOKEN_VERSION', 'token'],
    )
    const certificate = ['INVALID_APP_CERTIFICATE', 'appCertificate']
    for (const wrong of [undefined, '', [], [APP_CERTIFICATE, 'x']]) {
        assert.deepEqual(
            told(() => new face.Verifier(wrong)),
            certificate,
        )
    }
    assert.deepEqual(
        told(() => new face.Verifier(APP_CERTIFICATE, { uid: '42' })),
        ['INVALID_UID', 'uid'],
    )
    assert.deepEqual(
        told(() => new face.Verifier(APP_CERTIFICATE, null)),
        ['INDEX_OUT_OF_RANGE', 'options'],
    )
    assert.ok(!show(verifier, { depth: null, showHidden: true }).includes(APP_CERTIFICATE))
})

test('which of two certificates signed is told, also beside a refusal', () => {
    const [primary, secondary] = ['0'.repeat(32), APP_CERTIFICATE]
    const old = face.RtcTokenBuilder006.buildTokenWithUid(APP_ID, APP_CERTIFICATE, 'room', 42, 1)
    for (const token of [publisher(), old]) {
        for (const [certificates, index] of [
            [[primary, secondary], 1],
            [[secondary, primary], 0],
            [[primary], null],
        ]) {
            const { certificate, valid } = verify(token, certificates, { channelName: 'room', uid: 42 })
            assert.deepEqual([certificate, valid], [index, index !== null])
        }
        const late = verify(token, [primary, secondary], { channelName: 'room', uid: 42, now: 5e9 })
        assert.deepEqual([late.certificate, late.valid], [1, false])
    }
})

test('service and privilege are looked for where they are asked for', () => {
    const { ServiceRtm, ServiceChat } = face
    const codes = (token, options) => verify(token, APP_CERTIFICATE, options).refusals.map(error => error.code)
    const token = publisher()
    const { issuedAt } = inspect(token)
    assert.deepEqual(codes(token, { service: ServiceRtc.type }), [])
    assert.deepEqual(codes(token, { service: ServiceRtm.type }), ['SERVICE_MISSING'])
    const publish = { service: ServiceRtc.type, privilege: ServiceRtc.kPrivilegePublishAudioStream }
    assert.deepEqual(codes(token, publish), [])
    const listener = face.RtcTokenBuilder.buildTokenWithUid(APP_ID, APP_CERTIFICATE, 'room', 42, 2, 3600)
    assert.deepEqual(codes(listener, publish), ['PRIVILEGE_MISSING'])
    assert.deepEqual(codes(listener, { ...publish, channelName: 'lobby' }).sort(), [
        'CHANNEL_MISMATCH',
        'PRIVILEGE_MISSING',
    ])
    // The privileges of this token end after ten minutes, the token after an hour.
    assert.ok(codes(token, { ...publish, now: issuedAt + 599 }).length === 0)
    assert.deepEqual(new Set(codes(token, { ...publish, now: issuedAt + 600 })), new Set(['PRIVILEGE_EXPIRED']))
    // A user is looked for in the service alone.
    const both = face.RtcTokenBuilder.buildTokenWithRtm2(
        ...[APP_ID, APP_CERTIFICATE, 'room', 'alice', 1, 3600, 0, 0, 0, 0, 'bob', 3600],
    )
    assert.deepEqual(codes(both, { userAccount: 'bob' }), [])
    assert.deepEqual(codes(both, { userAccount: 'bob', service: ServiceRtc.type }), ['USER_MISMATCH'])
    assert.deepEqual(codes(both, { userAccount: 'bob', service: ServiceRtm.type }), [])
    // In a 006 token the privileges tell the services.
    const old = face.RtcTokenBuilder006.buildTokenWithUid(APP_ID, APP_CERTIFICATE, 'room', 42, 2)
    const whom = { channelName: 'room', uid: 42 }
    assert.deepEqual(codes(old, { ...whom, service: ServiceRtc.type }), [])
    assert.deepEqual(codes(old, { ...whom, service: ServiceChat.type }), ['SERVICE_MISSING'])
    const privilege = AccessToken.kPrivilegePublishAudioStream
    assert.deepEqual(codes(old, { ...whom, privilege }), ['PRIVILEGE_MISSING'])
})

test('time is judged at the moment and with the leeway asked for', () => {
    const token = new AccessToken2(APP_ID, APP_CERTIFICATE, 1_700_000_000, 600)
        .addService(new ServiceRtc('room', 42))
        .build()
    const codes = options => verify(token, APP_CERTIFICATE, options).refusals.map(error => error.code)
    assert.deepEqual(codes({}), ['TOKEN_EXPIRED'])
    assert.deepEqual(codes({ ignoreTime: true }), [])
    assert.deepEqual(codes({ ignoreTime: false }), ['TOKEN_EXPIRED'])
    assert.deepEqual(codes({ now: 1_700_000_599 }), [])
    assert.deepEqual(codes({ now: 1_700_000_600 }), ['TOKEN_EXPIRED'])
    assert.deepEqual(codes({ now: new Date(1_700_000_599_999) }), [])
    assert.deepEqual(codes({ now: 1_700_000_609, leeway: 10 }), [])
    assert.deepEqual(codes({ now: 1_699_999_999 }), ['TOKEN_ISSUED_IN_FUTURE'])
    assert.deepEqual(codes({ now: Number.MAX_SAFE_INTEGER }), ['TOKEN_EXPIRED'])
})

test('a wildcard is for everybody', () => {
    const token = face.RtcTokenBuilder.buildTokenWithUid(APP_ID, APP_CERTIFICATE, 'room', 0, 1, 3600)
    assert.ok(verify(token, APP_CERTIFICATE, { uid: 7 }).valid)
    assert.ok(verify(token, APP_CERTIFICATE, { uid: 0 }).valid)
    assert.ok(!verify(publisher(), APP_CERTIFICATE, { uid: 0 }).valid)
})

test('nothing that shows an object shows the certificate', () => {
    const objects = [
        new AccessToken2(APP_ID, APP_CERTIFICATE).addService(new ServiceRtc('room', 42)),
        new AccessToken(APP_ID, APP_CERTIFICATE, 'room', 42),
        AccessToken2.parse(publisher()),
        verify(publisher(), APP_CERTIFICATE),
        Object.assign(new CompatAccessToken2(APP_ID, APP_CERTIFICATE, 0, 60), { services: [] }),
        new CompatAccessToken(APP_ID, APP_CERTIFICATE, 'room', 42),
    ]
    for (const object of objects) {
        const shown = [show(object, { depth: null, showHidden: true }), JSON.stringify(object), String(object)].join()
        assert.ok(!shown.includes(APP_CERTIFICATE), shown)
        assert.ok(!Object.values({ ...object }).includes(APP_CERTIFICATE))
    }
    assert.match(show(objects[0]), /issueTs: \d+/)
    // With its signature a token could be put together again from a log.
    const old = face.RtcTokenBuilder006.buildTokenWithUid(APP_ID, APP_CERTIFICATE, 'room', 42, 1, 2_000_000_000)
    for (const read of [objects[2], objects[3], AccessToken.parse(old)]) {
        const { signature } = read.token ?? read
        assert.match(show(read, { depth: null }), /signature: '\[redacted\]'/)
        const hex = Buffer.from(signature, 'hex').toString('hex')
        assert.equal(hex.length, 64)
        assert.ok(!show(read, { depth: null, showHidden: true }).replaceAll(/\W/g, '').includes(hex))
    }
})

test('an error is an Error with a name, and shows its code', () => {
    const error = refusal(() => inspect(''))
    assert.equal(error.name, 'AgoraTokenError')
    assert.equal(String(error), 'AgoraTokenError: the token is empty')
    assert.match(error.stack, /objects\.test\.mjs/)
    assert.match(show(error), /code: 'TOKEN_VERSION'/)
    assert.deepEqual(Object.keys(error), ['code', 'field'])
})

test('methods need no this', () => {
    const { buildTokenWithUid } = face.RtcTokenBuilder
    assert.equal(
        outcome(() => buildTokenWithUid(APP_ID, APP_CERTIFICATE, 'room', 42, 1, 60)),
        'ok',
    )
    assert.equal(
        outcome(() => [publisher()].map(AccessToken2.parse)),
        'ok',
    )
})
