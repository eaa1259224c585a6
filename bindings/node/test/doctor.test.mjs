// The doctor: every case of tests/doctor, word for word and counted, and how an attempt is told.

import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { inspect as show } from 'node:util'

import { AccessToken2, Channel, FindingCode, RtcTokenBuilder, ServiceRtc, User, diagnose } from 'agora-token-native'

import { APP_CERTIFICATE, APP_ID, CHECKOUT, camelCase, eachCase, issuer, read, refusal } from './support.mjs'

const codes = (token, attempt) => diagnose(token, attempt).findings.map(finding => finding.code)
const good = () => RtcTokenBuilder.buildTokenWithUid(APP_ID, APP_CERTIFICATE, 'room', 42, 1, 3600)

/** An attempt of the files has the names of C, or older ones. */
const NAMES = { channel_name: 'channel', user_account: 'account' }
const attemptOf = attempt =>
    Object.fromEntries(Object.entries(attempt).map(([name, value]) => [NAMES[name] ?? camelCase(name), value]))

const files = readdirSync(join(CHECKOUT, 'tests/doctor')).filter(name => name.endsWith('.json'))
const FINDINGS = files.filter(name => name !== 'scenarios.json')

for (const file of FINDINGS) {
    const { code, count, cases } = JSON.parse(read(`tests/doctor/${file}`))
    const nameOf = ({ situation }) => situation
    eachCase(file, cases, count, nameOf, ({ token, attempt, findings }) => {
        const found = diagnose(token, attemptOf(attempt)).findings
        assert.deepEqual(found, findings)
        const first = found.slice(0, 2).map(finding => finding.code)
        assert.ok(first.includes(code))
        const shown = JSON.stringify(found)
        assert.ok(!shown.includes(APP_CERTIFICATE), shown)
    })
}

test('every finding has its file', () => {
    const found = FINDINGS.map(file => JSON.parse(read(`tests/doctor/${file}`)).code)
    assert.deepEqual(
        found.map(code => `${code.toLowerCase()}.json`),
        FINDINGS,
    )
    assert.deepEqual(found.sort(), Object.keys(FindingCode).sort())
})

const { count, scenarios } = JSON.parse(read('tests/doctor/scenarios.json'))
eachCase(
    'scenarios.json',
    scenarios,
    count,
    ({ id }) => id,
    ({ token, attempt, expected }) => assert.ok(codes(token, attemptOf(attempt)).slice(0, 2).includes(expected)),
)

test('a good token raises no alarm', t => {
    const attempt = { appId: APP_ID, sdk: 'web 4.20.0', certificates: [APP_CERTIFICATE] }
    let count = 0
    for (let index = 1; index <= 300; index++) {
        const user = index % 2 ? index * 7_654_321 : `user-${index}`
        const joined = typeof user === 'number' ? { uid: user } : { account: user }
        const channel = `room-${index}`
        const role = index % 3 ? 1 : 2
        for (const [grant, known] of [
            [
                { channel, user, role },
                { channel, role, service: ServiceRtc.type },
            ],
            [
                { channel, user, role, rtm: true, chat: true, lifetime: 600 },
                { channel, role },
            ],
            [{ user, rtm: true }, { service: 'rtm' }],
            [{ user, chat: true }, { service: 5 }],
        ]) {
            const { findings } = diagnose(issuer.issue(grant).token, { ...attempt, ...joined, ...known })
            assert.deepEqual(
                findings.filter(finding => finding.severity !== 'note'),
                [],
            )
            count++
        }
    }
    t.diagnostic(`${count} tokens`)
})

test('what is undefined is not known, and the time is now unless given', () => {
    const token = good()
    const nothing = ['appId', 'channel', 'uid', 'account', 'user', 'service', 'role', 'at', 'sdk', 'error']
    const certificates = ['appCertificate', 'certificate', 'appCertificates', 'certificates']
    const undefineds = Object.fromEntries([...nothing, ...certificates, 'redact'].map(name => [name, undefined]))
    assert.deepEqual(diagnose(token, undefineds), diagnose(token))
    assert.deepEqual(codes(token), ['SIGNATURE_NOT_CHECKED'])
    assert.deepEqual(codes(token, { certificates: [APP_CERTIFICATE] }), [])
    const { issueTs, expiresAt } = AccessToken2.parse(token)
    assert.equal(codes(token, { at: expiresAt })[0], 'TOKEN_EXPIRED')
    assert.equal(codes(token, { at: new Date((expiresAt + 60) * 1000) })[0], 'TOKEN_EXPIRED')
    assert.equal(codes(token, { at: issueTs - 3600 })[0], 'TOKEN_NOT_YET_VALID')
    const old = new AccessToken2(APP_ID, APP_CERTIFICATE, 1_700_000_000, 60).addService(new ServiceRtc('room', 42))
    assert.ok(codes(old.build()).includes('TOKEN_EXPIRED'))
    // A uid and an account are two things, and uid 0 is known.
    assert.equal(codes(token, { account: 'alice' })[0], 'UID_TOKEN_FOR_ACCOUNT')
    assert.equal(codes(token, { user: 'alice' })[0], 'UID_TOKEN_FOR_ACCOUNT')
    assert.equal(codes(token, { user: User.from('43') })[0], 'USER_DIFFERS')
    assert.equal(codes(token, { channel: Channel.named('lobby') })[0], 'CHANNEL_DIFFERS')
    for (const name of ['appCertificate', 'certificate'])
        assert.deepEqual(codes(token, { [name]: APP_CERTIFICATE }), [])
    const two = { appCertificate: '0'.repeat(32), appCertificates: [APP_CERTIFICATE] }
    assert.deepEqual(codes(token, two), [])
    assert.equal(codes(token, { uid: 43 })[0], 'USER_DIFFERS')
    assert.equal(codes(token, { uid: 0 })[0], 'USER_DIFFERS')
    // An error as the number that it is, or in text.
    assert.deepEqual(diagnose(token, { error: 110 }), diagnose(token, { error: '110' }))
    assert.equal(codes(token, { error: 119 })[0], 'TOKEN_NOT_WANTED')
})

test('what is known by a getter or a prototype counts', () => {
    class Attempt {
        get channel() {
            return 'lobby'
        }
    }
    for (const attempt of [new Attempt(), Object.create({ channel: 'lobby' })]) {
        assert.equal(codes(good(), attempt)[0], 'CHANNEL_DIFFERS')
    }
})

test('two mistakes at once are both found', () => {
    const found = codes(good(), { channel: 'lobby', at: new Date(Date.now() + 1e8) })
    assert.ok(found.includes('TOKEN_EXPIRED') && found.includes('CHANNEL_DIFFERS'), `${found}`)
})

test('whatever the token is, it gets a diagnosis', t => {
    const token = good()
    const damaged = Array.from({ length: token.length }, (_, end) => token.slice(0, end))
    const others = ['', ' ', '\n', 'undefined', '\0', '😀', '006', '007', APP_CERTIFICATE, 'x'.repeat(2 ** 20)]
    for (const text of [...damaged, ...others]) {
        const { findings } = diagnose(text, { certificates: [APP_CERTIFICATE] })
        assert.equal(findings[0]?.severity, 'error', text.slice(0, 20))
        assert.ok(!JSON.stringify(findings).includes(APP_CERTIFICATE))
    }
    t.diagnostic(`${damaged.length + others.length} texts`)
})

test('a redacted diagnosis names nobody', () => {
    const attempt = { appId: '0'.repeat(32), channel: 'secret-room', account: 'bob.example', redact: true }
    const token = RtcTokenBuilder.buildTokenWithUserAccount(APP_ID, APP_CERTIFICATE, 'other-room', 'alice', 1, 3600)
    const { findings } = diagnose(token, attempt)
    assert.ok(findings.length > 2)
    const shown = JSON.stringify(findings)
    for (const name of [APP_ID, attempt.appId, 'secret-room', 'other-room', 'bob.example', 'alice']) {
        assert.ok(!shown.includes(name), `${name}: ${shown}`)
    }
    assert.ok(JSON.stringify(diagnose(token, { ...attempt, redact: false })).includes('secret-room'))
})

test('an attempt told wrongly is refused', () => {
    const token = good()
    const told = (attempt, code, field) => {
        const error = refusal(() => diagnose(token, attempt))
        assert.deepEqual([error.code, error.field], [code, field], show(attempt))
        assert.ok(!error.message.includes(APP_CERTIFICATE))
    }
    for (const uid of [null, NaN, -1, 1.5, 2 ** 32, '42', 42n]) told({ uid }, 'INVALID_UID', 'uid')
    for (const role of [null, NaN, 0, 101, '1', 'host']) told({ role }, 'INVALID_ROLE', 'role')
    for (const service of [null, NaN, 0, 999, 65536, 'rtcc']) told({ service }, 'INDEX_OUT_OF_RANGE', 'service')
    for (const at of [null, NaN, -1, '0', new Date(NaN), Date.now()]) told({ at }, 'INVALID_TIMESTAMP', 'at')
    for (const wrong of [null, 42, {}]) {
        told({ appId: wrong }, 'INVALID_APP_ID', 'appId')
        told({ channel: wrong }, 'INVALID_CHANNEL_NAME', 'channel')
        told({ account: wrong }, 'INVALID_USER_ACCOUNT', 'account')
        told({ sdk: wrong }, 'INDEX_OUT_OF_RANGE', 'sdk')
        told({ redact: wrong }, 'INDEX_OUT_OF_RANGE', 'redact')
    }
    for (const error of [null, true, {}, new Error('110')]) told({ error }, 'INDEX_OUT_OF_RANGE', 'error')
    for (const certificates of [null, APP_CERTIFICATE, {}, [null], [42]]) {
        told({ certificates }, 'INVALID_APP_CERTIFICATE', 'certificates')
    }
    told({ channel: '\ud800' }, 'INVALID_UTF8', 'channel')
    told({ uid: 42, account: 'alice' }, 'INVALID_USER_ACCOUNT', 'account')
    told({ uid: 42, user: 'alice' }, 'INVALID_USER_ACCOUNT', 'user')
    for (const user of [null, true, {}, User.ANY]) told({ user }, 'INVALID_USER_ACCOUNT', 'user')
    told({ chanelName: 'room' }, 'UNKNOWN_OPTION', 'chanelName')
    for (const none of [null, 42, 'room']) told(none, 'UNKNOWN_OPTION', 'attempt')
    for (const none of [undefined, null, 42, {}]) {
        assert.equal(refusal(() => diagnose(none)).code, 'TOKEN_VERSION')
    }
})
