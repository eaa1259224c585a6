// What every builder does with every argument that is not what it should be.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect as show } from 'node:util'

import * as face from 'agora-token-native'

import { BUILDERS, call } from './calls.mjs'
import { APP_CERTIFICATE, APP_ID, CREDENTIALS, camelCase, content, outcome, refusal, verifier } from './support.mjs'

const { AccessToken, AccessToken2, Rtm2Permissions, RtcTokenBuilder, ServiceRtc, Verifier, inspect } = face

const PLAIN = {
    app_id: APP_ID,
    app_certificate: APP_CERTIFICATE,
    channel_name: 'room',
    uid: 42,
    role: 1,
    rtc_role: 1,
    user_account: 'alice',
    rtc_account: 'alice',
    user_id: 'alice',
    rtm_user_id: 'alice',
    room_uuid: 'room',
    user_uuid: 'alice',
    permissions: new Rtm2Permissions(),
    privilege_expired_ts: 0,
}
/** An argument that is not in the list is a lifetime. */
const plain = name => PLAIN[name] ?? 3600
const plainArguments = ({ names }) => Object.fromEntries(names.map(name => [name, plain(name)]))

/** The code that a value of the wrong kind is refused with, by the argument's name. */
function codeFor(name) {
    const codes = {
        app_id: 'INVALID_APP_ID',
        app_certificate: 'INVALID_APP_CERTIFICATE',
        channel_name: 'INVALID_CHANNEL_NAME',
        uid: 'INVALID_UID',
        role: 'INVALID_ROLE',
        rtc_role: 'INVALID_ROLE',
        user_account: 'INVALID_USER_ACCOUNT',
        rtc_account: 'INVALID_USER_ACCOUNT',
        user_id: 'INVALID_USER_ID',
        rtm_user_id: 'INVALID_USER_ID',
        room_uuid: 'INVALID_ROOM_UUID',
        user_uuid: 'INVALID_USER_UUID',
        permissions: 'INVALID_PERMISSIONS',
        privilege_expired_ts: 'INVALID_TIMESTAMP',
    }
    return codes[name] ?? 'INVALID_LIFETIME'
}

const NO_NUMBERS = [
    NaN,
    0.5,
    -1,
    2 ** 32,
    Infinity,
    -Infinity,
    1e300,
    Number.MIN_VALUE,
    '0',
    '42',
    '',
    null,
    true,
    false,
    0n,
    42n,
    [],
    [42],
    {},
    Symbol('42'),
    () => 42,
    Object(42),
    new Date(),
]
const NO_TEXTS = [
    undefined,
    null,
    NaN,
    0,
    42,
    true,
    10n,
    ['room'],
    {},
    Symbol('room'),
    () => 'room',
    Object('room'),
    Buffer.from('room'),
]
const LONE_SURROGATES = ['\ud800', 'a\udc00b', 'x'.repeat(2000) + '\udbff', '\u{1f600}\ud83d']
const NO_PERMISSIONS = [undefined, null, 'all', 1, [], {}, { details: {} }]

/** Of a role of aPaaS more is a number than of the others. */
const isNumber = name => typeof plain(name) === 'number'
const hasDefault = name => ['privilege_expire', 'privilege_expired_ts'].includes(name)

function wrongValues(builder, name) {
    if (name === 'permissions') return NO_PERMISSIONS
    if (!isNumber(name)) return NO_TEXTS
    const isClassroomRole = name === 'role' && builder.method === 'buildRoomUserToken'
    const numbers = isClassroomRole ? [...NO_NUMBERS.filter(value => value !== -1), 32768, -32769] : NO_NUMBERS
    return hasDefault(name) ? numbers : [undefined, ...numbers]
}

test('a value of the wrong kind is refused with the code and the name of its argument', t => {
    let count = 0
    for (const builder of BUILDERS) {
        assert.equal(
            outcome(() => call(builder, plainArguments(builder))),
            'ok',
            builder.name,
        )
        for (const name of builder.names) {
            for (const value of wrongValues(builder, name)) {
                const error = refusal(() => call(builder, { ...plainArguments(builder), [name]: value }))
                const what = `${builder.name} ${name} ${String(value)}`
                assert.equal(error.code, codeFor(name), what)
                assert.equal(error.field, camelCase(name), what)
                assert.ok(error.message.startsWith(`${error.field} is `), error.message)
                count++
            }
        }
    }
    t.diagnostic(`${count} wrong arguments`)
})

test('half a surrogate pair is refused, not replaced', t => {
    let count = 0
    for (const builder of BUILDERS) {
        for (const name of builder.names.filter(name => typeof plain(name) === 'string')) {
            for (const value of LONE_SURROGATES) {
                const error = refusal(() => call(builder, { ...plainArguments(builder), [name]: value }))
                assert.equal(error.code, 'INVALID_UTF8')
                assert.equal(error.field, camelCase(name))
                count++
            }
        }
    }
    t.diagnostic(`${count} texts`)
    const { message } = refusal(() =>
        RtcTokenBuilder.buildTokenWithUserAccount(APP_ID, APP_CERTIFICATE, 'room', 'ab\ud800', 1, 60),
    )
    assert.equal(message, 'userAccount holds half a surrogate pair at position 3, which no UTF-8 can hold')
})

test('the documented examples of wrong arguments', () => {
    const attempt = (uid, certificate = APP_CERTIFICATE) =>
        refusal(() => RtcTokenBuilder.buildTokenWithUid(APP_ID, certificate, 'room', uid, 1, 3600))
    const said = uid => attempt(uid).message
    assert.equal(said(NaN), 'uid is NaN; an integer from 0 to 4294967295 expected')
    assert.equal(said(1.5), 'uid is 1.5; an integer from 0 to 4294967295 expected')
    assert.equal(said(-1), 'uid is -1; an integer from 0 to 4294967295 expected')
    assert.equal(said(2 ** 32), 'uid is 4294967296; an integer from 0 to 4294967295 expected')
    assert.equal(said(Infinity), 'uid is Infinity; an integer from 0 to 4294967295 expected')
    assert.equal(said('0'), 'uid is a string; an integer from 0 to 4294967295 expected')
    assert.equal(said(42n), 'uid is a BigInt; an integer from 0 to 4294967295 expected')
    assert.equal(said(undefined), 'uid is undefined; an integer from 0 to 4294967295 expected')
    assert.equal(said(null), 'uid is null; an integer from 0 to 4294967295 expected')
    const newline = attempt(42, `${APP_CERTIFICATE}\n`)
    assert.equal(newline.code, 'INVALID_APP_CERTIFICATE')
    assert.equal(newline.field, 'appCertificate')
    assert.match(newline.message, /33 characters.*ends in a newline/)
    // What the core says of an argument has the argument's name here.
    const zero = refusal(() => RtcTokenBuilder.buildTokenWithUid(APP_ID, APP_CERTIFICATE, 'room', 42, 1, 0))
    assert.equal(zero.message, 'tokenExpire is 0: the token would expire at once; seconds from now expected')
})

test('zero, and negative zero, is any user; the ends of every range are in it', () => {
    const account = (...args) =>
        inspect(RtcTokenBuilder.buildTokenWithUid(APP_ID, APP_CERTIFICATE, 'room', ...args)).services[0].account
    assert.equal(account(0, 1, 60), '')
    assert.equal(account(-0, 1, 60), '')
    assert.equal(account(1, 1, 60), '1')
    assert.equal(account(2 ** 32 - 1, 1, 60), '4294967295')
    for (const role of [-32768, 0, 32767]) {
        const token = face.ApaasTokenBuilder.buildRoomUserToken(APP_ID, APP_CERTIFICATE, 'room', 'alice', role, 60)
        assert.equal(inspect(token).services.find(service => service.name === 'apaas').role, role)
    }
})

test('a privilege without a lifetime of its own lasts as long as the token', () => {
    for (const method of ['buildTokenWithUid', 'buildTokenWithUserAccount', 'buildTokenWithRtm']) {
        const user = method === 'buildTokenWithUid' ? 42 : 'alice'
        for (const rest of [[], [undefined], [0]]) {
            const token = RtcTokenBuilder[method](APP_ID, APP_CERTIFICATE, 'room', user, 1, 3600, ...rest)
            assert.equal(inspect(token).services[0].privileges.joinChannel, 0)
        }
    }
    const token = face.RtcTokenBuilder006.buildTokenWithUid(APP_ID, APP_CERTIFICATE, 'room', 42, 1)
    assert.equal(inspect(token).privileges.joinChannel, 0)
})

test('a builder of two names is the same under both', () => {
    const names = {
        RtcTokenBuilder: ['buildTokenWithUserAccountAndPrivilege', 'BuildTokenWithUserAccountAndPrivilege'],
        RtcTokenBuilder006: ['buildTokenWithUserAccount', 'buildTokenWithAccount'],
    }
    for (const [className, pair] of Object.entries(names)) {
        const builder = BUILDERS.find(known => known.className === className && pair.includes(known.method))
        const distinct = { role: 2, privilege_expired_ts: 1_800_000_000 }
        const args = builder.names.map((name, index) => distinct[name] ?? PLAIN[name] ?? 3600 + index)
        const [one, other] = pair.map(method => content(face[className][method](...args)))
        assert.deepEqual(one, other)
    }
    // Every other method of a builder is in the table of builders.
    const tabled = new Set(BUILDERS.map(({ className, method }) => `${className}.${method}`))
    const twice = Object.entries(names).flatMap(([className, pair]) => pair.map(method => `${className}.${method}`))
    for (const [className, Class] of Object.entries(face).filter(([name]) => name.includes('TokenBuilder'))) {
        const methods = Object.getOwnPropertyNames(Class).filter(name => /^build/i.test(name))
        for (const method of methods) {
            const path = `${className}.${method}`
            assert.ok(tabled.has(path) || twice.includes(path), path)
        }
    }
})

test('texts of every length and script come through whole', t => {
    let count = 0
    for (const character of ['a', 'é', '語', '😀', '\ufffd', '\0']) {
        for (let length = 0; length < 520; length++) {
            const text = character.repeat(length)
            // The document that crosses here grows byte by byte past the room on the stack.
            const token = new AccessToken2(APP_ID, APP_CERTIFICATE)
            token.addService(new ServiceRtc(text, `${text}!`))
            const [service] = AccessToken2.parse(token.build()).services
            assert.equal(service.channelName, text)
            assert.equal(service.account, `${text}!`)
            count++
            if (Buffer.byteLength(text) < 1 || Buffer.byteLength(text) > 255) continue
            const build = () => face.RtmTokenBuilder.buildToken(APP_ID, APP_CERTIFICATE, text, 60)
            if (character === '\0') {
                assert.equal(outcome(build), 'INVALID_USER_ID')
                continue
            }
            const built = build()
            assert.equal(inspect(built).services[0].userId, text)
        }
    }
    t.diagnostic(`${count} texts`)
    assert.equal(
        outcome(() => RtcTokenBuilder.buildTokenWithUid(APP_ID, APP_CERTIFICATE, 'x'.repeat(2 ** 24), 1, 1, 60)),
        'INVALID_CHANNEL_NAME',
    )
    assert.equal(
        outcome(() => inspect('007' + 'x'.repeat(2 ** 24))),
        'TOKEN_TOO_LARGE',
    )
})

test('too many arguments, or none, do no harm', () => {
    const args = Object.values(
        plainArguments(BUILDERS.find(builder => builder.name === 'agora_build_token2_with_rtm2')),
    )
    assert.equal(
        outcome(() => RtcTokenBuilder.buildTokenWithRtm2(...args, ...args)),
        'ok',
    )
    for (const builder of BUILDERS) {
        const code = builder.names.includes('permissions') ? 'INVALID_PERMISSIONS' : 'INVALID_APP_ID'
        assert.equal(
            outcome(() => face[builder.className][builder.method]()),
            code,
        )
    }
    assert.equal(
        outcome(() => inspect()),
        'TOKEN_VERSION',
    )
    assert.equal(
        outcome(() => verifier.verify()),
        'TOKEN_VERSION',
    )
    assert.equal(
        outcome(() => new AccessToken2()),
        'INVALID_APP_ID',
    )
    assert.equal(
        outcome(() => new AccessToken()),
        'INVALID_APP_ID',
    )
})

test('the mechanism refuses what the format cannot carry', () => {
    const token = () => new AccessToken2(APP_ID, APP_CERTIFICATE).addService(new ServiceRtc('room', 42))
    const told = (call, code, field) => {
        const error = refusal(call)
        assert.deepEqual([error.code, error.field], [code, field])
    }
    for (const wrong of [NaN, 0.5, -1, 2 ** 32, '3600', null, true, 60n]) {
        told(() => new AccessToken2(APP_ID, APP_CERTIFICATE, wrong), 'INVALID_TIMESTAMP', 'issueTs')
        told(() => new AccessToken2(APP_ID, APP_CERTIFICATE, 0, wrong), 'INVALID_LIFETIME', 'expire')
        told(() => Object.assign(token(), { issueTs: wrong }).build(), 'INVALID_TIMESTAMP', 'issueTs')
        told(() => Object.assign(token(), { expire: wrong }).build(), 'INVALID_LIFETIME', 'expire')
        told(() => Object.assign(token(), { salt: wrong }).build(), 'INVALID_SALT', 'salt')
        told(() => new ServiceRtc('room', 42).addPrivilege(1, wrong), 'INVALID_LIFETIME', 'privilegeExpire')
        told(() => new ServiceRtc('room', 42).addPrivilege(wrong, 1), 'INDEX_OUT_OF_RANGE', 'privilege')
        const old = () => new AccessToken(APP_ID, APP_CERTIFICATE, 'room', 42)
        told(() => old().addPrivilege(1, wrong), 'INVALID_TIMESTAMP', 'privilegeExpiredTs')
        told(() => Object.assign(old(), { expiresAt: wrong }).build(), 'INVALID_TIMESTAMP', 'expiresAt')
        told(() => Object.assign(old(), { salt: wrong }).build(), 'INVALID_SALT', 'salt')
    }
    for (const wrong of [undefined, null, true, 7n, [], {}]) {
        told(() => new ServiceRtc(wrong, 42), 'INVALID_CHANNEL_NAME', 'channelName')
        told(() => new ServiceRtc('room', wrong), 'INVALID_USER_ACCOUNT', 'userAccount')
        told(() => new face.ServiceRtm(wrong), 'INVALID_USER_ID', 'userId')
        told(() => new AccessToken(APP_ID, APP_CERTIFICATE, 'room', wrong), 'INVALID_USER_ACCOUNT', 'userAccount')
        told(() => new AccessToken(APP_ID, APP_CERTIFICATE, wrong, 42), 'INVALID_CHANNEL_NAME', 'channelName')
        told(() => token().addService(wrong), 'NO_SERVICES', 'service')
    }
    for (const wrong of [NaN, 1.5, -1, 2 ** 32]) {
        told(() => new ServiceRtc('room', wrong), 'INVALID_UID', 'uid')
        told(() => new AccessToken(APP_ID, APP_CERTIFICATE, 'room', wrong), 'INVALID_UID', 'uid')
    }
    for (const wrong of [undefined, null, 'abc', 7, new Set(['a'])]) {
        told(() => new Rtm2Permissions().add(0, 0, wrong), 'INVALID_PERMISSIONS', 'permissions')
    }
    told(() => new Rtm2Permissions().add(0, 0, [7]), 'INVALID_PERMISSIONS', 'permissions')
    told(() => new Rtm2Permissions().add(65536, 0, []), 'INDEX_OUT_OF_RANGE', 'resourceType')
    told(() => new Rtm2Permissions().add(0, -1, []), 'INDEX_OUT_OF_RANGE', 'permissionType')
    told(() => new ServiceRtc('\ud800', 42), 'INVALID_UTF8', 'channelName')
    told(() => new AccessToken2(APP_ID, APP_CERTIFICATE).build(), 'NO_SERVICES', 'services')
    told(() => token().addService(new face.ServiceRtm2('alice', {})).build(), 'INVALID_PERMISSIONS', 'permissions')
    // A property that was set wrong is found when the token is built.
    const rtm2 = details => new face.ServiceRtm2('alice', Object.assign(new Rtm2Permissions(), { details }))
    const wrongLater = [
        [Object.assign(new ServiceRtc('room', 42), { channelName: undefined }), 'INVALID_CHANNEL_NAME'],
        [Object.assign(new ServiceRtc('room', 42), { account: {} }), 'INVALID_USER_ACCOUNT'],
        [Object.assign(new ServiceRtc('room', 42), { privileges: { 1: -1 } }), 'INVALID_LIFETIME'],
        [Object.assign(new ServiceRtc('room', 42), { privileges: { x: 1 } }), 'INDEX_OUT_OF_RANGE'],
        [Object.assign(new ServiceRtc('room', 42), { privileges: { '': 1 } }), 'INDEX_OUT_OF_RANGE'],
        [Object.assign(new ServiceRtc('room', 42), { privileges: null }), 'INDEX_OUT_OF_RANGE'],
        [Object.assign(new ServiceRtc('room', 42), { privileges: { '1': 1, '01': 2 } }), 'INDEX_OUT_OF_RANGE'],
        [Object.assign(new ServiceRtc('room', 42), { privileges: new Map([[1, 60]]) }), 'INDEX_OUT_OF_RANGE'],
        [rtm2({ '0': {}, '00': {} }), 'INDEX_OUT_OF_RANGE'],
        [rtm2(new Map()), 'INVALID_PERMISSIONS'],
        [rtm2([]), 'INVALID_PERMISSIONS'],
        [Object.assign(new face.ServiceApaas(), { role: 0.5 }), 'INVALID_ROLE'],
        ...[undefined, null, 7, { 0: null }, { 0: { 0: 'abc' } }, { 0: { 0: [7] } }].map(details => [
            rtm2(details),
            'INVALID_PERMISSIONS',
        ]),
        [rtm2({ x: {} }), 'INDEX_OUT_OF_RANGE'],
        [new (class extends face.Service {})(), 'INDEX_OUT_OF_RANGE'],
        [undefined, 'NO_SERVICES'],
    ]
    for (const [service, code] of wrongLater) {
        const built = new AccessToken2(APP_ID, APP_CERTIFICATE)
        built.services.push(service)
        assert.equal(
            outcome(() => built.build()),
            code,
        )
    }
    for (const services of [undefined, null, 'abc', {}])
        told(() => Object.assign(token(), { services }).build(), 'NO_SERVICES', 'services')
    assert.equal(
        outcome(() => token().build()),
        'ok',
    )
})

test('every property that can be set is refused by its name', t => {
    const service = (Class, args, names) => ({
        make: () => new face[Class](...args),
        build: made => new AccessToken2(APP_ID, APP_CERTIFICATE).addService(made).build(),
        names: { privileges: ['INDEX_OUT_OF_RANGE', 'privileges'], ...names },
    })
    const channel = {
        channelName: ['INVALID_CHANNEL_NAME', 'channelName'],
        account: ['INVALID_USER_ACCOUNT', 'userAccount'],
    }
    const user = { userId: ['INVALID_USER_ID', 'userId'] }
    const times = { salt: ['INVALID_SALT', 'salt'], appId: ['INVALID_APP_ID', 'appId'] }
    const objects = {
        AccessToken2: {
            make: () => new AccessToken2(APP_ID, APP_CERTIFICATE).addService(new face.ServiceFpa()),
            build: made => made.build(),
            names: {
                ...times,
                issueTs: ['INVALID_TIMESTAMP', 'issueTs'],
                expire: ['INVALID_LIFETIME', 'expire'],
                services: ['NO_SERVICES', 'services'],
            },
        },
        AccessToken: {
            make: () => new AccessToken(APP_ID, APP_CERTIFICATE, 'room', 42),
            build: made => made.build(),
            names: {
                ...times,
                ...channel,
                expiresAt: ['INVALID_TIMESTAMP', 'expiresAt'],
                privileges: ['INDEX_OUT_OF_RANGE', 'privileges'],
            },
        },
        Rtm2Permissions: {
            make: () => new Rtm2Permissions(),
            build: made => face.RtmTokenBuilder.buildTokenWithPermissions(APP_ID, APP_CERTIFICATE, 'alice', made, 60),
            names: { details: ['INVALID_PERMISSIONS', 'permissions'] },
        },
        ServiceRtc: service('ServiceRtc', ['room', 42], channel),
        ServiceRtm: service('ServiceRtm', ['alice'], user),
        ServiceStreaming: service('ServiceStreaming', ['room', 42], channel),
        ServiceFpa: service('ServiceFpa', [], {}),
        ServiceChat: service('ServiceChat', ['alice'], user),
        ServiceFCdn: service('ServiceFCdn', ['room', 42], channel),
        ServiceApaas: service('ServiceApaas', ['class', 'alice', 1], {
            roomUuid: ['INVALID_ROOM_UUID', 'roomUuid'],
            userUuid: ['INVALID_USER_UUID', 'userUuid'],
            role: ['INVALID_ROLE', 'role'],
        }),
        ServiceRtm2: service('ServiceRtm2', ['alice'], {
            ...user,
            permissions: ['INVALID_PERMISSIONS', 'permissions'],
        }),
        ServiceConvoAI: service('ServiceConvoAI', [], {}),
        ServiceStt: service('ServiceStt', [], {}),
    }
    const classes = Object.keys(face).filter(name => /^(Access|Rtm2Perm|Service.)/.test(name))
    assert.deepEqual(Object.keys(objects).sort(), classes.sort())
    let count = 0
    for (const [Class, { make, build, names }] of Object.entries(objects)) {
        assert.deepEqual(Object.keys(make()).sort(), Object.keys(names).sort(), Class)
        assert.equal(
            outcome(() => build(make())),
            'ok',
        )
        for (const [name, expected] of Object.entries(names)) {
            for (const wrong of [undefined, null, true, 7n, Symbol(name), () => name]) {
                const error = refusal(() => build(Object.assign(make(), { [name]: wrong })))
                assert.deepEqual([error.code, error.field], expected, `${Class}.${name} ${String(wrong)}`)
                count++
            }
        }
    }
    t.diagnostic(`${count} refusals`)
    // Inside of privileges, the number and the time have names of their own.
    for (const [Class, code, field] of [
        ['AccessToken', 'INVALID_TIMESTAMP', 'privilegeExpiredTs'],
        ['ServiceRtc', 'INVALID_LIFETIME', 'privilegeExpire'],
    ]) {
        const { make, build } = objects[Class]
        const told = privileges => {
            const error = refusal(() => build(Object.assign(make(), { privileges })))
            return [error.code, error.field]
        }
        assert.deepEqual(told({ 1: '60' }), [code, field])
        assert.deepEqual(told({ joinChannel: 60 }), ['INDEX_OUT_OF_RANGE', 'privilege'])
    }
})

test('a wrong option of a verifier is refused, and so is a question left open', () => {
    const token = RtcTokenBuilder.buildTokenWithUid(APP_ID, APP_CERTIFICATE, 'room', 42, 1, 3600)
    const refused = (call, code, field, what) => {
        const error = refusal(call)
        assert.deepEqual([error.code, error.field], [code, field], show(what))
    }
    const made = (options, code, field) => {
        refused(() => new Verifier({ ...CREDENTIALS, ...options }), code, field, options)
    }
    for (const wrong of [null, NaN, -1, '60', new Date(NaN), Date.now()])
        made({ clock: wrong }, 'INVALID_TIMESTAMP', 'clock')
    for (const wrong of [null, NaN, 0.5, -1, 2 ** 32, '60']) made({ leeway: wrong }, 'INVALID_LIFETIME', 'leeway')
    for (const wrong of [null, 0, 'true']) made({ ignoreTime: wrong }, 'INDEX_OUT_OF_RANGE', 'ignoreTime')
    for (const wrong of [undefined, null, 42, 'short']) made({ appId: wrong }, 'INVALID_APP_ID', 'appId')
    made({ chanel: 'room' }, 'UNKNOWN_OPTION', 'chanel')

    const told = (expected, code, field) => {
        refused(() => verifier.verify(token, expected), code, field, expected)
        refused(() => verifier.verdict(token, expected), code, field, expected)
    }
    for (const wrong of [undefined, null, NaN, -1, 2 ** 32, '42']) told({ uid: wrong }, 'INVALID_UID', 'uid')
    for (const wrong of [undefined, null, 42]) {
        told({ channel: wrong }, 'INVALID_CHANNEL_NAME', 'channel')
        told({ account: wrong }, 'INVALID_USER_ACCOUNT', 'account')
    }
    for (const wrong of [undefined, null, true, {}]) told({ user: wrong }, 'INVALID_USER_ACCOUNT', 'user')
    for (const wrong of [undefined, null, NaN, -1, 0, 11, 65536, 'rtcc'])
        told({ service: wrong }, 'INDEX_OUT_OF_RANGE', 'service')
    for (const wrong of [undefined, null, NaN, -1, 65536, 'login'])
        told({ privilege: wrong }, 'INDEX_OUT_OF_RANGE', 'privilege')
    told({ chanelName: 'room' }, 'UNKNOWN_OPTION', 'chanelName')
    // What these hold is not in their properties, so no question would be asked.
    for (const wrong of [new Map([['channel', 'other']]), ['other'], Promise.resolve({ uid: 7 }), new Date()])
        told(wrong, 'UNKNOWN_OPTION', 'expected')
    // A secret in the wrong place is not shown.
    told({ [APP_CERTIFICATE]: 1 }, 'UNKNOWN_OPTION', 'expected')
    told({ toString: 'room' }, 'UNKNOWN_OPTION', 'toString')
    told(Object.create({ chanel: 'room' }), 'UNKNOWN_OPTION', 'chanel')
    for (const wrong of [undefined, null, 42, 'room']) told(wrong, 'UNKNOWN_OPTION', 'expected')
    for (const two of [
        { uid: 42, account: 'alice' },
        { account: 'alice', uid: 42 },
        { uid: 42, user: 42 },
    ]) {
        const { code } = refusal(() => verifier.verify(token, two))
        assert.equal(code, 'INVALID_USER_ACCOUNT')
    }
    for (const [options, field] of [
        [{}, 'appCertificate'],
        [{ appCertificate: null }, 'appCertificate'],
        [{ appCertificate: [APP_CERTIFICATE] }, 'appCertificate'],
        [{ certificate: '' }, 'certificate'],
        [{ certificates: APP_CERTIFICATE }, 'certificates'],
        [{ certificates: [] }, 'appCertificate'],
        [{ certificates: Array(11).fill(APP_CERTIFICATE) }, 'appCertificate'],
        [{ certificates: Array(101).fill(APP_CERTIFICATE) }, 'certificates'],
        [{ appCertificates: [undefined] }, 'appCertificates'],
        [{ appCertificate: APP_CERTIFICATE, certificates: ['x'] }, 'certificates'],
        [{ certificates: [APP_ID] }, 'certificates'],
    ]) {
        refused(() => new Verifier({ appId: APP_ID, ...options }), 'INVALID_APP_CERTIFICATE', field, options)
    }
})

test('an option that there is not is told with the one that is meant', t => {
    const token = RtcTokenBuilder.buildTokenWithUid(APP_ID, APP_CERTIFICATE, 'room', 42, 1, 3600)
    const calls = {
        grant: name => new face.Grant({ [name]: 1 }),
        issuer: name => new face.Issuer({ ...CREDENTIALS, [name]: 1 }),
        verifier: name => new Verifier({ ...CREDENTIALS, [name]: 1 }),
        expected: name => verifier.verify(token, { [name]: 1 }),
        attempt: name => face.diagnose(token, { [name]: 1 }),
    }
    const meant = [
        ['grant', 'chanel', 'channel'],
        ['grant', 'channelName', 'channel'],
        ['grant', 'userAccount', 'account'],
        ['grant', 'user_id', 'user'],
        ['grant', 'life_time', 'lifetime'],
        ['grant', 'tokenExpire', 'lifetime'],
        ['grant', 'publish_lifetime', 'publishLifetime'],
        ['issuer', 'clok', 'clock'],
        ['issuer', 'app_id', 'appId'],
        ['issuer', 'certificate', 'appCertificate'],
        ['issuer', 'now', 'clock'],
        ['verifier', 'leway', 'leeway'],
        ['expected', 'channelName', 'channel'],
        ['expected', 'previlege', 'privilege'],
        ['attempt', 'userAccount', 'account'],
        ['attempt', 'certificats', 'certificates'],
    ]
    for (const [call, name, near] of meant) {
        const { code, field, message, fault } = refusal(() => calls[call](name))
        assert.deepEqual([code, field, fault], ['UNKNOWN_OPTION', name, 'configuration'])
        assert.equal(message, `${name} is no option; did you mean ${near}?`)
    }
    for (const call of Object.values(calls)) {
        assert.equal(refusal(() => call('qqqqqqqq')).message, 'qqqqqqqq is no option')
    }
    t.diagnostic(`${meant.length} names`)
})

test('an array of nothing, however long, is refused', () => {
    const endless = new Array(2 ** 32 - 1)
    const token = RtcTokenBuilder.buildTokenWithUid(APP_ID, APP_CERTIFICATE, 'room', 42, 1, 3600)
    const told = call => {
        const { code, field } = refusal(call)
        return [code, field]
    }
    const certificates = ['INVALID_APP_CERTIFICATE', 'certificates']
    assert.deepEqual(
        told(() => new Verifier({ appId: APP_ID, certificates: endless })),
        certificates,
    )
    assert.deepEqual(
        told(() => face.diagnose(token, { certificates: endless })),
        certificates,
    )
    const grant = () => new face.Grant({ services: endless, user: 'alice' })
    assert.deepEqual(told(grant), ['INDEX_OUT_OF_RANGE', 'services'])
    const permissions = () => new Rtm2Permissions().add(0, 0, endless)
    assert.deepEqual(told(permissions), ['INVALID_PERMISSIONS', 'permissions'])
    const services = () => Object.assign(new AccessToken2(APP_ID, APP_CERTIFICATE), { services: endless }).build()
    assert.deepEqual(told(services), ['NO_SERVICES', 'service'])
})

test('no error holds a certificate, a token or a part of either', t => {
    const secret = '0123456789abcdef0123456789ABCDEF'
    const token = RtcTokenBuilder.buildTokenWithUid(APP_ID, secret, 'room', 42, 1, 3600)
    const errors = []
    const refused = call => errors.push(refusal(call))
    for (const spoilt of [
        `${secret}\n`,
        ` ${secret}`,
        secret.slice(1),
        `${secret}0`,
        `${secret.slice(1)}x`,
        `"${secret}"`,
        `${secret}\ud800`,
    ]) {
        for (const builder of BUILDERS)
            refused(() => call(builder, { ...plainArguments(builder), app_certificate: spoilt }))
        refused(() => new AccessToken2(APP_ID, spoilt))
        refused(() => new AccessToken(APP_ID, spoilt, 'room', 42))
        refused(() => new Verifier({ appId: APP_ID, appCertificate: spoilt }))
        refused(() => new face.Issuer({ appId: APP_ID, appCertificate: spoilt }))
        refused(() => new face.Credentials({ appId: APP_ID, appCertificate: spoilt }))
        refused(() => face.Issuer.fromEnv({}, { AGORA_APP_ID: APP_ID, AGORA_APP_CERTIFICATE: spoilt }))
        refused(() => new face.Issuer(spoilt, APP_ID))
        refused(() => AccessToken2.parse(token).verifySignature(spoilt))
    }
    // A secret in the place of another argument. As a text of its own it would be a good user ID.
    for (const builder of BUILDERS) {
        for (const name of builder.names.filter(name => isNumber(name) || name === 'permissions')) {
            refused(() => call(builder, { ...plainArguments(builder), [name]: secret }))
            refused(() => call(builder, { ...plainArguments(builder), [name]: token }))
        }
    }
    refused(() => verifier.verify(token))
    for (const spoilt of [
        `${token}=`,
        token.slice(0, -1),
        ` ${token}`,
        `006${token}`,
        token.replace('007eJx', '007eJy'),
    ]) {
        refused(() => inspect(spoilt))
        refused(() => new Verifier({ appId: APP_ID, appCertificate: secret }).verify(spoilt))
    }
    for (const error of errors) {
        const shown = [
            error.message,
            error.stack,
            show(error, { depth: null, showHidden: true }),
            JSON.stringify(error),
        ].join()
        for (let index = 0; index + 8 <= 32; index++) assert.ok(!shown.includes(secret.slice(index, index + 8)), shown)
        for (let index = 0; index + 12 <= token.length; index++) {
            assert.ok(!shown.includes(token.slice(index, index + 12)), shown)
        }
    }
    t.diagnostic(`${errors.length} errors`)
})
