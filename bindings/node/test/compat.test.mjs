// agora-token-native/compat: scripts written for the official package, what it takes, how it fails.

import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { test } from 'node:test'

import * as compat from 'agora-token-native/compat'
import * as rtc006 from 'agora-token-native/compat/src/RtcTokenBuilder'
import * as old from 'agora-token-native/compat/src/AccessToken'
import * as low from 'agora-token-native/compat/src/AccessToken2'

import { APP_CERTIFICATE, APP_ID, CHECKOUT, content, official, payload, read } from './support.mjs'

const { ApaasTokenBuilder, ChatTokenBuilder, RtcTokenBuilder, RtmTokenBuilder } = compat
const require = createRequire(import.meta.url)
const theirs = official()

/** Every module of the official package that has a place in ours. */
const MODULES = [
    'AccessToken',
    'AccessToken2',
    'ApaasTokenBuilder',
    'ChatTokenBuilder',
    'ConvoAITokenBuilder',
    'EducationTokenBuilder',
    'FpaTokenBuilder',
    'RtcTokenBuilder',
    'RtcTokenBuilder2',
    'RtmTokenBuilder',
    'RtmTokenBuilder2',
    'SttTokenBuilder',
]

/** Runs a script with another package name, beside this file; its lines by their first word. */
function run(script, cwd) {
    const env = { ...process.env, AGORA_APP_ID: APP_ID, AGORA_APP_CERTIFICATE: APP_CERTIFICATE }
    const printed = execFileSync(process.execPath, ['--input-type=commonjs', '-'], {
        input: script,
        cwd,
        env,
        encoding: 'utf8',
    })
    return Object.fromEntries(
        printed
            .trim()
            .split('\n')
            .map(line => line.split(' ')),
    )
}

test('a script for the official package runs with the name changed', t => {
    const script = read('bindings/node/test/official-script.cjs')
    const official = run(script, `${CHECKOUT}/bindings/node`)
    const here = new URL('.', import.meta.url).pathname
    const changed = script.replaceAll("require('agora-token", "require('agora-token-native/compat")
    const results = {
        compat: run(changed, here),
        // The package itself has what the official index has; what that hides is found under compat.
        face: run(changed.replace("require('agora-token-native/compat')", "require('agora-token-native')"), here),
    }
    const names = Object.keys(official)
    assert.ok(names.length > 20)
    for (const ours of Object.values(results)) {
        assert.deepEqual(Object.keys(ours), names)
        for (const name of names) {
            const [one, other] = [ours[name], official[name]].map(token => content(token))
            assert.deepEqual(one, other, name)
        }
    }
    t.diagnostic(`${names.length} tokens alike`)
})

test('every module is where the official one is, with what the official one exports', t => {
    let count = 0
    for (const name of MODULES) {
        const here = require(`agora-token-native/compat/src/${name}`)
        assert.equal(require(`agora-token-native/compat/src/${name}.js`), here)
        const there = official(`/src/${name}`)
        assert.deepEqual(Object.keys(here).sort(), Object.keys(there).sort(), name)
        for (const [key, value] of Object.entries(there)) {
            assert.equal(typeof here[key], typeof value)
            if (typeof value === 'object' || typeof value === 'number') assert.deepEqual(here[key], value)
            for (const [constant, number] of Object.entries(value)) {
                // kServices is how the official reader finds its classes.
                if (constant !== 'kServices') assert.deepEqual(here[key][constant], number, `${key}.${constant}`)
            }
            count++
        }
    }
    t.diagnostic(`${count} names of ${MODULES.length} modules`)
})

test('what the official code takes and does no harm is taken, with the same result', t => {
    const ids = [APP_ID, APP_CERTIFICATE]
    const calls = [
        ['RtcTokenBuilder', 'buildTokenWithUid', ['room', '42', 1, 3600, 600]],
        ['RtcTokenBuilder', 'buildTokenWithUid', ['room', '0', 1, 3600, 600]],
        ['RtcTokenBuilder', 'buildTokenWithUid', ['room', 'alice', 1, 3600]],
        ['RtcTokenBuilder', 'buildTokenWithUid', ['room', 42n, 1, 3600]],
        ['RtcTokenBuilder', 'buildTokenWithUid', ['room', 42, '1', '3600', '600']],
        ['RtcTokenBuilder', 'buildTokenWithUid', ['room', 42, true, 3600.9, 600.2]],
        ['RtcTokenBuilder', 'buildTokenWithUid', ['room', 42, 101, 4_000_000_000, 0]],
        ['RtcTokenBuilder', 'buildTokenWithUid', ['', 42, 2, 0, 0]],
        ['RtcTokenBuilder', 'buildTokenWithUid', ['*', 0, 1, 60]],
        ['RtcTokenBuilder', 'buildTokenWithUid', ['x'.repeat(5000), 42, 1, 60]],
        ['RtcTokenBuilder', 'buildTokenWithUserAccount', ['room', 42, 1, 3600, 600]],
        ['RtcTokenBuilder', 'buildTokenWithUserAccount', ['room', 0, 1, 3600, 600]],
        ['RtcTokenBuilder', 'buildTokenWithUserAccount', ['room', '', 1, 3600, 600]],
        ['RtcTokenBuilder', 'buildTokenWithUidAndPrivilege', ['room', 42, 3600]],
        ['RtcTokenBuilder', 'buildTokenWithRtm', ['room', 0, 1, 3600]],
        ['RtcTokenBuilder', 'buildTokenWithRtm2', ['room', 'alice', '1', 3600, 1, 2, 3, 4, 'bob', '60']],
        ['ConvoAITokenBuilder', 'buildToken', ['room', 'alice', '1', 3600, 1, 2, 3, 4, 'bob', 60]],
        ['SttTokenBuilder', 'buildToken', ['room', 42, 1, 3600, 1, 2, 3, 4, 'bob', 60]],
        ['RtmTokenBuilder', 'buildToken', ['', 60]],
        ['ChatTokenBuilder', 'buildUserToken', ['alice', 60.5]],
        ['EducationTokenBuilder', 'buildUserToken', ['alice', '60']],
    ]
    for (const [className, method, args] of calls) {
        const ours = compat[className][method](...ids, ...args)
        assert.deepEqual(
            content(ours),
            content(theirs[className][method](...ids, ...args)),
            `${className}.${method} ${args}`,
        )
    }
    // Fractions of a second are common in absolute times.
    const { RtcTokenBuilder: Theirs006 } = official('/src/RtcTokenBuilder')
    for (const end of [1_800_000_000.75, '1800000000', 600, 0]) {
        const [ours, other] = [rtc006.RtcTokenBuilder, Theirs006].map(Builder => {
            const { salt, signature, expiresAt, ...rest } = content(
                Builder.buildTokenWithUid(...ids, 'room', 42, 1, end),
            )
            return rest
        })
        assert.deepEqual(ours, other)
    }
    t.diagnostic(`${calls.length + 4} calls alike`)
})

test('what would become a wrong user or time is not taken, and gives an empty string', t => {
    const ids = [APP_ID, APP_CERTIFICATE]
    const failures = []
    for (const uid of [undefined, null, NaN, -1, 1.5, 2 ** 32, true, {}, [], Symbol('u'), -1n, 'a\ud800']) {
        failures.push(() => RtcTokenBuilder.buildTokenWithUid(...ids, 'room', uid, 1, 60))
        failures.push(() => RtcTokenBuilder.buildTokenWithUserAccount(...ids, 'room', uid, 1, 60))
        failures.push(() => RtcTokenBuilder.buildTokenWithRtm(...ids, 'room', uid, 1, 60))
        failures.push(() => RtcTokenBuilder.buildTokenWithRtm2(...ids, 'room', 'alice', 1, 60, 0, 0, 0, 0, uid, 60))
        failures.push(() => RtmTokenBuilder.buildToken(...ids, uid, 60))
        failures.push(() => RtmTokenBuilder.buildTokenWithPermissions(...ids, uid, new compat.Rtm2Permissions(), 60))
        failures.push(() => ChatTokenBuilder.buildUserToken(...ids, uid, 60))
        failures.push(() => ApaasTokenBuilder.buildRoomUserToken(...ids, 'room', uid, 1, 60))
        failures.push(() => ApaasTokenBuilder.buildUserToken(...ids, uid, 60))
        failures.push(() => rtc006.RtcTokenBuilder.buildTokenWithUid(...ids, 'room', uid, 1, 0))
    }
    for (const time of [undefined, null, NaN, Infinity, -1, 2 ** 32, 'soon', '', true, {}, [60], 60n, new Date()]) {
        failures.push(() => RtcTokenBuilder.buildTokenWithUid(...ids, 'room', 42, 1, time))
        failures.push(() => ChatTokenBuilder.buildAppToken(...ids, time))
        if (time !== undefined) {
            failures.push(() => RtcTokenBuilder.buildTokenWithUid(...ids, 'room', 42, 1, 60, time))
            failures.push(() => rtc006.RtcTokenBuilder.buildTokenWithUid(...ids, 'room', 42, 1, time))
        }
    }
    for (const channel of [undefined, null, 42, {}, '\ud800']) {
        failures.push(() => RtcTokenBuilder.buildTokenWithUid(...ids, channel, 42, 1, 60))
        failures.push(() => rtc006.RtcTokenBuilder.buildTokenWithUid(...ids, channel, 42, 1, 0))
    }
    failures.push(() => RtcTokenBuilder.buildTokenWithUid(...ids, 'x'.repeat(65536), 42, 1, 60))
    for (const wrong of [undefined, null, 42, '', 'x'.repeat(32), APP_ID.slice(1), `${APP_ID}\n`]) {
        failures.push(() => RtcTokenBuilder.buildTokenWithUid(wrong, APP_CERTIFICATE, 'room', 42, 1, 60))
        failures.push(() => RtcTokenBuilder.buildTokenWithUid(APP_ID, wrong, 'room', 42, 1, 60))
        failures.push(() => compat.FpaTokenBuilder.buildToken(APP_ID, wrong))
        failures.push(() => rtc006.RtcTokenBuilder.buildTokenWithUid(APP_ID, wrong, 'room', 42, 1, 0))
    }
    failures.push(() => new low.AccessToken2(APP_ID, APP_CERTIFICATE, 0, 60).build())
    const asText = new compat.Rtm2Permissions()
    asText.add(0, 0, 'news')
    failures.push(() => RtmTokenBuilder.buildTokenWithPermissions(...ids, 'alice', asText, 60))
    for (const failure of failures) assert.equal(failure(), '', `${failure}`)
    t.diagnostic(`${failures.length} calls`)
})

test('reading fails with false', () => {
    const good = RtcTokenBuilder.buildTokenWithUid(APP_ID, APP_CERTIFICATE, 'room', 42, 1, 60)
    const token = new low.AccessToken2('', '', 0, 0)
    assert.equal(token.verifySignature(APP_CERTIFICATE), false)
    for (const wrong of [null, undefined, 7, '', '00', '006', '007', '007nonsense', `${good}=`]) {
        assert.equal(token.from_string(good), true)
        assert.equal(token.from_string(wrong), false)
        assert.equal(token.verifySignature(APP_CERTIFICATE), false)
        assert.deepEqual([token.appId, token.issueTs, token.expire, token.salt, token.services], ['', 0, 0, 0, []])
        assert.equal(new old.AccessToken('', '', '', '').fromString(wrong), false)
    }
    token.from_string(good)
    for (const wrong of [null, undefined, 7, '', 'invalid', 'z'.repeat(32)])
        assert.equal(token.verifySignature(wrong), false)
    assert.equal(token.verifySignature(APP_CERTIFICATE), true)
})

test('a token that was read can be built again', () => {
    const first = RtcTokenBuilder.buildTokenWithUid(APP_ID, APP_CERTIFICATE, 'room', 42, 1, 60)
    const token = new low.AccessToken2(APP_ID, APP_CERTIFICATE, 0, 60)
    token.from_string(first)
    assert.equal(token.appCertificate, APP_CERTIFICATE)
    assert.equal(payload(token.build()), payload(first))
})

test('nothing is printed', () => {
    const script = `
        const { RtcTokenBuilder } = require('agora-token-native/compat')
        const { AccessToken } = require('agora-token-native/compat/src/AccessToken')
        RtcTokenBuilder.buildTokenWithUid('', '', '', NaN, 1, 60)
        new AccessToken('', '', '', '').fromString('006nonsense')
        require('agora-token-native')
    `
    const here = new URL('.', import.meta.url).pathname
    const done = spawnSync(process.execPath, ['--input-type=commonjs', '-'], {
        input: script,
        cwd: here,
        encoding: 'utf8',
    })
    assert.deepEqual([done.status, done.stdout, done.stderr], [0, '', ''])
})
