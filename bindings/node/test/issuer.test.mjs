// The typed issuer: what its tokens hold, what is refused and under which name, what it shows.

import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { inspect as show } from 'node:util'
import { Worker } from 'node:worker_threads'

import * as face from 'agora-token-native'

import { APP_CERTIFICATE, APP_ID, outcome, refusal } from './support.mjs'

const { ANY_CHANNEL, ANY_USER, AccessToken2, Grant, Issuer, RtcRole, Rtm2Permissions, inspect, verify } = face

const issuer = new Issuer(APP_ID, APP_CERTIFICATE)
const wanted = { channel: 'room', user: 42, role: RtcRole.PUBLISHER }
const told = (call, code, field) => {
    const error = refusal(call)
    assert.deepEqual([error.code, error.field], [code, field], error.message)
    return error.message
}
/** What the token of a grant says, service by service. */
const services = grant => inspect(issuer.issue(grant).token).services.map(({ type: _, ...service }) => service)
const privileges = grant => services(grant)[0].privileges

test('every preset grants what its name says, for as long as the token', () => {
    const rtc = account => ({
        name: 'rtc',
        privileges: {
            joinChannel: 3600,
            publishAudioStream: 3600,
            publishVideoStream: 3600,
            publishDataStream: 3600,
        },
        channel: 'room',
        account,
    })
    const rtm = userId => ({ name: 'rtm', privileges: { login: 3600 }, userId })
    const chat = userId => ({ name: 'chat', privileges: { user: 3600 }, userId })
    assert.deepEqual(services(Grant.rtc(wanted)), [rtc('42')])
    assert.deepEqual(services(Grant.rtm({ user: 'alice' })), [rtm('alice')])
    assert.deepEqual(services(Grant.chat({ user: 'alice' })), [chat('alice')])
    assert.deepEqual(services(Grant.rtcRtm(wanted)), [rtc('42'), rtm('42')])
    const all = { ...wanted, user: 'alice' }
    assert.deepEqual(services(Grant.rtcRtmChat(all)), [rtc('alice'), rtm('alice'), chat('alice')])
    const listener = Grant.rtc({ ...wanted, role: RtcRole.SUBSCRIBER })
    assert.deepEqual(privileges(listener), { joinChannel: 3600 })
})

const DAY = 86_400
const CHANNEL = ['publishLifetime']
const PERMISSIONS = ['permissions']
/** What every preset is asked with, the services it grants, and the options that it has beside those of all. */
const PRESETS = {
    rtc: [wanted, ['rtc'], CHANNEL],
    rtm: [{ user: 42 }, ['rtm'], PERMISSIONS],
    chat: [{ user: 42 }, ['chat'], []],
    rtcRtm: [wanted, ['rtc', 'rtm'], [...CHANNEL, ...PERMISSIONS]],
    rtcRtmChat: [wanted, ['rtc', 'rtm', 'chat'], [...CHANNEL, ...PERMISSIONS]],
}
const EACH = Object.entries(PRESETS).map(([name, [needed, granted, more]]) => ({
    name,
    preset: options => Grant[name]({ ...needed, ...options }),
    granted,
    has: option => more.includes(option),
}))

/** The lifetime of each privilege, service by service. */
const lives = grant => services(grant).map(({ name, privileges }) => [name, privileges])
/** The same as it should be: in a channel the right to publish may end before the right to stay. */
const expectedLives = (granted, stay, publish = stay) =>
    granted.map(name => {
        const publishing = { publishAudioStream: publish, publishVideoStream: publish, publishDataStream: publish }
        return [
            name,
            {
                rtc: { joinChannel: stay, ...publishing },
                rtm: { login: stay },
                rtm2: { login: stay },
                chat: { user: stay },
            }[name],
        ]
    })
const expiresIn = grant => inspect(issuer.issue(grant).token).expiresIn

/** Permissions that make a token longer than a browser takes. */
function longPermissions() {
    const permissions = new Rtm2Permissions()
    const texts = Array.from({ length: 80 }, () => crypto.randomUUID())
    permissions.add(Rtm2Permissions.kUsers, Rtm2Permissions.kRead, texts)
    return permissions
}

test('every preset of the class is in the table', () => {
    const made = Object.getOwnPropertyNames(Grant).filter(name => !['length', 'name', 'prototype'].includes(name))
    // Beside them stands the one for any services.
    assert.deepEqual(made.sort(), ['of', ...Object.keys(PRESETS)].sort())
})

test('every preset looks at every option that it has, and refuses the others by name', t => {
    const tried = []
    /** What an option does with a preset. */
    const OPTIONS = {
        lifetime: ({ preset, granted }) => {
            for (const life of [1, 60, 3599, DAY]) {
                assert.deepEqual(lives(preset({ lifetime: life })), expectedLives(granted, life))
                assert.equal(expiresIn(preset({ lifetime: life })), life)
            }
            told(() => preset({ lifetime: DAY + 1 }), 'LIFETIME_OVER_A_DAY', 'lifetime')
        },
        lifetimeLongerThanADay: ({ preset, granted }) => {
            const week = preset({ lifetimeLongerThanADay: 7 * DAY })
            assert.deepEqual(lives(week), expectedLives(granted, 7 * DAY))
            assert.equal(expiresIn(week), 7 * DAY)
        },
        publishLifetime: ({ preset, granted }) => {
            assert.deepEqual(lives(preset({ publishLifetime: 60 })), expectedLives(granted, 3600, 60))
            for (const [lifetime, publishLifetime] of [
                [600, 599],
                [DAY, 1],
            ]) {
                const grant = preset({ lifetime, publishLifetime })
                assert.deepEqual(lives(grant), expectedLives(granted, lifetime, publishLifetime))
                assert.equal(expiresIn(grant), lifetime)
            }
            const week = { lifetimeLongerThanADay: 7 * DAY, publishLifetime: 60 }
            assert.deepEqual(lives(preset(week)), expectedLives(granted, 7 * DAY, 60))
            told(() => preset({ publishLifetime: DAY + 1 }), 'LIFETIME_OVER_A_DAY', 'publishLifetime')
        },
        permissions: ({ preset, granted }) => {
            const permissions = new Rtm2Permissions()
            permissions.add(Rtm2Permissions.kUsers, Rtm2Permissions.kRead, ['bob'])
            const names = granted.map(name => (name === 'rtm' ? 'rtm2' : name))
            const made = services(preset({ permissions }))
            assert.deepEqual(made.map(({ name }) => name).sort(), [...names].sort())
            const { permissions: held } = made.find(({ name }) => name === 'rtm2')
            assert.deepEqual(held, { users: { read: ['bob'] } })
        },
        allowLongToken: ({ preset, has }) => {
            for (const allowLongToken of [true, false]) {
                assert.equal(
                    outcome(() => issuer.issue(preset({ allowLongToken }))),
                    'ok',
                )
            }
            if (!has('permissions')) return
            const permissions = longPermissions()
            for (const less of [{}, { allowLongToken: false }, { lifetimeLongerThanADay: 2 * DAY }]) {
                told(() => issuer.issue(preset({ permissions, ...less })), 'TOKEN_TOO_LONG', 'token')
            }
            assert.ok(issuer.issue(preset({ permissions, allowLongToken: true })).token.length > 2047)
        },
    }
    const VALUES = { permissions: new Rtm2Permissions(), publishLifetime: 60, channel: 'room', role: 1 }
    for (const each of EACH) {
        for (const [option, check] of Object.entries(OPTIONS)) {
            const isOfAll = !(option in VALUES)
            if (isOfAll || each.has(option)) check(each)
            else told(() => each.preset({ [option]: VALUES[option] }), 'INDEX_OUT_OF_RANGE', option)
            tried.push(`${each.name} ${option}`)
        }
        for (const option of ['channel', 'role']) {
            if (each.granted.includes('rtc')) continue
            told(() => each.preset({ [option]: VALUES[option] }), 'INDEX_OUT_OF_RANGE', option)
        }
        for (const option of ['lifetme', 'allowLongerThanADay', 'publish_lifetime', 'uid']) {
            told(() => each.preset({ [option]: 60 }), 'INDEX_OUT_OF_RANGE', option)
        }
    }
    t.diagnostic(`${tried.length} options`)
})

test('every preset takes all of its options at once', () => {
    for (const { name, preset, granted, has } of EACH) {
        const options = { lifetimeLongerThanADay: 2 * DAY, allowLongToken: true }
        if (has('publishLifetime')) options.publishLifetime = 60
        if (has('permissions')) options.permissions = longPermissions()
        const names = granted.map(one => (one === 'rtm' && has('permissions') ? 'rtm2' : one))
        const expected = expectedLives(names, 2 * DAY, options.publishLifetime)
        const sorted = list => list.sort(([one], [other]) => (one < other ? -1 : 1))
        assert.deepEqual(sorted(lives(preset(options))), sorted(expected), name)
    }
})

test('every option of every preset is refused by its name', () => {
    for (const { preset, has } of EACH) {
        for (const name of ['lifetime', 'lifetimeLongerThanADay', 'publishLifetime']) {
            if (name === 'publishLifetime' && !has(name)) continue
            told(() => preset({ [name]: 0 }), 'TOKEN_EXPIRE_ZERO', name)
            told(() => preset({ [name]: 1_700_003_600 }), 'TOKEN_EXPIRE_LOOKS_LIKE_TIMESTAMP', name)
            for (const wrong of [undefined, null, NaN, 0.5, -1, 2 ** 32, '3600', true, 60n]) {
                told(() => preset({ [name]: wrong }), 'INVALID_LIFETIME', name)
            }
        }
        for (const wrong of [undefined, null, 0, 1, 'true']) {
            told(() => preset({ allowLongToken: wrong }), 'INDEX_OUT_OF_RANGE', 'allowLongToken')
        }
        if (has('permissions')) {
            for (const wrong of [undefined, null, {}, [], 'all'])
                told(() => preset({ permissions: wrong }), 'INVALID_PERMISSIONS', 'permissions')
        }
    }
})

test('every preset of a channel looks at channel, user and role', () => {
    for (const { name, granted } of EACH.filter(({ granted }) => granted.includes('rtc'))) {
        for (const [channel, user, role] of [
            ['here', 7, RtcRole.PUBLISHER],
            ['there', 'alice', RtcRole.SUBSCRIBER],
            [ANY_CHANNEL, 2 ** 32 - 1, RtcRole.SUBSCRIBER],
        ]) {
            const [rtc, ...others] = services(Grant[name]({ channel, user, role }))
            assert.deepEqual([rtc.channel, rtc.account], [channel === ANY_CHANNEL ? '*' : channel, String(user)])
            assert.equal(Object.keys(rtc.privileges).length, role === RtcRole.PUBLISHER ? 4 : 1)
            assert.deepEqual(
                others.map(({ userId }) => userId),
                Array(granted.length - 1).fill(String(user)),
            )
        }
    }
})

test('publishing may pass a day where the token may', () => {
    for (const { preset, granted, has } of EACH.filter(({ has }) => has('publishLifetime'))) {
        const grant = preset({ lifetimeLongerThanADay: 7 * DAY, publishLifetime: 2 * DAY })
        assert.deepEqual(lives(grant), expectedLives(granted, 7 * DAY, 2 * DAY))
        told(() => preset({ publishLifetime: 2 * DAY }), 'LIFETIME_OVER_A_DAY', 'publishLifetime')
        told(() => preset({ lifetime: DAY, publishLifetime: 2 * DAY }), 'LIFETIME_OVER_A_DAY', 'publishLifetime')
        const longer = { lifetimeLongerThanADay: 7 * DAY, publishLifetime: 1_700_003_600 }
        told(() => preset(longer), 'TOKEN_EXPIRE_LOOKS_LIKE_TIMESTAMP', 'publishLifetime')
    }
})

test('every service of the package can be granted', t => {
    const types = Object.values(face)
        .filter(Class => Class.prototype instanceof face.Service && 'type' in Class)
        .map(Class => Class.type)
    assert.ok(types.length >= 10)
    for (const type of types) {
        const [service] = inspect(issuer.issue(Grant.of({ services: [type], ...wanted })).token).services
        assert.equal(service.type, type)
        const user = service.account ?? service.userId ?? service.userUuid
        if (user !== undefined) assert.equal(user, '42')
        if ('channel' in service) assert.equal(service.channel, 'room')
    }
    const all = inspect(issuer.issue(Grant.of({ services: types, ...wanted })).token).services
    assert.deepEqual(
        all.map(({ type }) => type),
        types.sort((one, other) => one - other),
    )
    t.diagnostic(`${types.length} services`)
})

test('any services grant what they need and what they are asked for', () => {
    const { ServiceApaas, ServiceFpa, ServiceRtc, ServiceRtm, ServiceStreaming } = face
    const apaas = { services: [ServiceApaas.type], user: 'alice' }
    assert.deepEqual(services(Grant.of(apaas)), [
        { name: 'apaas', privileges: { user: 3600 }, roomUuid: '', userUuid: 'alice', role: -1 },
    ])
    assert.deepEqual(services(Grant.of({ ...apaas, roomUuid: 'class', roomRole: 3, lifetime: 60 })), [
        { name: 'apaas', privileges: { roomUser: 60 }, roomUuid: 'class', userUuid: 'alice', role: 3 },
    ])
    const streaming = { services: [ServiceStreaming.type], channel: ANY_CHANNEL, user: ANY_USER, role: 1 }
    assert.deepEqual(services(Grant.of({ ...streaming, publishLifetime: 60 })), [
        { name: 'streaming', privileges: { publishMixStream: 60, publishRawStream: 60 }, channel: '*', account: '' },
    ])
    const permissions = new Rtm2Permissions()
    const messaging = services(Grant.of({ services: [ServiceRtm.type, ServiceFpa.type], user: 'alice', permissions }))
    assert.deepEqual(
        messaging.map(({ name }) => name),
        ['fpa', 'rtm2'],
    )
    const fpa = { services: [ServiceFpa.type], user: 'alice' }
    told(() => Grant.of({ ...fpa, services: [] }), 'NO_SERVICES', 'services')
    for (const none of [undefined, null, 1, 'rtc'])
        told(() => Grant.of({ ...fpa, services: none }), 'NO_SERVICES', 'services')
    for (const none of [0, 11, 33, NaN, '1', undefined, -1, 65536]) {
        told(() => Grant.of({ ...fpa, services: [none] }), 'INDEX_OUT_OF_RANGE', 'services')
    }
    for (const type of [ServiceRtc.type, ServiceStreaming.type]) {
        told(() => Grant.of({ services: [type], user: 42, role: 1 }), 'INVALID_CHANNEL_NAME', 'channel')
        told(() => Grant.of({ services: [type], user: 42, channel: 'room' }), 'INVALID_ROLE', 'role')
    }
    for (const none of [undefined, null, 42, '\ud800']) {
        const code = none === '\ud800' ? 'INVALID_UTF8' : 'INVALID_ROOM_UUID'
        told(() => Grant.of({ ...apaas, roomUuid: none }), code, 'roomUuid')
    }
    for (const none of [undefined, null, '1', 0.5, 32768, -32769]) {
        told(() => Grant.of({ ...apaas, roomUuid: 'class', roomRole: none }), 'INVALID_ROLE', 'roomRole')
    }
    told(() => Grant.of({ ...fpa, servces: [] }), 'INDEX_OUT_OF_RANGE', 'servces')
    for (const nothing of [undefined, null, 42, 'room']) told(() => Grant.of(nothing), 'INDEX_OUT_OF_RANGE', 'grant')
})

test('permissions make messaging RTM2', () => {
    const permissions = new Rtm2Permissions()
    permissions.add(Rtm2Permissions.kMessageChannels, Rtm2Permissions.kRead, ['lobby', new Uint8Array([255])])
    const rtm2 = {
        name: 'rtm2',
        privileges: { login: 3600 },
        userId: 'alice',
        permissions: { messageChannels: { read: ['lobby', { hex: 'ff' }] } },
    }
    assert.deepEqual(services(Grant.rtm({ user: 'alice', permissions })), [rtm2])
    const names = services(Grant.rtcRtmChat({ ...wanted, permissions })).map(service => service.name)
    assert.deepEqual(names.sort(), ['chat', 'rtc', 'rtm2'])
    told(() => Grant.rtm({ user: 'alice', permissions: {} }), 'INVALID_PERMISSIONS', 'permissions')
    told(() => Grant.chat({ user: 'alice', permissions }), 'INDEX_OUT_OF_RANGE', 'permissions')
})

test('a buffer that is written over later changes no grant', () => {
    for (const Bytes of [Buffer, Uint8Array]) {
        const lobby = Bytes.from([108, 111, 98, 98, 121])
        const permissions = new Rtm2Permissions()
        permissions.add(Rtm2Permissions.kMessageChannels, Rtm2Permissions.kRead, [lobby])
        const grant = Grant.rtm({ user: 'alice', permissions })
        lobby.fill(42)
        assert.deepEqual(services(grant)[0].permissions, { messageChannels: { read: ['lobby'] } })
    }
})

test('any channel and any user are asked for by name', () => {
    const [{ channel, account }] = services(Grant.rtc({ ...wanted, channel: ANY_CHANNEL, user: ANY_USER }))
    assert.deepEqual([channel, account], ['*', ''])
    for (const channel of ['', ' ', '*']) {
        told(() => Grant.rtc({ ...wanted, channel }), 'INVALID_CHANNEL_NAME', 'channel')
    }
    const shared = Grant.rtcRtm({ ...wanted, user: ANY_USER })
    told(() => issuer.issue(shared), 'INVALID_USER_ID', 'user')
    told(() => Grant.rtc({ ...wanted, user: ANY_CHANNEL }), 'INVALID_USER_ACCOUNT', 'user')
    told(() => Grant.rtc({ ...wanted, channel: ANY_USER }), 'INVALID_CHANNEL_NAME', 'channel')
})

test('a user is never turned into another', t => {
    for (const [user, account] of [
        [1, '1'],
        [2 ** 32 - 1, '4294967295'],
        ['42', '42'],
        ['alice', 'alice'],
        ['é', 'é'],
    ]) {
        assert.equal(services(Grant.rtc({ ...wanted, user }))[0].account, account)
    }
    let count = 0
    const refused = (values, code) => {
        for (const user of values) {
            for (const preset of ['rtc', 'rtcRtm', 'rtcRtmChat']) {
                told(() => Grant[preset]({ ...wanted, user }), code, 'user')
            }
            for (const preset of ['rtm', 'chat']) told(() => Grant[preset]({ user }), code, 'user')
            count++
        }
    }
    refused([0, -0, NaN, -1, 1.5, 2 ** 32, Infinity], 'INVALID_UID')
    const printed = ['0', '*', '', 'undefined', 'null', 'None', 'NaN', '[object Object]', 'x'.repeat(256)]
    refused(printed, 'INVALID_USER_ACCOUNT')
    refused([undefined, null, true, 42n, [], {}, Symbol('42'), Object('42')], 'INVALID_USER_ACCOUNT')
    refused(['\ud800'], 'INVALID_UTF8')
    t.diagnostic(`${count} users refused`)
    const said = user => refusal(() => Grant.rtc({ ...wanted, user })).message
    assert.equal(said(0), 'user is 0, which means any user; ask for any user by name')
    assert.equal(said(NaN), 'user is NaN; an integer from 1 to 4294967295 expected')
    assert.equal(said('undefined'), 'user is "undefined": a JavaScript program printed it in place of a user')
    assert.equal(said(null), 'user is null; a number, a string or ANY_USER expected')
})

test('lifetimes are durations of a day at most, longer by name', () => {
    const until = lifetime => privileges(Grant.rtc({ ...wanted, ...lifetime })).joinChannel
    assert.equal(until({ lifetime: 1 }), 1)
    assert.equal(until({ lifetime: 86_400 }), 86_400)
    assert.equal(until({ lifetimeLongerThanADay: 604_800 }), 604_800)
    for (const name of ['lifetime', 'lifetimeLongerThanADay', 'publishLifetime']) {
        const grant = seconds => () => Grant.rtc({ ...wanted, [name]: seconds })
        told(grant(0), 'TOKEN_EXPIRE_ZERO', name)
        const message = told(grant(1_700_003_600), 'TOKEN_EXPIRE_LOOKS_LIKE_TIMESTAMP', name)
        assert.match(message, new RegExp(`^${name} is 1700003600, which looks like a Unix timestamp`))
        for (const wrong of [undefined, null, NaN, 0.5, -1, 2 ** 32, '3600', 60n, new Date()]) {
            told(grant(wrong), 'INVALID_LIFETIME', name)
        }
        if (name !== 'lifetimeLongerThanADay') told(grant(86_401), 'LIFETIME_OVER_A_DAY', name)
    }
    const both = { lifetime: 60, lifetimeLongerThanADay: 604_800 }
    told(() => Grant.rtc({ ...wanted, ...both }), 'INVALID_LIFETIME', 'lifetimeLongerThanADay')
})

test('publishing may end earlier', () => {
    assert.deepEqual(privileges(Grant.rtc({ ...wanted, lifetime: 600, publishLifetime: 60 })), {
        joinChannel: 600,
        publishAudioStream: 60,
        publishVideoStream: 60,
        publishDataStream: 60,
    })
})

test('the answer tells when the token ends and when to fetch the next', () => {
    for (const [lifetime, ahead] of [
        [1, 0],
        [40, 20],
        [60, 30],
        [300, 30],
        [3600, 360],
        [86_400, 8640],
    ]) {
        const { token, issuedAt, expiresAt, refreshAfter } = issuer.issue(Grant.rtc({ ...wanted, lifetime }))
        assert.ok(Math.abs(issuedAt - Date.now() / 1000) <= 5)
        assert.deepEqual([expiresAt, refreshAfter], [issuedAt + lifetime, issuedAt + lifetime - ahead])
        const read = AccessToken2.parse(token)
        assert.deepEqual([read.issueTs, read.expiresAt, read.appId], [issuedAt, expiresAt, APP_ID])
        assert.ok(read.verifySignature(APP_CERTIFICATE))
    }
})

test('a long token needs to be allowed', () => {
    const permissions = new Rtm2Permissions()
    const random = Array.from({ length: 80 }, () => crypto.randomUUID())
    permissions.add(Rtm2Permissions.kUsers, Rtm2Permissions.kRead, random)
    const long = { user: 'alice', permissions }
    assert.match(
        told(() => issuer.issue(Grant.rtm(long)), 'TOKEN_TOO_LONG', 'token'),
        /2047/,
    )
    told(() => issuer.issue(Grant.rtm({ ...long, allowLongToken: false })), 'TOKEN_TOO_LONG', 'token')
    const { token } = issuer.issue(Grant.rtm({ ...long, allowLongToken: true }))
    assert.ok(token.length > 2047)
    told(() => Grant.rtm({ ...long, allowLongToken: 1 }), 'INDEX_OUT_OF_RANGE', 'allowLongToken')
})

test('what a grant lacks, or has too much of, is refused', () => {
    const { channel, user, role } = wanted
    told(() => Grant.rtc({ user, role }), 'INVALID_CHANNEL_NAME', 'channel')
    told(() => Grant.rtc({ channel, role }), 'INVALID_USER_ACCOUNT', 'user')
    told(() => Grant.rtc({ channel, user }), 'INVALID_ROLE', 'role')
    told(() => Grant.rtm({}), 'INVALID_USER_ACCOUNT', 'user')
    for (const role of [0, 3, 101, NaN, '1', null, undefined]) {
        told(() => Grant.rtc({ ...wanted, role }), 'INVALID_ROLE', 'role')
    }
    for (const channel of ['café', 'x'.repeat(64), 42, null, ['room']]) {
        told(() => Grant.rtc({ ...wanted, channel }), 'INVALID_CHANNEL_NAME', 'channel')
    }
    told(() => Grant.rtc({ ...wanted, chanel: 'room' }), 'INDEX_OUT_OF_RANGE', 'chanel')
    told(() => Grant.rtm(wanted), 'INDEX_OUT_OF_RANGE', 'channel')
    for (const nothing of [undefined, null, 42, 'room']) told(() => Grant.rtc(nothing), 'INDEX_OUT_OF_RANGE', 'grant')
    for (const none of [undefined, null, {}, wanted, 'grant', Grant]) {
        told(() => issuer.issue(none), 'NO_SERVICES', 'grant')
    }
})

test('credentials are checked once, when the issuer is made', () => {
    told(() => new Issuer(`${APP_ID} `, APP_CERTIFICATE), 'INVALID_APP_ID', 'appId')
    told(() => new Issuer(APP_ID, `${APP_CERTIFICATE}\n`), 'INVALID_APP_CERTIFICATE', 'appCertificate')
    told(() => new Issuer(), 'INVALID_APP_ID', 'appId')
    assert.equal(issuer.appId, APP_ID)
    assert.throws(() => (issuer.appId = 'another'), TypeError)
})

test('a grant is good for many tokens, each of its own', () => {
    const grant = Grant.rtc(wanted)
    const tokens = Array.from({ length: 200 }, () => issuer.issue(grant).token)
    assert.equal(new Set(tokens).size, tokens.length)
    for (const token of tokens) assert.ok(verify(token, APP_CERTIFICATE, { channelName: 'room', uid: 42 }).valid)
    // What it was made from may change afterwards.
    const changing = { ...wanted }
    const made = Grant.rtc(changing)
    changing.user = 43
    assert.equal(services(made)[0].account, '42')
    const [permissions, bytes] = [new Rtm2Permissions(), new Uint8Array([255])]
    permissions.add(0, 0, [bytes])
    const messaging = Grant.rtm({ user: 'alice', permissions })
    bytes[0] = 254
    permissions.add(0, 0, [])
    assert.deepEqual(services(messaging)[0].permissions, { messageChannels: { read: [{ hex: 'ff' }] } })
})

test('what was issued goes to the client whole, and into a log without the token', () => {
    const issued = issuer.issue(Grant.rtc(wanted))
    assert.deepEqual(JSON.parse(JSON.stringify(issued)), { ...issued })
    assert.deepEqual(Object.keys(issued), ['token', 'issuedAt', 'expiresAt', 'refreshAfter'])
    for (const shown of [show(issued), show({ issued }, { depth: null, showHidden: true }), `${issued}`]) {
        assert.ok(!shown.includes(issued.token.slice(0, 20)), shown)
    }
    assert.match(show(issued), /^IssuedToken \{ ?\s*token: '\[redacted\]',\s+issuedAt: \d+,/)
    assert.throws(() => (issued.token = ''), TypeError)
    for (const object of [issuer, Grant.rtc(wanted)]) {
        const shown = show(object, { depth: null, showHidden: true }) + JSON.stringify(object)
        assert.ok(!shown.includes(APP_CERTIFICATE), shown)
    }
})

test('no error of an issuer holds a certificate', () => {
    for (const spoilt of [`${APP_CERTIFICATE}\n`, APP_CERTIFICATE.slice(1), `"${APP_CERTIFICATE}"`]) {
        const error = refusal(() => new Issuer(APP_ID, spoilt))
        assert.ok(!`${error.stack}${show(error)}`.includes(APP_CERTIFICATE.slice(2, -2)))
    }
    // Long texts in the wrong place are not quoted either.
    for (const name of ['role', 'lifetime', 'allowLongToken', 'permissions']) {
        const error = refusal(() => Grant.rtcRtm({ ...wanted, [name]: APP_CERTIFICATE }))
        assert.ok(!show(error).includes(APP_CERTIFICATE))
    }
})

test('the names for any channel and any user outlive a second loading', () => {
    const require = createRequire(import.meta.url)
    const first = require('agora-token-native')
    for (const file of Object.keys(require.cache)) delete require.cache[file]
    const second = require('agora-token-native')
    assert.notEqual(second.Grant, first.Grant)
    const grant = () => second.Grant.rtc({ ...wanted, channel: ANY_CHANNEL, user: ANY_USER })
    assert.equal(outcome(grant), 'ok')
})

test('many tokens at once come in the order of their grants, with the event loop turning', async () => {
    const grants = Array.from({ length: 20_000 }, (_, index) => Grant.rtc({ ...wanted, user: index + 1 }))
    let turns = 0
    const turning = setInterval(() => turns++, 0)
    const issued = await issuer.issueAll(grants)
    clearInterval(turning)
    assert.ok(turns > 0, 'no timer ran meanwhile')
    assert.equal(new Set(issued.map(({ token }) => token)).size, grants.length)
    for (const [index, { token, issuedAt, expiresAt, refreshAfter }] of issued.entries()) {
        assert.deepEqual([expiresAt - issuedAt, refreshAfter - issuedAt], [3600, 3240])
        if (index % 97 === 0) verify(token, APP_CERTIFICATE, { channelName: 'room', uid: index + 1 }).assertValid()
    }
    assert.deepEqual(await issuer.issueAll([]), [])
})

test('many at once are refused with the one that is wrong', async () => {
    const good = Grant.rtc(wanted)
    const rejected = async grants => {
        const error = await issuer.issueAll(grants).then(assert.fail, error => error)
        assert.ok(error instanceof face.AgoraTokenError)
        return [error.code, error.field, error.message]
    }
    const many = Array(3000).fill(good)
    assert.deepEqual(await rejected([...many, Grant.rtm({ user: ANY_USER })]), [
        'INVALID_USER_ID',
        'grants[3000].user',
        'grants[3000].user is any user; messaging, Chat and classrooms need a user of their own',
    ])
    assert.deepEqual((await rejected([good, {}])).slice(0, 2), ['NO_SERVICES', 'grants[1]'])
    assert.deepEqual((await rejected([good, undefined])).slice(0, 2), ['NO_SERVICES', 'grants[1]'])
    for (const holed of [[good, , good], new Array(2 ** 32 - 1)]) {
        const hole = holed.findIndex(grant => grant === undefined)
        assert.deepEqual((await rejected(holed)).slice(0, 2), ['NO_SERVICES', `grants[${hole}]`])
    }
    class Odd extends Array {
        static get [Symbol.species]() {
            return class {}
        }
    }
    assert.equal((await issuer.issueAll(Odd.of(good, good))).length, 2)
    assert.deepEqual((await rejected('grants')).slice(0, 2), ['NO_SERVICES', 'grants'])
    assert.deepEqual((await rejected(undefined)).slice(0, 2), ['NO_SERVICES', 'grants'])
})

test('an issuer shows its App ID alone', () => {
    assert.deepEqual(Object.keys(issuer), ['appId'])
})

test('a thread may end in the middle of minting many', async () => {
    const worker = new Worker(
        `const { Grant, Issuer } = require('agora-token-native')
         const issuer = new Issuer('${APP_ID}', '${APP_CERTIFICATE}')
         issuer.issueAll(Array(50_000).fill(Grant.rtc({ channel: 'room', user: 42, role: 1 })))
         require('node:worker_threads').parentPort.postMessage('minting')`,
        { eval: true },
    )
    // A bridge that touched the thread's values after its end would end the process.
    await new Promise(resolve => worker.once('message', resolve))
    assert.equal(await worker.terminate(), 1)
})
