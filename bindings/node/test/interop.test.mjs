// Both ways against the official npm package, in one process, over random input.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import * as face from 'agora-token-native'
import * as compat from 'agora-token-native/compat'
import compatAccessToken from 'agora-token-native/compat/src/AccessToken'
import compat2 from 'agora-token-native/compat/src/AccessToken2'
import * as compatRtc006 from 'agora-token-native/compat/src/RtcTokenBuilder'
import * as compatRtm006 from 'agora-token-native/compat/src/RtmTokenBuilder'

import { BUILDERS } from './calls.mjs'
import { Random } from './random.mjs'
import { APP_CERTIFICATE, APP_ID, accessToken, camelCase, content, official, payload, refusal } from './support.mjs'

const { AccessToken, AccessToken2 } = face
const lenient = new face.Verifier({ appId: APP_ID, appCertificate: APP_CERTIFICATE, leeway: 5 })
const theirs = official()
const theirs2 = official('/src/AccessToken2')
const theirs006 = official('/src/AccessToken')
const THEIR_006 = {
    RtcTokenBuilder006: official('/src/RtcTokenBuilder').RtcTokenBuilder,
    RtmTokenBuilder006: official('/src/RtmTokenBuilder').RtmTokenBuilder,
}
const COMPAT_006 = {
    RtcTokenBuilder006: compatRtc006.RtcTokenBuilder,
    RtmTokenBuilder006: compatRtm006.RtmTokenBuilder,
}

const ROUNDS = 1000
const OTHER_CERTIFICATE = '0'.repeat(32)

const isOld = builder => builder.className.endsWith('006')
const isClassroomUser = builder => builder.method === 'buildRoomUserToken'

function permissionsOf(Permissions, rows) {
    const permissions = new Permissions()
    rows.forEach(row => permissions.add(...row))
    return permissions
}

function argumentsOf(builder, random) {
    return Object.fromEntries(builder.names.slice(2).map(name => [name, random.argument(name, isOld(builder))]))
}

function mint(Class, method, builder, args, Permissions) {
    const values = builder.names.slice(2).map(name => {
        return name === 'permissions' ? permissionsOf(Permissions, args.permissions) : args[name]
    })
    return Class[method](APP_ID, APP_CERTIFICATE, ...values)
}

/** The token of our builder, or none where it refuses `*`, which the official builders take for any user. */
function mintOurs(builder, args) {
    const build = () => mint(face[builder.className], builder.method, builder, args, face.Rtm2Permissions)
    const wild = builder.names.slice(2).find(name => args[name] === '*')
    if (wild === undefined) return [build()]
    const { code, field } = refusal(build)
    const kind = /account|user_id|room_uuid|user_uuid/.exec(wild)[0].toUpperCase()
    assert.deepEqual([code, field], [`INVALID_${kind === 'ACCOUNT' ? 'USER_ACCOUNT' : kind}`, camelCase(wild)])
    return []
}

/** What the official code reads, as plain data. */
function officialContent(token) {
    const read = new theirs2.AccessToken2('', '', 0, 0)
    assert.equal(read.from_string(token), true)
    assert.equal(read.verifySignature(APP_CERTIFICATE), true)
    assert.equal(read.verifySignature(OTHER_CERTIFICATE), false)
    const plain = value => (Buffer.isBuffer(value) ? value.toString() : value)
    return read.services.map(service =>
        Object.fromEntries(Object.entries(service).map(([key, value]) => [key, plain(value)])),
    )
}

/**
 * The known differences of the official package in a classroom user's token, each asserted, and then undone:
 * B1, the aPaaS service has no privilege; B2, a role of 0 is written as -1.
 */
function undoB1AndB2(document, args, seen) {
    const apaas = document.services.find(service => service.name === 'apaas')
    assert.deepEqual(apaas.privileges, {}, 'B1')
    apaas.privileges = { roomUser: args.token_expire }
    seen.B1++
    if (args.role !== 0) return
    assert.equal(apaas.role, -1, 'B2')
    apaas.role = 0
    seen.B2++
}

for (const builder of BUILDERS.filter(builder => !isOld(builder))) {
    test(`${builder.className}.${builder.official}`, t => {
        const random = new Random(builder.name)
        const seen = { B1: 0, B2: 0 }
        for (let round = 0; round < ROUNDS; round++) {
            const args = argumentsOf(builder, random)
            if (isClassroomUser(builder)) args.role = random.pick([0, 1, -1, random.number(-32768, 32767)])
            const Theirs = theirs[builder.className]
            const ours = mintOurs(builder, args)
            const alike = mint(compat[builder.className], builder.official, builder, args, compat.Rtm2Permissions)
            const other = mint(Theirs, builder.official, builder, args, theirs.Rtm2Permissions)
            const expected = content(other)
            if (isClassroomUser(builder)) undoB1AndB2(expected, args, seen)
            for (const token of [...ours, alike]) {
                assert.deepEqual(content(token), expected)
                if (!isClassroomUser(builder)) assert.deepEqual(officialContent(token), officialContent(other))
                else officialContent(token)
            }
            const read = AccessToken2.parse(other)
            assert.ok(read.verifySignature(APP_CERTIFICATE) && !read.verifySignature(OTHER_CERTIFICATE))
            const whom = {}
            if ('channel_name' in args) whom.channel = args.channel_name
            if ('uid' in args) whom.uid = args.uid
            for (const token of [...ours, alike, other]) lenient.verify(token, whom)
        }
        if (isClassroomUser(builder)) {
            assert.equal(seen.B1, ROUNDS)
            assert.ok(seen.B2 > 0)
            t.diagnostic(`difference B1 seen ${seen.B1} times, B2 ${seen.B2} times`)
        }
        t.diagnostic(`${ROUNDS} random inputs, both ways`)
    })
}

for (const builder of BUILDERS.filter(isOld)) {
    test(`${builder.className}.${builder.official}`, t => {
        const random = new Random(builder.name)
        for (let round = 0; round < ROUNDS; round++) {
            const args = argumentsOf(builder, random)
            const method = builder.official
            const ours = mintOurs(builder, args)
            const alike = mint(COMPAT_006[builder.className], method, builder, args)
            const other = mint(THEIR_006[builder.className], method, builder, args)
            const { salt: theirSalt, signature: theirSignature, expiresAt: theirEnd, ...expected } = face.inspect(other)
            // A messaging token has its user where others have the channel.
            const [channel, user] =
                'channel_name' in args ? [args.channel_name, args.uid ?? args.user_account] : [args.user_account, '']
            for (const token of [...ours, alike]) {
                const { salt, signature, expiresAt, ...rest } = face.inspect(token)
                assert.deepEqual(rest, expected)
                // The official package has no verification for 006: it signs the same again.
                const again = new theirs006.AccessToken(APP_ID, APP_CERTIFICATE, channel, user)
                const read = new theirs006.AccessToken('', '', '', '')
                assert.equal(read.fromString(token), true)
                Object.assign(again, { salt, ts: expiresAt, messages: read.messages })
                assert.equal(again.build(), token)
            }
            for (const token of [...ours, alike, other]) {
                assert.ok(AccessToken.parse(token).verifySignature(APP_CERTIFICATE, channel, user))
                assert.ok(!AccessToken.parse(token).verifySignature(OTHER_CERTIFICATE, channel, user))
                assert.ok(!AccessToken.parse(token).verifySignature(APP_CERTIFICATE, `${channel}!`, user))
            }
        }
        t.diagnostic(`${ROUNDS} random inputs, both ways`)
    })
}

/** A service of any type, to be made of the classes of any package. */
function randomService(random) {
    const users = () => random.pick(['', random.user(), random.number(1, 0xffffffff)])
    const channel = () => random.pick(['', '*', random.text(200), random.text(3000)])
    const name = random.pick(['Rtc', 'Rtm', 'Streaming', 'Fpa', 'Chat', 'FCdn', 'Apaas', 'Rtm2', 'ConvoAI', 'Stt'])
    const texts = {
        Rtc: () => [channel(), users()],
        Rtm: () => [random.user()],
        Streaming: () => [channel(), users()],
        Chat: () => [random.user()],
        FCdn: () => [channel(), users()],
        // A role of 0 is difference B2, which the builders above show.
        Apaas: () => [random.user(), random.user(), random.pick([-1, 1, 32767, -32768])],
        Rtm2: () => [random.user()],
    }[name]
    const permissions = name === 'Rtm2' ? random.permissions() : null
    return { className: `Service${name}`, texts: texts?.() ?? [], permissions, privileges: random.privileges() }
}

test('the mechanism of 007 gives the same bytes', t => {
    const random = new Random('mechanism')
    for (let round = 0; round < ROUNDS; round++) {
        const services = Array.from({ length: random.between(1, 5) }, () => randomService(random))
        const fields = {
            issueTs: random.number(1, 0xffffffff),
            expire: random.number(0, 0xffffffff),
            salt: random.number(0, 0xffffffff),
        }
        const build = (classes, add, grant) => {
            const token = new classes.AccessToken2(APP_ID, APP_CERTIFICATE, fields.issueTs, fields.expire)
            token.salt = fields.salt
            for (const { className, texts, permissions, privileges } of services) {
                const rest = permissions ? [permissionsOf(classes.Rtm2Permissions, permissions)] : []
                const service = new classes[className](...texts, ...rest)
                privileges.forEach(([privilege, expire]) => service[grant](privilege, expire))
                token[add](service)
            }
            return token.build()
        }
        const expected = build(theirs2, 'add_service', 'add_privilege')
        assert.notEqual(expected, '')
        for (const token of [
            build(face, 'addService', 'addPrivilege'),
            build(compat2, 'add_service', 'add_privilege'),
        ]) {
            assert.equal(payload(token), payload(expected))
        }
        // And both readers of the official names read the same.
        const read = new compat2.AccessToken2('', '', 0, 0)
        assert.equal(read.from_string(expected), true)
        assert.equal(read.verifySignature(APP_CERTIFICATE), true)
        assert.deepEqual([read.issueTs, read.expire, read.salt], [fields.issueTs, fields.expire, fields.salt])
        const again = Object.assign(new compat2.AccessToken2(APP_ID, APP_CERTIFICATE, fields.issueTs, fields.expire), {
            salt: fields.salt,
            services: read.services,
        })
        assert.equal(payload(again.build()), payload(expected))
    }
    t.diagnostic(`${ROUNDS} random tokens, byte for byte`)
})

test('the mechanism of 006 gives the same text', t => {
    const random = new Random('mechanism 006')
    for (let round = 0; round < ROUNDS; round++) {
        const [channel, user] = [random.text(300), random.pick([0, random.number(1, 0xffffffff), random.user()])]
        const privileges = random.privileges()
        const fields = { salt: random.u32(), ts: random.u32() }
        const ours = Object.assign(new AccessToken(APP_ID, APP_CERTIFICATE, channel, user), {
            salt: fields.salt,
            expiresAt: fields.ts,
        })
        privileges.forEach(([privilege, ts]) => ours.addPrivilege(privilege, ts))
        for (const Class of [theirs006.AccessToken, compatAccessToken.AccessToken]) {
            const token = Object.assign(new Class(APP_ID, APP_CERTIFICATE, channel, user), fields)
            privileges.forEach(([privilege, ts]) => token.addPriviledge(privilege, ts))
            assert.equal(token.build(), ours.build())
            const read = new Class('', '', '', '')
            assert.equal(read.fromString(ours.build()), true)
            assert.deepEqual(
                [read.salt, read.ts, { ...read.messages }, read.crc_uid],
                [fields.salt, fields.ts, Object.fromEntries(privileges), AccessToken.parse(ours.build()).userCrc],
            )
        }
    }
    t.diagnostic(`${ROUNDS} random tokens, letter for letter`)
})

test('programs on agora-access-token have the same builders under the names of the older generation', () => {
    const theirs = accessToken()
    const { RtcTokenBuilder } = compatRtc006
    assert.deepEqual({ ...face.RtcRole006 }, theirs.RtcRole)
    const inAnHour = Math.floor(Date.now() / 1000) + 3600
    const said = token => {
        const { privileges, channelCrc, userCrc } = face.inspect(token)
        return { privileges, channelCrc, userCrc }
    }
    for (const [method, user] of [
        ['buildTokenWithUid', 42],
        ['buildTokenWithAccount', 'alice'],
    ]) {
        for (const role of Object.values(theirs.RtcRole)) {
            const args = [APP_ID, APP_CERTIFICATE, 'room', user, role, inAnHour]
            const expected = said(theirs.RtcTokenBuilder[method](...args))
            assert.deepEqual(said(face.RtcTokenBuilder006[method](...args)), expected)
            assert.deepEqual(said(RtcTokenBuilder[method](...args)), expected)
        }
    }
    const login = [APP_ID, APP_CERTIFICATE, 'alice', theirs.RtmRole.Rtm_User, inAnHour]
    assert.deepEqual(
        said(face.RtmTokenBuilder006.buildToken(...login)),
        said(theirs.RtmTokenBuilder.buildToken(...login)),
    )
    // The same name of the newer generation takes a lifetime there.
    const { code } = refusal(() =>
        face.RtcTokenBuilder.buildTokenWithUid(APP_ID, APP_CERTIFICATE, 'room', 42, 1, inAnHour),
    )
    assert.equal(code, 'TOKEN_EXPIRE_LOOKS_LIKE_TIMESTAMP')
})
