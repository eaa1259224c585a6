// The typed issuer: what its tokens hold, what is refused and under which name, what it shows.

import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { inspect as show } from 'node:util'
import { Worker } from 'node:worker_threads'

import * as face from 'agora-token-native'

import { APP_CERTIFICATE, APP_ID, CREDENTIALS, issuer, outcome, refusal, verifier } from './support.mjs'

const { AccessToken2, Channel, Grant, Issuer, RtcRole, Rtm2Permissions, User, inspect } = face

const DAY = 86_400
const wanted = { channel: 'room', user: 42, role: RtcRole.PUBLISHER }
const told = (call, code, field) => {
    const error = refusal(call)
    assert.deepEqual([error.code, error.field], [code, field], error.message)
    return error.message
}
/** A grant is refused when it is made, and so are its options when a token is wanted of them. */
const refused = (options, code, field) => {
    assert.equal(
        told(() => issuer.issue(options), code, field),
        told(() => new Grant(options), code, field),
    )
    return refusal(() => new Grant(options)).message
}
/** What the token of a grant says, service by service; the same of its options and of a `Grant`. */
const services = options => {
    const [plain, made] = [options, new Grant(options)].map(grant => inspect(issuer.issue(grant).token).services)
    assert.deepEqual(plain, made)
    return plain.map(({ type: _, ...service }) => service)
}
const privileges = options => services(options)[0].privileges
const names = options => services(options).map(({ name }) => name)

/** Permissions that make a token longer than a browser takes. */
function longPermissions() {
    const permissions = new Rtm2Permissions()
    const texts = Array.from({ length: 80 }, () => crypto.randomUUID())
    permissions.add(Rtm2Permissions.kUsers, Rtm2Permissions.kRead, texts)
    return permissions
}

test('each service is granted that is named, for as long as the token', () => {
    const publishing = { publishAudioStream: 3600, publishVideoStream: 3600, publishDataStream: 3600 }
    const rtc = account => ({
        name: 'rtc',
        privileges: { joinChannel: 3600, ...publishing },
        channel: 'room',
        account,
    })
    const rtm = userId => ({ name: 'rtm', privileges: { login: 3600 }, userId })
    const chat = userId => ({ name: 'chat', privileges: { user: 3600 }, userId })
    assert.deepEqual(services(wanted), [rtc('42')])
    assert.deepEqual(services({ user: 'alice', rtm: true }), [rtm('alice')])
    assert.deepEqual(services({ user: 'alice', chat: true }), [chat('alice')])
    assert.deepEqual(services({ ...wanted, rtm: true }), [rtc('42'), rtm('42')])
    const all = { ...wanted, user: 'alice', rtm: true, chat: true }
    assert.deepEqual(services(all), [rtc('alice'), rtm('alice'), chat('alice')])
    for (const no of [false, undefined]) assert.deepEqual(services({ ...wanted, rtm: no, chat: no }), [rtc('42')])
    for (const name of ['rtm', 'chat']) {
        for (const wrong of [null, 1, 0, 'true', {}]) refused({ ...wanted, [name]: wrong }, 'INDEX_OUT_OF_RANGE', name)
    }
})

test('a role has a name, and the number of the official builders', () => {
    for (const role of ['publisher', RtcRole.PUBLISHER, face.Role.PUBLISHER, 1]) {
        assert.equal(Object.keys(privileges({ ...wanted, role })).length, 4)
    }
    for (const role of ['subscriber', RtcRole.SUBSCRIBER, face.Role.SUBSCRIBER, 2]) {
        assert.deepEqual(privileges({ ...wanted, role }), { joinChannel: 3600 })
    }
    for (const role of [0, 3, 101, NaN, -1, 1.5, '1', 'Publisher', 'host', '', null, true, {}]) {
        refused({ ...wanted, role }, 'INVALID_ROLE', 'role')
    }
})

test('every service of the package can be granted, by number and by name', t => {
    const types = Object.values(face)
        .filter(Class => Class.prototype instanceof face.Service && 'type' in Class)
        .map(Class => Class.type)
    assert.ok(types.length >= 10)
    const inChannel = [face.ServiceRtc, face.ServiceStreaming, face.ServiceFCdn].map(Class => Class.type)
    for (const type of types) {
        const options = inChannel.includes(type) ? wanted : { user: 42 }
        const [service] = inspect(issuer.issue({ services: [type], ...options }).token).services
        assert.equal(service.type, type)
        const user = service.account ?? service.userId ?? service.userUuid
        if (user !== undefined) assert.equal(user, '42')
        if ('channel' in service) assert.equal(service.channel, 'room')
        assert.deepEqual(names({ services: [service.name], ...options }), [service.name])
    }
    // RTM and RTM2 are the same messaging, and take each other's place.
    const all = inspect(issuer.issue({ services: types, ...wanted }).token).services
    assert.equal(all.length, types.length - 1)
    t.diagnostic(`${types.length} services`)
})

test('any services grant what they need and what they are asked for', () => {
    const apaas = { services: ['apaas'], user: 'alice' }
    assert.deepEqual(services(apaas), [
        { name: 'apaas', privileges: { user: 3600 }, roomUuid: '', userUuid: 'alice', role: -1 },
    ])
    assert.deepEqual(services({ ...apaas, roomUuid: 'class', roomRole: 3, lifetime: 60 }), [
        { name: 'apaas', privileges: { roomUser: 60 }, roomUuid: 'class', userUuid: 'alice', role: 3 },
    ])
    const streaming = { services: ['streaming'], channel: Channel.ANY, user: User.ANY, role: 1 }
    assert.deepEqual(services({ ...streaming, publishLifetime: 60 }), [
        { name: 'streaming', privileges: { publishMixStream: 60, publishRawStream: 60 }, channel: '*', account: '' },
    ])
    const permissions = new Rtm2Permissions()
    assert.deepEqual(names({ services: ['rtm', 'fpa'], user: 'alice', permissions }), ['fpa', 'rtm2'])
    assert.deepEqual(names({ services: ['fpa'], user: 'alice', chat: true }), ['fpa', 'chat'])
    // With a list a channel is a channel of what is listed.
    assert.deepEqual(names({ ...streaming }), ['streaming'])
    const fpa = { services: ['fpa'], user: 'alice' }
    refused({ ...fpa, services: [] }, 'NO_SERVICES', 'services')
    for (const none of [null, 1, 'rtc', {}]) refused({ ...fpa, services: none }, 'NO_SERVICES', 'services')
    for (const none of [0, 11, 33, NaN, '1', 'RTC', undefined, -1, 65536]) {
        refused({ ...fpa, services: [none] }, 'INDEX_OUT_OF_RANGE', 'services')
    }
    for (const service of ['rtc', 'streaming']) {
        refused({ services: [service], user: 42, role: 1 }, 'INVALID_CHANNEL_NAME', 'channel')
        refused({ services: [service], user: 42, channel: 'room' }, 'INVALID_ROLE', 'role')
    }
    // A subscriber would get nothing there.
    told(() => issuer.issue({ ...streaming, role: 'subscriber' }), 'INVALID_ROLE', 'role')
    for (const none of [null, 42, '\ud800']) {
        const code = none === '\ud800' ? 'INVALID_UTF8' : 'INVALID_ROOM_UUID'
        refused({ ...apaas, roomUuid: none }, code, 'roomUuid')
    }
    for (const none of [null, '1', 0.5, 32768, -32769]) {
        refused({ ...apaas, roomUuid: 'class', roomRole: none }, 'INVALID_ROLE', 'roomRole')
    }
    refused({ ...apaas, roomRole: 3 }, 'INVALID_ROOM_UUID', 'roomUuid')
    refused({ ...fpa, servces: [] }, 'UNKNOWN_OPTION', 'servces')
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
    assert.deepEqual(services({ user: 'alice', rtm: true, permissions }), [rtm2])
    assert.deepEqual(services({ user: 'alice', permissions }), [rtm2])
    assert.deepEqual(names({ ...wanted, chat: true, permissions }).sort(), ['chat', 'rtc', 'rtm2'])
    for (const wrong of [null, {}, [], 'all']) {
        refused({ user: 'alice', rtm: true, permissions: wrong }, 'INVALID_PERMISSIONS', 'permissions')
    }
})

test('a buffer that is written over later changes no grant', () => {
    for (const Bytes of [Buffer, Uint8Array]) {
        const lobby = Bytes.from([108, 111, 98, 98, 121])
        const permissions = new Rtm2Permissions()
        permissions.add(Rtm2Permissions.kMessageChannels, Rtm2Permissions.kRead, [lobby])
        const grant = new Grant({ user: 'alice', permissions })
        lobby.fill(42)
        const [service] = inspect(issuer.issue(grant).token).services
        assert.deepEqual(service.permissions, { messageChannels: { read: ['lobby'] } })
    }
})

test('any channel and any user are asked for by name', () => {
    for (const [channel, user] of [
        [Channel.ANY, User.ANY],
        [Channel.any(), User.any()],
    ]) {
        const [service] = services({ ...wanted, channel, user })
        assert.deepEqual([service.channel, service.account], ['*', ''])
    }
    const [named] = services({ ...wanted, channel: Channel.named('here'), user: User.from('7') })
    assert.deepEqual([named.channel, named.account], ['here', '7'])
    for (const channel of ['', ' ', '*']) refused({ ...wanted, channel }, 'INVALID_CHANNEL_NAME', 'channel')
    told(() => issuer.issue({ ...wanted, rtm: true, user: User.ANY }), 'INVALID_USER_ID', 'user')
    refused({ ...wanted, user: Channel.ANY }, 'INVALID_USER_ACCOUNT', 'user')
    refused({ ...wanted, channel: User.ANY }, 'INVALID_CHANNEL_NAME', 'channel')
    const { user: _, ...nobody } = wanted
    for (const name of ['uid', 'account']) {
        const code = name === 'uid' ? 'INVALID_UID' : 'INVALID_USER_ACCOUNT'
        refused({ ...nobody, [name]: User.ANY }, code, name)
    }
})

test('a user is never turned into another', t => {
    const { user: _, ...nobody } = wanted
    const account = options => services({ ...nobody, ...options })[0].account
    for (const [options, expected] of [
        [{ user: 1 }, '1'],
        [{ user: 2 ** 32 - 1 }, '4294967295'],
        [{ user: '42' }, '42'],
        [{ user: 'é' }, 'é'],
        [{ uid: 42 }, '42'],
        [{ account: '42' }, '42'],
        [{ account: 'alice' }, 'alice'],
        [{ account: 'alice', uid: undefined, user: undefined }, 'alice'],
    ]) {
        assert.equal(account(options), expected)
    }
    let count = 0
    const each = (values, code, ...fields) => {
        for (const value of values) {
            for (const name of fields) {
                refused({ ...nobody, [name]: value }, code, name)
                refused({ [name]: value, rtm: true }, code, name)
                count++
            }
        }
    }
    each([0, -0, NaN, -1, 1.5, 2 ** 32, Infinity], 'INVALID_UID', 'user', 'uid')
    each(['42', null, true, 42n, [], {}], 'INVALID_UID', 'uid')
    const printed = ['0', '*', '', 'undefined', 'null', 'None', 'NaN', '[object Object]', 'x'.repeat(256)]
    each(printed, 'INVALID_USER_ACCOUNT', 'user', 'account')
    each([null, true, 42n, [], {}, Symbol('42'), Object('42')], 'INVALID_USER_ACCOUNT', 'user', 'account')
    each([42], 'INVALID_USER_ACCOUNT', 'account')
    each(['\ud800'], 'INVALID_UTF8', 'user', 'account')
    t.diagnostic(`${count} users refused`)
    refused({ ...nobody }, 'INVALID_USER_ACCOUNT', 'user')
    refused({ ...nobody, uid: undefined, account: undefined }, 'INVALID_USER_ACCOUNT', 'user')
    for (const [one, other] of [
        ['uid', 'account'],
        ['uid', 'user'],
        ['account', 'user'],
    ]) {
        const values = { uid: 42, account: 'alice', user: 'bob' }
        const both = { ...nobody, [one]: values[one], [other]: values[other] }
        refused(both, 'INVALID_USER_ACCOUNT', other)
    }
    const said = user => refusal(() => issuer.issue({ ...wanted, user })).message
    assert.equal(said(0), 'user is 0, which means any user; ask for any user by name')
    assert.equal(said(NaN), 'user is NaN; an integer from 1 to 4294967295 expected')
    assert.equal(said('undefined'), 'user is "undefined": a JavaScript program printed it in place of a user')
    assert.equal(said(null), 'user is null; a number, a string or a User expected')
})

test('lifetimes are durations of a day at most, longer by name', () => {
    const until = options => {
        const { token } = issuer.issue({ ...wanted, ...options })
        const { expiresIn, services } = inspect(token)
        assert.equal(services[0].privileges.joinChannel, expiresIn)
        return expiresIn
    }
    for (const life of [1, 60, 3599, DAY]) {
        assert.equal(until({ lifetime: life }), life)
        assert.equal(until({ expiresIn: life }), life)
    }
    assert.equal(until({ lifetime: undefined }), 3600)
    assert.equal(until({ lifetimeLongerThanADay: 604_800 }), 604_800)
    const all = ['lifetime', 'expiresIn', 'lifetimeLongerThanADay', 'publishLifetime', 'publishExpiresIn']
    for (const name of all) {
        refused({ ...wanted, [name]: 0 }, 'TOKEN_EXPIRE_ZERO', name)
        const message = refused({ ...wanted, [name]: 1_700_003_600 }, 'TOKEN_EXPIRE_LOOKS_LIKE_TIMESTAMP', name)
        assert.match(message, new RegExp(`^${name} is 1700003600, which looks like a Unix timestamp`))
        for (const wrong of [null, NaN, 0.5, -1, 2 ** 32, '3600', 60n, new Date(), true]) {
            refused({ ...wanted, [name]: wrong }, 'INVALID_LIFETIME', name)
        }
        if (name !== 'lifetimeLongerThanADay') refused({ ...wanted, [name]: DAY + 1 }, 'LIFETIME_OVER_A_DAY', name)
    }
    const both = { lifetime: 60, lifetimeLongerThanADay: 604_800 }
    refused({ ...wanted, ...both }, 'INVALID_LIFETIME', 'lifetimeLongerThanADay')
    refused({ ...wanted, lifetime: 60, expiresIn: 60 }, 'INVALID_LIFETIME', 'expiresIn')
})

test('publishing may end earlier, and pass a day where the token may', () => {
    const lives = options => {
        const { joinChannel, ...publishing } = privileges({ ...wanted, ...options })
        assert.deepEqual(Object.keys(publishing), ['publishAudioStream', 'publishVideoStream', 'publishDataStream'])
        assert.equal(new Set(Object.values(publishing)).size, 1)
        return [joinChannel, publishing.publishAudioStream]
    }
    for (const name of ['publishLifetime', 'publishExpiresIn']) {
        assert.deepEqual(lives({ lifetime: 600, [name]: 60 }), [600, 60])
        assert.deepEqual(lives({ lifetime: 60, [name]: 600 }), [60, 60])
        assert.deepEqual(lives({ lifetimeLongerThanADay: 7 * DAY, [name]: 2 * DAY }), [7 * DAY, 2 * DAY])
        refused({ ...wanted, lifetime: DAY, [name]: 2 * DAY }, 'LIFETIME_OVER_A_DAY', name)
    }
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
        const { token, issuedAt, expiresAt, refreshAfter } = issuer.issue({ ...wanted, lifetime })
        assert.ok(Math.abs(issuedAt - Date.now() / 1000) <= 5)
        assert.deepEqual([expiresAt, refreshAfter], [issuedAt + lifetime, issuedAt + lifetime - ahead])
        const read = AccessToken2.parse(token)
        assert.deepEqual([read.issueTs, read.expiresAt, read.appId], [issuedAt, expiresAt, APP_ID])
        assert.ok(read.verifySignature(APP_CERTIFICATE))
    }
})

test('a long token needs to be allowed', () => {
    const long = { user: 'alice', permissions: longPermissions() }
    assert.match(
        told(() => issuer.issue(long), 'TOKEN_TOO_LONG', 'token'),
        /2047/,
    )
    for (const no of [false, undefined]) {
        told(() => issuer.issue({ ...long, allowLongToken: no }), 'TOKEN_TOO_LONG', 'token')
    }
    const { token } = issuer.issue({ ...long, allowLongToken: true })
    assert.ok(token.length > 2047)
    for (const wrong of [null, 0, 1, 'true']) {
        refused({ ...long, allowLongToken: wrong }, 'INDEX_OUT_OF_RANGE', 'allowLongToken')
    }
})

test('a grant may be named after its services, and is of these alone', () => {
    const permissions = new Rtm2Permissions()
    permissions.add(Rtm2Permissions.kUsers, Rtm2Permissions.kRead, ['bob'])
    const common = { lifetime: 600, allowLongToken: true }
    const rtc = { channel: 'room', role: 'publisher', publishLifetime: 60 }
    for (const [name, of, options] of [
        ['rtc', ['rtc'], rtc],
        ['rtm', ['rtm'], {}],
        ['chat', ['chat'], {}],
        ['rtcRtm', ['rtc', 'rtm'], rtc],
        ['rtcRtmChat', ['rtc', 'rtm', 'chat'], rtc],
    ]) {
        for (const user of [{ uid: 42 }, { account: 'alice' }, { user: User.uid(42) }]) {
            const all = { ...common, ...options, ...user }
            const grant = Grant[name](all)
            assert.ok(grant instanceof Grant)
            assert.deepEqual({ ...grant }, { ...all, services: of })
            const said = inspect(issuer.issue(grant).token)
            assert.equal(said.expiresIn, 600)
            assert.deepEqual(
                said.services.map(service => service.name),
                of,
            )
            assert.deepEqual(said.services, inspect(issuer.issue({ ...all, services: of }).token).services)
            // As for every grant, what is inherited counts.
            assert.equal(inspect(issuer.issue(Grant[name](Object.create(all))).token).expiresIn, 600)
        }
        const spoilt = (more, code, field) => told(() => Grant[name]({ uid: 42, ...options, ...more }), code, field)
        for (const other of ['rtm', 'chat', 'services', 'roomUuid', 'roomRole']) {
            spoilt({ [other]: undefined }, 'UNKNOWN_OPTION', other)
        }
        spoilt({ chanel: 'room' }, 'UNKNOWN_OPTION', 'chanel')
        spoilt({ uid: 0 }, 'INVALID_UID', 'uid')
        spoilt({ uid: undefined }, 'INVALID_USER_ACCOUNT', 'user')
        for (const none of [undefined, null, 'room', [], 42]) {
            told(() => Grant[name](none), 'UNKNOWN_OPTION', 'grant')
        }
        if (of.includes('rtc')) {
            spoilt({ channel: undefined }, 'INVALID_CHANNEL_NAME', 'channel')
            spoilt({ channel: '' }, 'INVALID_CHANNEL_NAME', 'channel')
            spoilt({ role: undefined }, 'INVALID_ROLE', 'role')
            assert.match(spoilt({ role: 'admin' }, 'INVALID_ROLE', 'role'), /'publisher' or 'subscriber'/)
        } else {
            for (const other of Object.keys(rtc)) spoilt({ [other]: rtc[other] }, 'UNKNOWN_OPTION', other)
        }
        if (of.includes('rtm')) {
            const restricted = Grant[name]({ uid: 42, ...options, permissions })
            assert.deepEqual(
                inspect(issuer.issue(restricted).token)
                    .services.map(service => service.name)
                    .sort(),
                of.map(service => (service === 'rtm' ? 'rtm2' : service)).sort(),
            )
        } else spoilt({ permissions }, 'UNKNOWN_OPTION', 'permissions')
    }
})

test('what a grant lacks, or has too much of, is refused', () => {
    const { channel, user, role } = wanted
    for (const none of [{}, { user }, { user, role }, { user, role, channel: undefined }]) {
        refused(none, 'INVALID_CHANNEL_NAME', 'channel')
    }
    // The channel was meant, and came out as nothing.
    refused({ user, role, channel: undefined, rtm: true }, 'INVALID_CHANNEL_NAME', 'channel')
    refused({ user, publishLifetime: 60, rtm: true }, 'INVALID_CHANNEL_NAME', 'channel')
    refused({ channel, role }, 'INVALID_USER_ACCOUNT', 'user')
    refused({ channel, user }, 'INVALID_ROLE', 'role')
    for (const wrong of ['admin', 'attendee', 'PUBLISHER', '1', '', 0, 101]) {
        assert.match(refused({ ...wanted, role: wrong }, 'INVALID_ROLE', 'role'), /publisher.* or .*subscriber/)
    }
    for (const wrong of ['café', 'x'.repeat(64), 42, null, ['room']]) {
        refused({ ...wanted, channel: wrong }, 'INVALID_CHANNEL_NAME', 'channel')
    }
    refused({ ...wanted, chanel: 'room' }, 'UNKNOWN_OPTION', 'chanel')
    refused(Object.create({ ...wanted, chanel: 'room' }), 'UNKNOWN_OPTION', 'chanel')
    for (const none of [undefined, null, 42, 'room', [], new Map()]) refused(none, 'UNKNOWN_OPTION', 'grant')
})

test('an option that no service takes is refused, for it would change nothing', () => {
    const classroom = { services: ['apaas'], user: 42 }
    for (const [services, options, code, field] of [
        [{ services: ['rtm'] }, { channel: 'room' }, 'INVALID_CHANNEL_NAME', 'channel'],
        [{ services: ['rtm'] }, { channel: Channel.ANY }, 'INVALID_CHANNEL_NAME', 'channel'],
        [{ services: ['chat', 'fpa'] }, { role: 'publisher' }, 'INVALID_ROLE', 'role'],
        [{ services: ['rtm'] }, { publishLifetime: 60 }, 'INVALID_LIFETIME', 'publishLifetime'],
        [{ services: ['stt'] }, { publishExpiresIn: 60 }, 'INVALID_LIFETIME', 'publishExpiresIn'],
        [{ rtm: true }, { roomUuid: 'class' }, 'INVALID_ROOM_UUID', 'roomUuid'],
        [{ channel: 'room', role: 1 }, { roomUuid: 'class', roomRole: 1 }, 'INVALID_ROOM_UUID', 'roomUuid'],
        [classroom, { channel: 'room' }, 'INVALID_CHANNEL_NAME', 'channel'],
        [classroom, { role: 1 }, 'INVALID_ROLE', 'role'],
    ]) {
        const all = { user: 42, ...services, ...options }
        assert.match(refused(all, code, field), /is given, but no service of the grant takes it$/)
        const without = Object.fromEntries(Object.keys(options).map(name => [name, undefined]))
        assert.equal(
            outcome(() => new Grant({ ...all, ...without })),
            'ok',
        )
    }
})

test('what an object inherits counts, and the getter of a class too', async () => {
    class Wanted {
        channel = 'room'
        get role() {
            return 'publisher'
        }
        get lifetime() {
            return 60
        }
        toString() {
            return 'a method is no option'
        }
    }
    class WantedBy extends Wanted {
        get uid() {
            return 42
        }
    }
    const options = { channel: 'room', role: 'publisher', lifetime: 60 }
    for (const template of [
        new Wanted(),
        Object.create(options),
        Object.assign(Object.create({ lifetime: 60 }), options),
    ]) {
        const [{ token, error }] = await issuer.issueMany([42], template)
        assert.equal(error, undefined)
        assert.equal(inspect(token).expiresIn, 60)
    }
    for (const all of [new WantedBy(), Object.create({ ...options, uid: 42 })]) {
        for (const grant of [all, new Grant(all), Grant.rtc(all)]) {
            const { expiresIn, services } = inspect(issuer.issue(grant).token)
            assert.deepEqual([expiresIn, services[0].account], [60, '42'])
        }
        assert.equal(new Grant(all).lifetime, 60)
    }
    const bare = Object.assign(Object.create(null), { ...options, uid: 42 })
    assert.equal(inspect(issuer.issue(bare).token).expiresIn, 60)
    const frozen = new Issuer(Object.create({ ...CREDENTIALS, clock: 1_700_000_000 }))
    assert.equal(frozen.issue(bare).issuedAt, 1_700_000_000)
    const env = { AGORA_APP_ID: APP_ID, AGORA_APP_CERTIFICATE: APP_CERTIFICATE }
    for (const made of [
        Issuer.fromEnv(Object.create({ clock: 1_700_000_000 }), env),
        new Issuer(new face.Credentials(CREDENTIALS), Object.create({ clock: 1_700_000_000 })),
    ]) {
        assert.equal(made.issue(bare).issuedAt, 1_700_000_000)
    }
})

test('a grant shows what it was made of, and may make another', () => {
    const grant = new Grant({ ...wanted, rtm: true })
    assert.deepEqual({ ...grant }, { ...wanted, rtm: true })
    assert.equal(show(grant), "Grant { channel: 'room', user: 42, role: 1, rtm: true }")
    assert.equal(JSON.stringify(grant), JSON.stringify({ ...wanted, rtm: true }))
    assert.throws(() => (grant.user = 43), TypeError)
    assert.equal(services({ ...grant, user: 43 })[0].account, '43')
})

test('credentials are checked once, when the issuer is made', () => {
    told(() => new Issuer({ ...CREDENTIALS, appId: `${APP_ID} ` }), 'INVALID_APP_ID', 'appId')
    const spoilt = { ...CREDENTIALS, appCertificate: `${APP_CERTIFICATE}\n` }
    told(() => new Issuer(spoilt), 'INVALID_APP_CERTIFICATE', 'appCertificate')
    told(() => new Issuer(), 'UNKNOWN_OPTION', 'issuer')
    told(() => new Issuer({}), 'INVALID_APP_ID', 'appId')
    told(() => new Issuer({ appId: APP_ID }), 'INVALID_APP_CERTIFICATE', 'appCertificate')
    told(() => new Issuer({ ...CREDENTIALS, now: 1 }), 'UNKNOWN_OPTION', 'now')
    assert.equal(issuer.appId, APP_ID)
    assert.throws(() => (issuer.appId = 'another'), TypeError)
})

test('time and salt come from outside where a test wants that', async () => {
    const sources = { clock: 1_700_000_000, salt: 12_345 }
    const expected = new AccessToken2(APP_ID, APP_CERTIFICATE, 1_700_000_000, 3600)
    const rtc = new face.ServiceRtc('room', 42)
    for (const privilege of [1, 2, 3, 4]) rtc.addPrivilege(privilege, 3600)
    expected.addService(rtc).salt = 12_345
    for (const frozen of [
        new Issuer({ ...CREDENTIALS, ...sources }),
        new Issuer({ ...CREDENTIALS, clock: () => 1_700_000_000.9, salt: () => 12_345 }),
        new Issuer({ ...CREDENTIALS, clock: new Date(1_700_000_000_500), salt: 12_345 }),
        new Issuer(new face.Credentials(CREDENTIALS), { clock: () => new Date(1_700_000_000_000), salt: 12_345 }),
        Issuer.fromEnv(sources, { AGORA_APP_ID: APP_ID, AGORA_APP_CERTIFICATE: APP_CERTIFICATE }),
    ]) {
        const issued = frozen.issue(wanted)
        assert.equal(issued.token, expected.build())
        assert.deepEqual({ ...issued }, { ...frozen.issue(new Grant(wanted)) })
        assert.deepEqual(
            [issued.issuedAt, issued.expiresAt, issued.refreshAfter],
            [1_700_000_000, 1_700_003_600, 1_700_003_240],
        )
        const [one, other] = await frozen.issueMany([wanted, wanted])
        assert.deepEqual([one.token, other.token], [issued.token, issued.token])
        const [user, none] = await frozen.issueMany([42, 0], { channel: 'room', role: 1 })
        assert.deepEqual([user.token, none.error.code], [issued.token, 'INVALID_UID'])
    }
    // One of both is enough, and a function is asked anew for every token.
    let salt = 0
    const counting = new Issuer({ ...CREDENTIALS, salt: () => ++salt })
    const salts = Array.from({ length: 3 }, () => inspect(counting.issue(wanted).token).salt)
    assert.deepEqual(salts, [1, 2, 3])
    const still = new Issuer({ ...CREDENTIALS, clock: 1_700_000_000 })
    assert.notEqual(still.issue(wanted).token, still.issue(wanted).token)
    for (const wrong of [null, NaN, -1, '0', Date.now(), new Date(NaN)]) {
        told(() => new Issuer({ ...CREDENTIALS, clock: wrong }), 'INVALID_TIMESTAMP', 'clock')
        const later = new Issuer({ ...CREDENTIALS, clock: () => wrong })
        told(() => later.issue(wanted), 'INVALID_TIMESTAMP', 'clock')
    }
    told(() => new Issuer({ ...CREDENTIALS, clock: 2 ** 32 }), 'CLOCK_OUT_OF_RANGE', 'clock')
    for (const wrong of [null, NaN, -1, 0.5, 2 ** 32, '0']) {
        told(() => new Issuer({ ...CREDENTIALS, salt: wrong }), 'INVALID_SALT', 'salt')
        const later = new Issuer({ ...CREDENTIALS, salt: () => wrong })
        told(() => later.issue(wanted), 'INVALID_SALT', 'salt')
    }
    told(() => new Issuer({ ...CREDENTIALS, salt: () => undefined }).issue(wanted), 'INVALID_SALT', 'salt')
})

test('a grant is good for many tokens, each of its own', () => {
    const grant = new Grant(wanted)
    const tokens = Array.from({ length: 200 }, () => issuer.issue(grant).token)
    assert.equal(new Set(tokens).size, tokens.length)
    for (const token of tokens) verifier.verify(token, { channel: 'room', uid: 42 })
    // What it was made from may change afterwards.
    const changing = { ...wanted }
    const made = new Grant(changing)
    changing.user = 43
    assert.equal(inspect(issuer.issue(made).token).services[0].account, '42')
    const [permissions, bytes] = [new Rtm2Permissions(), new Uint8Array([255])]
    permissions.add(0, 0, [bytes])
    const messaging = new Grant({ user: 'alice', permissions })
    bytes[0] = 254
    permissions.add(0, 0, [])
    const [service] = inspect(issuer.issue(messaging).token).services
    assert.deepEqual(service.permissions, { messageChannels: { read: [{ hex: 'ff' }] } })
})

test('what was issued goes to the client whole, and into a log without the token', () => {
    const issued = issuer.issue(wanted)
    assert.deepEqual(JSON.parse(JSON.stringify(issued)), { ...issued })
    assert.deepEqual(Object.keys(issued), ['token', 'issuedAt', 'expiresAt', 'refreshAfter'])
    for (const shown of [show(issued), show({ issued }, { depth: null, showHidden: true }), `${issued}`]) {
        assert.ok(!shown.includes(issued.token.slice(0, 20)), shown)
    }
    assert.match(show(issued), /^IssuedToken \{ ?\s*token: '\[redacted\]',\s+issuedAt: \d+,/)
    assert.throws(() => (issued.token = ''), TypeError)
    for (const object of [issuer, new Grant(wanted)]) {
        const shown = show(object, { depth: null, showHidden: true }) + JSON.stringify(object)
        assert.ok(!shown.includes(APP_CERTIFICATE), shown)
    }
    assert.deepEqual(Object.keys(issuer), ['appId'])
})

test('no error of an issuer holds a certificate', () => {
    for (const appCertificate of [`${APP_CERTIFICATE}\n`, APP_CERTIFICATE.slice(1), `"${APP_CERTIFICATE}"`]) {
        const error = refusal(() => new Issuer({ appId: APP_ID, appCertificate }))
        assert.ok(!`${error.stack}${show(error)}`.includes(APP_CERTIFICATE.slice(2, -2)))
    }
    // Long texts in the wrong place are not quoted either.
    for (const name of ['role', 'lifetime', 'allowLongToken', 'permissions', 'rtm', 'services', APP_CERTIFICATE]) {
        const error = refusal(() => issuer.issue({ ...wanted, [name]: APP_CERTIFICATE }))
        assert.ok(!show(error).includes(APP_CERTIFICATE))
    }
})

test('the names for any channel and any user outlive a second loading', () => {
    const require = createRequire(import.meta.url)
    const first = require('agora-token-native')
    for (const file of Object.keys(require.cache)) delete require.cache[file]
    const second = require('agora-token-native')
    assert.notEqual(second.Grant, first.Grant)
    const grant = () => new second.Grant({ ...wanted, channel: Channel.ANY, user: User.ANY })
    assert.equal(outcome(grant), 'ok')
    assert.equal(new second.Grant({ ...wanted, user: User.from('7') }).user.uid, 7)
})

/** How often the event loop turned meanwhile. */
async function turnsOf(work) {
    let turns = 0
    const turning = setInterval(() => turns++, 0)
    const result = await work()
    clearInterval(turning)
    return [turns, result]
}

test('many tokens at once come in the order of their rows, with the event loop turning', async () => {
    const users = Array.from({ length: 20_000 }, (_, index) => index + 1)
    for (const work of [
        () => issuer.issueMany(users, { channel: 'room', role: 'publisher' }),
        () => issuer.issueMany(users.map(uid => ({ channel: 'room', uid, role: 'publisher' }))),
    ]) {
        const [turns, issued] = await turnsOf(work)
        assert.ok(turns > 5, `${turns} turns`)
        assert.equal(new Set(issued.map(({ token }) => token)).size, users.length)
        for (const [index, row] of issued.entries()) {
            assert.ok(row instanceof face.IssuedToken && row.error === undefined)
            assert.deepEqual([row.expiresAt - row.issuedAt, row.refreshAfter - row.issuedAt], [3600, 3240])
            if (index % 97 === 0) verifier.verify(row.token, { channel: 'room', uid: index + 1 })
        }
    }
    assert.deepEqual(await issuer.issueMany([]), [])
    assert.deepEqual(await issuer.issueMany([], { channel: 'room', role: 1 }), [])
})

test('one bad row loses nothing', async () => {
    const users = [1, 0, 'alice', null, User.from('9'), undefined, 'undefined', 2 ** 32, User.ANY, User.account('bob')]
    const rows = await issuer.issueMany(users, { channel: 'room', role: 'subscriber', rtm: true, lifetime: 60 })
    assert.deepEqual(
        rows.map(({ token, error }) => error?.code ?? inspect(token).user),
        [
            ...['1', 'INVALID_UID', 'alice', 'INVALID_USER_ACCOUNT', '9', 'INVALID_USER_ACCOUNT'],
            ...['INVALID_USER_ACCOUNT', 'INVALID_UID', 'INVALID_USER_ID', 'bob'],
        ],
    )
    for (const { error } of rows.filter(({ error }) => error)) {
        assert.ok(error instanceof face.InputError)
        assert.deepEqual([error.field, error.fault], ['user', 'caller'])
    }
    // A long way in, in the middle of a batch and at its ends.
    const many = Array.from({ length: 5000 }, (_, at) => (at % 1024 === 0 || at === 1500 ? { uid: at } : { ...wanted }))
    const grants = await issuer.issueMany(many)
    grants.forEach(({ token, error }, at) => {
        if (at % 1024 === 0 || at === 1500) assert.equal(error.code, 'INVALID_CHANNEL_NAME')
        else assert.match(token, /^007/)
    })
    // Only bad ones, and holes.
    const [turns, bad] = await turnsOf(() => issuer.issueMany(new Array(5000)))
    assert.ok(turns > 0 && bad.every(({ error }) => error.code === 'UNKNOWN_OPTION'))
    const holed = await issuer.issueMany([new Grant(wanted), , wanted])
    assert.deepEqual(
        holed.map(({ error }) => error?.code),
        [undefined, 'UNKNOWN_OPTION', undefined],
    )
    class Odd extends Array {
        static get [Symbol.species]() {
            return class {}
        }
    }
    assert.equal((await issuer.issueMany(Odd.of(wanted, wanted))).length, 2)
    assert.equal((await issuer.issueMany(new Set([1, 2, 3]), { channel: 'room', role: 1 })).length, 3)
    const drawn = (function* () {
        yield wanted
        yield wanted
    })()
    assert.equal((await issuer.issueMany(drawn)).length, 2)
})

test('a user is the same among many as alone, wherever time and salt come from', async () => {
    const template = { channel: 'room', role: 'subscriber' }
    const users = [1, 0, NaN, -0, '42', '', '*', 'alice', '\ud800', null, undefined, true, 42n, Symbol('42'), [], {}]
    users.push(Channel.ANY, User.ANY, User.any(), User.uid(7), User.account('bob'))
    const said = ({ token, error }) => error?.message ?? inspect(token).services[0].account
    const clock = 1_700_000_000
    for (const each of [
        issuer,
        ...[{ clock }, { salt: 1 }].map(sources => new Issuer({ ...CREDENTIALS, ...sources })),
    ]) {
        const alone = users.map(user => {
            if (user === undefined) return 'user is undefined; a number, a string or a User expected'
            try {
                return said(each.issue({ ...template, user }))
            } catch (error) {
                return error.message
            }
        })
        assert.deepEqual((await each.issueMany(users, template)).map(said), alone)
        assert.equal(said((await each.issueMany([User.ANY], template))[0]), '')
    }
})

test('what is wrong with all rows is told at once', async () => {
    const rejected = async (...args) => {
        const error = await issuer.issueMany(...args).then(assert.fail, error => error)
        assert.ok(error instanceof face.AgoraTokenError)
        return [error.code, error.field]
    }
    for (const none of [undefined, null, 'grants', 42, {}]) {
        assert.deepEqual(await rejected(none), ['NO_SERVICES', 'grants'])
        assert.deepEqual(await rejected(none, wanted), ['NO_SERVICES', 'users'])
    }
    assert.deepEqual(await rejected([1], { channel: 'room' }), ['INVALID_ROLE', 'role'])
    assert.deepEqual(await rejected([1], { chanel: 'room' }), ['UNKNOWN_OPTION', 'chanel'])
    assert.deepEqual(await rejected([1], { ...wanted, lifetime: 1e6, user: undefined }), [
        'LIFETIME_OVER_A_DAY',
        'lifetime',
    ])
    for (const none of [null, 'room', 42]) assert.equal((await rejected([1], none))[0], 'UNKNOWN_OPTION')
    for (const name of ['user', 'uid', 'account']) {
        assert.deepEqual(await rejected([1], { channel: 'room', role: 1, [name]: 42 }), ['INVALID_USER_ACCOUNT', name])
    }
    const broken = (function* () {
        yield wanted
        throw new RangeError('broken')
    })()
    await assert.rejects(issuer.issueMany(broken), RangeError)
})

test('a thread may end in the middle of minting many', async () => {
    const worker = new Worker(
        `const { Issuer } = require('agora-token-native')
         const issuer = new Issuer({ appId: '${APP_ID}', appCertificate: '${APP_CERTIFICATE}' })
         issuer.issueMany(Array(50_000).fill(42), { channel: 'room', role: 'publisher' })
         require('node:worker_threads').parentPort.postMessage('minting')`,
        { eval: true },
    )
    // A bridge that touched the thread's values after its end would end the process.
    await new Promise(resolve => worker.once('message', resolve))
    assert.equal(await worker.terminate(), 1)
})
