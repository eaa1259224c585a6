// Every builder of agora-token-native/compat: its tokens are those of the face, argument by argument and role by role.

import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { test } from 'node:test'

import * as compat from 'agora-token-native/compat'
import * as low from 'agora-token-native/compat/src/AccessToken2'

import { BUILDERS, call } from './calls.mjs'
import { APP_CERTIFICATE, APP_ID, HOME, content, eachVector, permissionsOf, textOf } from './support.mjs'

const require = createRequire(import.meta.url)
const module = name => require(`agora-token-native/compat/src/${name}`)

/** Where each builder of 007 is beside the index, and the only place of those of 006. */
const MODULES = {
    RtcTokenBuilder: 'RtcTokenBuilder2',
    RtmTokenBuilder: 'RtmTokenBuilder2',
    RtcTokenBuilder006: 'RtcTokenBuilder',
    RtmTokenBuilder006: 'RtmTokenBuilder',
}

/** The same function by all of its paths. */
function pathsOf({ className, official: name }) {
    const inside = module(MODULES[className] ?? className)[className.replace('006', '')]
    const all = [[`src/${MODULES[className] ?? className}`, inside, name]]
    if (!className.endsWith('006')) all.push(['index', compat[className], name])
    return all
}

const NOW = Math.floor(Date.now() / 1000)
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
    rtm_user_id: 'bob',
    room_uuid: 'class',
    user_uuid: 'alice',
    permissions: { 0: { 0: ['a'] } },
    privilege_expired_ts: NOW + 600,
    token_expire: 3600,
    rtc_token_expire: 3600,
    privilege_expire: 600,
    join_channel_privilege_expire: 1,
    pub_audio_privilege_expire: 2,
    pub_video_privilege_expire: 3,
    pub_data_stream_privilege_expire: 4,
    rtm_token_expire: 300,
}

/** What the face takes for permissions has the same content here, in a class of its own. */
function compatPermissions(value) {
    const permissions = new low.Rtm2Permissions()
    for (const [resourceType, byPermission] of Object.entries(value)) {
        for (const [permissionType, resources] of Object.entries(byPermission)) {
            permissions.add(Number(resourceType), Number(permissionType), resources.map(textOf))
        }
    }
    return permissions
}

const ofFace = (builder, args) =>
    content(call(builder, 'permissions' in args ? { ...args, permissions: permissionsOf(args.permissions) } : args))

/** What this builder makes by each of its paths, which is the same. */
function ofCompat(builder, args) {
    const values = builder.names.map(name => (name === 'permissions' ? compatPermissions(args[name]) : args[name]))
    const made = pathsOf(builder).map(([path, Class, method]) => {
        const token = Class[method](...values)
        assert.notEqual(token, '', `${path} ${method}`)
        return content(token)
    })
    for (const other of made) assert.deepEqual(other, made[0])
    return made[0]
}

const plainArguments = ({ names }) => Object.fromEntries(names.map(name => [name, PLAIN[name]]))
const isClassroom = ({ method }) => method === 'buildRoomUserToken'

test('every builder is in the table', () => {
    const known = new Set(
        BUILDERS.flatMap(builder =>
            pathsOf(builder).map(path =>
                path
                    .filter(one => typeof one === 'string')
                    .concat(builder.className.replace('006', ''))
                    .join(),
            ),
        ),
    )
    const found = new Set()
    const places = { index: compat }
    for (const file of readdirSync(join(HOME, 'compat/src')).filter(name => name.endsWith('.cjs'))) {
        const name = file.replace('.cjs', '')
        places[`src/${name}`] = module(name)
    }
    for (const [path, place] of Object.entries(places)) {
        for (const [className, Class] of Object.entries(place).filter(([name]) => name.endsWith('TokenBuilder'))) {
            for (let each = Class; each !== Function.prototype; each = Object.getPrototypeOf(each)) {
                for (const method of Object.getOwnPropertyNames(each)) {
                    if (!['length', 'name', 'prototype'].includes(method)) found.add([path, method, className].join())
                }
            }
        }
    }
    assert.deepEqual([...known].sort(), [...found].sort())
    assert.ok(found.size > 40)
})

test('the tokens are those of the face, and every argument is looked at', t => {
    let count = 0
    for (const builder of BUILDERS) {
        const args = plainArguments(builder)
        const plain = ofCompat(builder, args)
        assert.deepEqual(plain, ofFace(builder, args), builder.name)
        for (const name of builder.names.filter(name => !name.startsWith('app_'))) {
            const others = { role: isClassroom(builder) ? 7 : 2, rtc_role: 2, privilege_expired_ts: NOW + 700, uid: 7 }
            const other =
                others[name] ??
                (name === 'permissions' ? { 4: { 1: ['b', 'c'] } } : typeof args[name] === 'string' ? 'other' : 77)
            const changed = ofCompat(builder, { ...args, [name]: other })
            assert.deepEqual(changed, ofFace(builder, { ...args, [name]: other }), `${builder.name} ${name}`)
            // The role of messaging in 006 alone changes nothing.
            const isIgnored = builder.name === 'agora_build_rtm_token' && name === 'role'
            assert.equal(JSON.stringify(changed) === JSON.stringify(plain), isIgnored, `${builder.name} ${name}`)
            count++
        }
    }
    t.diagnostic(`${count} arguments`)
})

const argumentsOf = (builder, each, args) =>
    Object.fromEntries(
        builder.names.map(name => {
            const value = name in args ? args[name] : each[name]
            return [name, name === 'permissions' || typeof value === 'number' ? value : textOf(value)]
        }),
    )

test('every call of the vectors that is accepted makes the same token here', t => {
    const tried = new Map(BUILDERS.map(({ name }) => [name, 0]))
    const builderOf = name => BUILDERS.find(known => known.name === name)
    const count = name => tried.set(name, tried.get(name) + 1)
    eachVector(t, 'builder-refusals.json', each => {
        if (each.expect !== 'ok') return
        const builder = builderOf(each.function)
        const args = argumentsOf(builder, each, each.args)
        assert.deepEqual(ofCompat(builder, args), ofFace(builder, args))
        count(each.function)
    })
    // The official builders made these, wildcards and all: what the face refuses of them is taken here.
    eachVector(t, 'valid.json', each => {
        for (const name of each.one_call?.functions ?? []) {
            const builder = builderOf(name)
            const args = argumentsOf(builder, each, each.one_call.args)
            assert.deepEqual(ofCompat(builder, args), content(each.token), name)
            count(name)
        }
    })
    for (const [name, times] of tried) assert.ok(times > 1, `${name} ${times}`)
})

test('what every role grants', t => {
    const every = ['joinChannel', 'publishAudioStream', 'publishVideoStream', 'publishDataStream']
    let count = 0
    for (const builder of BUILDERS) {
        const name = builder.names.find(name => name.endsWith('role'))
        if (!name) continue
        for (const role of [-1, 0, 1, 2, 3, 100, 101, 102]) {
            const made = ofCompat(builder, { ...plainArguments(builder), [name]: role })
            const what = `${builder.name} ${role}`
            if (isClassroom(builder)) {
                assert.equal(made.services.find(service => service.name === 'apaas').role, role, what)
            } else if (builder.name === 'agora_build_rtm_token') {
                assert.deepEqual(Object.keys(made.privileges), ['rtmLogin'], what)
            } else {
                const publishing = made.version === '007' ? [1] : [0, 1, 101]
                const privileges = Object.keys(made.privileges ?? made.services[0].privileges)
                assert.deepEqual(privileges, publishing.includes(role) ? every : every.slice(0, 1), what)
            }
            count++
        }
    }
    t.diagnostic(`${count} roles`)
})
