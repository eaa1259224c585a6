// The objects of the interface: what they hold, what they show, how they are loaded.

import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { inspect as show } from 'node:util'

import byDefault, * as face from 'agora-token-native'
import compatByDefault, * as compat from 'agora-token-native/compat'
import { AccessToken as CompatAccessToken } from 'agora-token-native/compat/src/AccessToken'
import { AccessToken2 as CompatAccessToken2 } from 'agora-token-native/compat/src/AccessToken2'

import { APP_CERTIFICATE, APP_ID, CREDENTIALS, judge, official, outcome, refusal, verifier } from './support.mjs'

const { AccessToken, AccessToken2, ServiceRtc, inspect } = face
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
    assert.ok(verifier.verdict(token.build(), { channel: bytes, account: bytes }).valid)
    assert.ok(!verifier.verdict(token.build(), { channel: 'room' }).valid)
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
const codes = (token, expected, options) => judge(token, expected, options).refusals.map(({ code }) => code)
const ISSUED = 1_700_000_000

function built(expire, ...services) {
    const token = Object.assign(new AccessToken2(APP_ID, APP_CERTIFICATE), { issueTs: ISSUED, expire })
    services.forEach(service => token.addService(service))
    return token.build()
}

test('of what nobody signed, only that is told', () => {
    const options = { clock: 5e9, appId: 'f'.repeat(32), certificates: ['0'.repeat(32)] }
    const verdict = judge(publisher(), { channel: 'lobby', account: 'alice' }, options)
    assert.deepEqual(
        verdict.refusals.map(({ code }) => code),
        ['SIGNATURE_MISMATCH'],
    )
    assert.deepEqual([verdict.valid, verdict.certificate, verdict.token], [false, null, null])
    assert.equal(JSON.parse(JSON.stringify(verdict)).token, null)
})

test('leeway ends at an hour, and a token after 24', () => {
    const token = built(600, new ServiceRtc('room', 42).addPrivilege(1, 0))
    for (const leeway of [3600, 3601, 2 ** 31]) {
        assert.deepEqual(codes(token, {}, { clock: ISSUED + 600 + 3599, leeway }), [])
        assert.deepEqual(codes(token, {}, { clock: ISSUED + 600 + 3600, leeway }), ['TOKEN_EXPIRED'])
    }
    const long = built(7 * 86_400, new ServiceRtc('room', 42).addPrivilege(1, 0))
    assert.deepEqual(codes(long, {}, { clock: ISSUED + 86_399 }), [])
    assert.deepEqual(codes(long, {}, { clock: ISSUED + 86_400 }), ['TOKEN_EXPIRED'])
})

test('a channel means RTC unless a service is named', () => {
    const token = built(600, new face.ServiceFCdn('room', 42).addPrivilege(1, 0))
    const asked = { channel: 'room', uid: 42 }
    assert.deepEqual(codes(token, asked, { clock: ISSUED }), ['SERVICE_MISSING'])
    for (const service of [face.ServiceFCdn.type, 'fcdn']) {
        assert.deepEqual(codes(token, { ...asked, service }, { clock: ISSUED }), [])
    }
})

test('an unknown privilege lets nobody in', () => {
    const token = built(600, new face.ServiceRtm('alice').addPrivilege(999, 0))
    assert.deepEqual(codes(token, { account: 'alice' }, { clock: ISSUED }), ['PRIVILEGE_MISSING'])
    const older = new AccessToken(APP_ID, APP_CERTIFICATE, 'room', 42)
    older.expiresAt = ISSUED + 60
    older.addPrivilege(AccessToken.kPrivilegeJoinChannel, 0)
    const asked = [{ channel: 'room', uid: 42 }, { clock: ISSUED }]
    assert.deepEqual(codes(older.build(), ...asked), [])
    older.addPrivilege(5, 0)
    assert.deepEqual(codes(older.build(), ...asked), ['TOKEN_AMBIGUOUS'])
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
        assert.deepEqual(codes(most, {}, { clock: ISSUED }), [])
        assert.deepEqual(codes(more, {}, { clock: ISSUED }), ['TOKEN_TOO_LARGE'])
        assert.equal(AccessToken2.parse(more).appId, APP_ID)
    }
})

test('a certificate that is the App ID is refused, but not by the mechanism', () => {
    const low = require('agora-token-native/compat/src/AccessToken2')
    const old = require('agora-token-native/compat/src/AccessToken')
    for (const id of [APP_CERTIFICATE, APP_CERTIFICATE.toUpperCase()]) {
        for (const call of [
            () => new face.Issuer({ appId: id, appCertificate: APP_CERTIFICATE }),
            () => new face.Verifier({ appId: id, appCertificate: APP_CERTIFICATE }),
            () => new face.Credentials({ appId: id, appCertificate: APP_CERTIFICATE }),
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
    const good = verifier.verdict(token, { channel: 'room', uid: 42 })
    assert.deepEqual([good.valid, good.certificate, good.refusals.length], [true, 0, 0])
    assert.deepEqual(good.token, inspect(token))
    const two = { certificates: [other, APP_CERTIFICATE] }
    assert.equal(judge(token, {}, two).certificate, 1)
    const asked = { channel: 'lobby', account: 'alice' }
    const bad = judge(token, asked, { ...two, clock: 5e9, appId: 'f'.repeat(32) })
    assert.deepEqual(bad.refusals.map(error => error.code).sort(), [
        'APP_ID_MISMATCH',
        'CHANNEL_MISMATCH',
        'PRIVILEGE_EXPIRED',
        'TOKEN_EXPIRED',
        'USER_MISMATCH',
    ])
    assert.deepEqual([bad.valid, bad.certificate, bad.token], [false, 1, inspect(token)])
    const channel = bad.refusals.find(error => error.code === 'CHANNEL_MISMATCH')
    assert.deepEqual(
        [channel.field, channel.reason, channel.service, channel.fault],
        ['channel', 'the token is for channel "room"', 'rtc', 'caller'],
    )
    const written = JSON.parse(JSON.stringify(bad))
    assert.deepEqual(Object.keys(written), ['valid', 'certificate', 'refusals', 'token'])
    assert.deepEqual(Object.keys(written.refusals[0]), ['code', 'field', 'reason', 'service'])
})

test('verify stops with the first refusal and all of them, verdict tells', () => {
    const token = publisher()
    const expected = { channel: 'lobby', uid: 43 }
    const verdict = verifier.verdict(token, expected)
    const error = refusal(() => verifier.verify(token, expected))
    assert.ok(error instanceof face.VerificationError)
    assert.deepEqual([error.code, error.message], [verdict.refusals[0].code, verdict.refusals[0].message])
    assert.deepEqual(
        error.refusals.map(({ code }) => code),
        ['CHANNEL_MISMATCH', 'USER_MISMATCH'],
    )
    assert.deepEqual(JSON.parse(JSON.stringify(error)), JSON.parse(JSON.stringify(verdict.refusals[0])))
    // A token that cannot be read is refused like any other.
    for (const none of ['', 'nonsense', token.slice(0, -5), `${token}=`]) {
        assert.ok(refusal(() => verifier.verify(none)) instanceof face.VerificationError)
        const { valid, certificate, token: read } = verifier.verdict(none)
        assert.deepEqual([valid, certificate, read], [false, null, null])
    }
    // What is no text at all is a mistake of the caller's program.
    for (const none of [undefined, null, 42, {}]) {
        assert.equal(refusal(() => verifier.verdict(none)).code, 'TOKEN_VERSION')
        assert.equal(refusal(() => verifier.verify(none)).code, 'TOKEN_VERSION')
    }
    const passed = verifier.verify(token, { channel: 'room', uid: 42 })
    assert.ok(passed.valid && passed.token.services.length === 1)
})

test('a program that looks at nothing that verify gives lets no forged token in', () => {
    const forged = face.RtcTokenBuilder.buildTokenWithUid(APP_ID, '0'.repeat(32), 'room', 42, 1, 3600)
    let letIn = false
    const program = () => {
        verifier.verify(forged, { channel: 'room', uid: 42 })
        letIn = true
    }
    assert.equal(refusal(program).code, 'SIGNATURE_MISMATCH')
    assert.ok(!letIn)
})

test('a verifier has its certificates, a call what is expected', () => {
    const token = publisher()
    for (const made of [
        new face.Verifier(CREDENTIALS),
        new face.Verifier(new face.Credentials(CREDENTIALS)),
        new face.Verifier({ appId: APP_ID, certificate: APP_CERTIFICATE }),
        new face.Verifier({ appId: APP_ID, appCertificates: [APP_CERTIFICATE] }),
        new face.Verifier({ appId: APP_ID, certificates: [APP_CERTIFICATE], leeway: undefined, clock: undefined }),
        new face.Verifier(new face.Credentials(CREDENTIALS), { certificates: ['0'.repeat(32)], leeway: 5 }),
        face.Verifier.fromEnv({}, { AGORA_APP_ID: APP_ID, AGORA_APP_CERTIFICATE: APP_CERTIFICATE }),
        face.Verifier.fromEnv(
            { leeway: 3 },
            {
                AGORA_APP_ID: APP_ID,
                AGORA_APP_CERTIFICATE: '0'.repeat(32),
                AGORA_APP_CERTIFICATE_SECONDARY: APP_CERTIFICATE,
            },
        ),
    ]) {
        assert.equal(made.appId, APP_ID)
        for (const [expected, valid] of [
            [{ channel: 'room', uid: 42 }, true],
            [{ channel: face.Channel.named('room'), user: face.User.uid(42) }, true],
            [{ user: 42 }, true],
            [{ user: '42' }, true],
            [{ account: '42' }, true],
            [{ channel: 'room', service: 'rtc', privilege: 'publishAudioStream' }, true],
            [{ channel: 'lobby' }, false],
            [{ uid: 43 }, false],
            [{ channel: face.Channel.ANY }, false],
            [{ user: face.User.ANY }, false],
            [{ service: 'rtm' }, false],
        ]) {
            assert.equal(made.verdict(token, expected).valid, valid, show(expected))
        }
        assert.ok(made.verify(token).valid)
        assert.ok(!show(made, { depth: null, showHidden: true }).includes(APP_CERTIFICATE))
    }
    assert.throws(() => new face.Verifier(APP_CERTIFICATE), { code: 'INVALID_APP_ID', field: 'credentials' })
    assert.throws(() => new face.Verifier(), { code: 'UNKNOWN_OPTION', field: 'verifier' })
    assert.throws(() => new face.Verifier(null), { code: 'UNKNOWN_OPTION', field: 'verifier' })
    const beside = () => new face.Verifier(new face.Credentials(CREDENTIALS), { appId: APP_ID })
    assert.throws(beside, { code: 'INVALID_APP_ID' })
    const wrong = { AGORA_APP_ID: APP_ID, AGORA_APP_CERTIFICATE: APP_CERTIFICATE, AGORA_APP_CERTIFICATE_SECONDARY: '' }
    assert.throws(() => face.Verifier.fromEnv({}, wrong), { field: 'AGORA_APP_CERTIFICATE_SECONDARY' })
    const right = { ...wrong, AGORA_APP_CERTIFICATE_SECONDARY: undefined }
    assert.throws(() => face.Verifier.fromEnv({ certificates: ['0123456789abcdef0123456789abcdef'] }, right), {
        code: 'UNKNOWN_OPTION',
    })
})

test('what is expected by a getter or a prototype is asked, too', () => {
    class Expectation {
        get channel() {
            return 'lobby'
        }
    }
    class Whole extends Expectation {
        get user() {
            return face.User.uid(42)
        }
    }
    const token = publisher()
    for (const expected of [new Expectation(), new Whole(), Object.create({ channel: 'lobby' })]) {
        assert.deepEqual(codes(token, expected), ['CHANNEL_MISMATCH'], show(expected))
        assert.throws(() => verifier.verify(token, expected), { code: 'CHANNEL_MISMATCH' })
    }
    assert.equal(refusal(() => verifier.verdict(token, Object.create({ chanel: 'room' }))).field, 'chanel')
    assert.equal(refusal(() => verifier.verdict(token, Object.create({ channel: undefined }))).field, 'channel')
    for (const none of [new Map([['channel', 'lobby']]), ['lobby'], new Date(), Promise.resolve({}), () => {}]) {
        assert.equal(refusal(() => verifier.verdict(token, none)).field, 'expected')
    }
    // Of a verifier too.
    const early = { clock: 1_000_000_000 }
    for (const made of [
        new face.Verifier(Object.create({ ...CREDENTIALS, ...early })),
        new face.Verifier(new face.Credentials(CREDENTIALS), Object.create(early)),
        face.Verifier.fromEnv(Object.create(early), { AGORA_APP_ID: APP_ID, AGORA_APP_CERTIFICATE: APP_CERTIFICATE }),
    ]) {
        assert.equal(made.verdict(token).refusals[0].code, 'TOKEN_ISSUED_IN_FUTURE')
    }
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
            const { certificate, valid } = judge(token, { channel: 'room', uid: 42 }, { certificates })
            assert.deepEqual([certificate, valid], [index, index !== null])
        }
        const two = { certificates: [primary, secondary], clock: 5e9 }
        const late = judge(token, { channel: 'room', uid: 42 }, two)
        assert.deepEqual([late.certificate, late.valid], [1, false])
    }
})

test('service and privilege are looked for where they are asked for', () => {
    const { ServiceRtm, ServiceChat } = face
    const token = publisher()
    const { issuedAt } = inspect(token)
    assert.deepEqual(codes(token, { service: ServiceRtc.type }), [])
    assert.deepEqual(codes(token, { service: ServiceRtm.type }), ['SERVICE_MISSING'])
    const publish = { service: ServiceRtc.type, privilege: ServiceRtc.kPrivilegePublishAudioStream }
    assert.deepEqual(codes(token, publish), [])
    const listener = face.RtcTokenBuilder.buildTokenWithUid(APP_ID, APP_CERTIFICATE, 'room', 42, 2, 3600)
    assert.deepEqual(codes(listener, publish), ['PRIVILEGE_MISSING'])
    assert.deepEqual(codes(listener, { ...publish, channel: 'lobby' }).sort(), [
        'CHANNEL_MISMATCH',
        'PRIVILEGE_MISSING',
    ])
    // The privileges of this token end after ten minutes, the token after an hour.
    assert.ok(codes(token, publish, { clock: issuedAt + 599 }).length === 0)
    assert.deepEqual(new Set(codes(token, publish, { clock: issuedAt + 600 })), new Set(['PRIVILEGE_EXPIRED']))
    // A user is looked for in the service alone.
    const both = face.RtcTokenBuilder.buildTokenWithRtm2(
        ...[APP_ID, APP_CERTIFICATE, 'room', 'alice', 1, 3600, 0, 0, 0, 0, 'bob', 3600],
    )
    assert.deepEqual(codes(both, { account: 'bob' }), [])
    assert.deepEqual(codes(both, { account: 'bob', service: ServiceRtc.type }), ['USER_MISMATCH'])
    assert.deepEqual(codes(both, { account: 'bob', service: ServiceRtm.type }), [])
    // In a 006 token the privileges tell the services.
    const old = face.RtcTokenBuilder006.buildTokenWithUid(APP_ID, APP_CERTIFICATE, 'room', 42, 2)
    const whom = { channel: 'room', uid: 42 }
    assert.deepEqual(codes(old, { ...whom, service: ServiceRtc.type }), [])
    assert.deepEqual(codes(old, { ...whom, service: ServiceChat.type }), ['SERVICE_MISSING'])
    const privilege = AccessToken.kPrivilegePublishAudioStream
    assert.deepEqual(codes(old, { ...whom, privilege }), ['PRIVILEGE_MISSING'])
})

test('time is judged at the moment and with the leeway asked for', () => {
    const token = new AccessToken2(APP_ID, APP_CERTIFICATE, 1_700_000_000, 600)
        .addService(new ServiceRtc('room', 42))
        .build()
    const codes = options => judge(token, {}, options).refusals.map(error => error.code)
    assert.deepEqual(codes({}), ['TOKEN_EXPIRED'])
    assert.deepEqual(codes({ ignoreTime: true }), [])
    assert.deepEqual(codes({ ignoreTime: false }), ['TOKEN_EXPIRED'])
    assert.deepEqual(codes({ clock: 1_700_000_599 }), [])
    assert.deepEqual(codes({ clock: 1_700_000_600 }), ['TOKEN_EXPIRED'])
    assert.deepEqual(codes({ clock: new Date(1_700_000_599_999) }), [])
    assert.deepEqual(codes({ clock: 1_700_000_609, leeway: 10 }), [])
    assert.deepEqual(codes({ clock: 1_699_999_999 }), ['TOKEN_ISSUED_IN_FUTURE'])
    assert.deepEqual(codes({ clock: 99_999_999_999 }), ['TOKEN_EXPIRED'])
    // A source may be a function, which is asked for every token, and seconds may have a fraction.
    let now = 1_700_000_599.9
    const moving = new face.Verifier({ ...CREDENTIALS, clock: () => now })
    assert.ok(moving.verdict(token).valid)
    now = new Date(1_700_000_600_000)
    assert.ok(!moving.verdict(token).valid)
    for (const wrong of [undefined, null, 'now', 1_700_000_600_000, NaN]) {
        now = wrong
        assert.throws(() => moving.verdict(token), { code: 'INVALID_TIMESTAMP', field: 'clock' })
    }
})

test('a wildcard is for everybody', () => {
    const token = face.RtcTokenBuilder.buildTokenWithUid(APP_ID, APP_CERTIFICATE, 'room', 0, 1, 3600)
    assert.ok(verifier.verdict(token, { uid: 7 }).valid)
    assert.ok(verifier.verdict(token, { uid: 0 }).valid)
    assert.ok(verifier.verdict(token, { user: face.User.ANY }).valid)
    assert.ok(!verifier.verdict(publisher(), { uid: 0 }).valid)
})

test('nothing that shows an object shows the certificate', () => {
    const objects = [
        new AccessToken2(APP_ID, APP_CERTIFICATE).addService(new ServiceRtc('room', 42)),
        new AccessToken(APP_ID, APP_CERTIFICATE, 'room', 42),
        AccessToken2.parse(publisher()),
        verifier.verify(publisher()),
        new face.Credentials(CREDENTIALS),
        new face.Issuer(CREDENTIALS),
        verifier,
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
    assert.equal(error.name, 'TokenParseError')
    assert.equal(String(error), 'TokenParseError: the token is empty')
    assert.match(error.stack, /objects\.test\.mjs/)
    assert.match(show(error), /code: 'TOKEN_VERSION'/)
    assert.deepEqual(Object.keys(error), ['code', 'field', 'reason', 'fault'])
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

test('every error says whose fault it is, by its class too', t => {
    const { AgoraTokenError, ConfigurationError, InputError, TokenParseError } = face
    const token = publisher()
    const cases = [
        [() => verifier.verify('x'), face.VerificationError, 'caller'],
        [() => inspect('x'), TokenParseError, 'caller'],
        [() => new face.Grant({ channel: '', uid: 42, role: 1 }), InputError, 'caller'],
        [() => new face.Grant({ channel: 'room', uid: 0, role: 1 }), InputError, 'caller'],
        [
            () => new face.Grant({ channel: 'room', uid: 42, role: 1, lifetime: 1e6 }),
            ConfigurationError,
            'configuration',
        ],
        [() => new face.Issuer({ appId: APP_ID }), ConfigurationError, 'configuration'],
        [
            () => face.RtcTokenBuilder.buildTokenWithUid(APP_ID, 'x', 'room', 42, 1, 60),
            ConfigurationError,
            'configuration',
        ],
        [() => verifier.verify(token, { chanel: 'room' }), ConfigurationError, 'configuration'],
    ]
    for (const [call, Class, fault] of cases) {
        const error = refusal(call)
        assert.equal(error.constructor, Class, error.message)
        assert.ok(error instanceof AgoraTokenError && error instanceof Error)
        assert.equal(error.fault, fault)
        assert.equal(error.name, Class.name)
    }
    // Of an argument the message is its name and the reason, of a token the reason alone.
    const uid = refusal(() => new face.Grant({ channel: 'room', uid: '42', role: 1 }))
    assert.equal(uid.message, `${uid.field} ${uid.reason}`)
    const unread = refusal(() => inspect('x'))
    assert.equal(unread.message, unread.reason)
    t.diagnostic(`${cases.length} errors`)
})

test('credentials are one thing, are read from the environment, and never two texts', () => {
    const { Credentials, Issuer } = face
    const env = { AGORA_APP_ID: APP_ID, AGORA_APP_CERTIFICATE: APP_CERTIFICATE }
    for (const credentials of [new Credentials(CREDENTIALS), Credentials.fromEnv(env)]) {
        assert.deepEqual(Object.keys(credentials), ['appId'])
        assert.equal(JSON.stringify(credentials), JSON.stringify({ appId: APP_ID }))
        assert.ok(verifier.verify(new Issuer(credentials).issue({ uid: 42, rtm: true }).token).valid)
    }
    assert.equal(Issuer.fromEnv({}, env).appId, APP_ID)
    const swapped = refusal(() => new Issuer(APP_CERTIFICATE, APP_ID))
    assert.deepEqual([swapped.code, swapped.field], ['INVALID_APP_ID', 'credentials'])
    assert.match(swapped.message, /\{ appId, appCertificate \} expected: two texts are soon swapped/)
    for (const [environment, field, message] of [
        [{}, 'AGORA_APP_ID', /^AGORA_APP_ID is not set in the environment$/],
        [{ AGORA_APP_ID: APP_ID }, 'AGORA_APP_CERTIFICATE', /^AGORA_APP_CERTIFICATE is not set/],
        [{ ...env, AGORA_APP_CERTIFICATE: `${APP_CERTIFICATE}\n` }, 'AGORA_APP_CERTIFICATE', /ends in a newline$/],
        [{ ...env, AGORA_APP_ID: APP_CERTIFICATE }, 'AGORA_APP_CERTIFICATE', /is the App ID too/],
    ]) {
        for (const read of [Credentials, Issuer, face.Verifier]) {
            const error = refusal(() =>
                read === Credentials ? read.fromEnv(environment) : read.fromEnv({}, environment),
            )
            assert.deepEqual([error.field, error.fault], [field, 'configuration'])
            assert.match(error.message, message)
        }
    }
})

test('a user from outside is a uid, an account, or refused', t => {
    const { User } = face
    for (const [value, uid, account] of [
        [42, 42, null],
        ['42', 42, null],
        [2 ** 32 - 1, 2 ** 32 - 1, null],
        ['4294967295', 2 ** 32 - 1, null],
        ['alice', null, 'alice'],
        ['4 2', null, '4 2'],
        ['42a', null, '42a'],
    ]) {
        for (const user of [User.from(value), User.fromJSON(value)]) {
            assert.deepEqual([user.uid, user.account], [uid, account])
        }
    }
    const refused = ['042', ' 42', '42 ', '+42', '-1', '4294967296', '', '0', '*', 'undefined', 'null', 'x'.repeat(256)]
    for (const value of [...refused, 4294967296, -1, 1.5, NaN, 0, true, null, undefined, {}, [42], 42n, '\ud800']) {
        const { field, fault } = refusal(() => User.from(value))
        assert.deepEqual([field, fault], ['user', 'caller'])
    }
    assert.deepEqual(refusal(() => User.uid('42')).field, 'uid')
    assert.deepEqual(refusal(() => User.account(42)).field, 'account')
    assert.equal(User.any(), User.ANY)
    assert.equal(face.Channel.any(), face.Channel.ANY)
    for (const none of [null, undefined, '', '*']) {
        assert.equal(refusal(() => face.Channel.named(none)).code, 'INVALID_CHANNEL_NAME')
    }
    t.diagnostic(`${refused.length} texts`)
})

test('what a token says at a glance stands beside its document', () => {
    const document = inspect(publisher())
    assert.deepEqual([document.channel, document.user, document.uid], ['room', '42', 42])
    assert.ok(!('channel' in JSON.parse(JSON.stringify(document))))
    const account = user => new face.Issuer(CREDENTIALS).issue({ user, rtm: true, chat: true }).token
    for (const user of ['alice', '042', '4294967296', '42x']) {
        const { channel, user: named, uid } = inspect(account(user))
        assert.deepEqual([channel, named, uid], [null, user, null])
    }
    const old = inspect(face.RtcTokenBuilder006.buildTokenWithUid(APP_ID, APP_CERTIFICATE, 'room', 42, 1))
    assert.deepEqual([old.channel, old.user, old.uid], [null, null, null])
})
