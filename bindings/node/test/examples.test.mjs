// examples/node, run as a user runs them: what one mints the other verifies.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'

import { RtcTokenBuilder } from 'agora-token-native'

import { APP_CERTIFICATE, APP_ID, CHECKOUT, verifier } from './support.mjs'

// Beside this file, to find the same package.
const folder = fileURLToPath(new URL('examples', import.meta.url))

before(() => cpSync(join(CHECKOUT, 'examples/node'), folder, { recursive: true }))
after(() => rmSync(folder, { recursive: true }))

const KEYS = { AGORA_APP_ID: APP_ID, AGORA_APP_CERTIFICATE: APP_CERTIFICATE }

function run(example, keys, input = '', words = []) {
    const { AGORA_APP_ID, AGORA_APP_CERTIFICATE, ...others } = process.env
    const done = spawnSync(process.execPath, [join(folder, example), ...words], {
        env: { ...others, ...keys },
        input,
        encoding: 'utf8',
    })
    return [done.status, done.stdout, done.stderr]
}

test('mint and verify', () => {
    const [status, token, nothing] = run('mint.mjs', KEYS)
    assert.deepEqual([status, nothing], [0, ''])
    verifier.verify(token.trimEnd(), { channel: 'room', uid: 42 })
    const [accepted, said] = run('verify.mjs', KEYS, token)
    assert.equal(accepted, 0)
    assert.match(said, /^\{"valid":true.*"channel":"room".*\}\nvalid\n$/)
})

test('verify refuses what is for somebody else', () => {
    const other = RtcTokenBuilder.buildTokenWithUid(APP_ID, APP_CERTIFICATE, 'room', 43, 1, 3600)
    const [status, said, why] = run('verify.mjs', KEYS, other)
    assert.deepEqual([status, said, why], [1, '', 'USER_MISMATCH: the token is for user "43"\n'])
    assert.deepEqual(run('verify.mjs', KEYS, 'nonsense').slice(0, 2), [1, ''])
})

test('issue', () => {
    const [status, answer, nothing] = run('issue.mjs', KEYS, '', ['alice'])
    assert.deepEqual([status, nothing], [0, ''])
    const { token, issuedAt, expiresAt, refreshAfter } = JSON.parse(answer)
    assert.deepEqual([expiresAt - issuedAt, refreshAfter - issuedAt], [3600, 3240])
    verifier.verify(token, { account: 'alice', channel: 'room', service: 'rtc' })
    verifier.verify(token, { account: 'alice', service: 'rtm' })
    for (const words of [[], ['undefined'], ['0']]) {
        const [refused, said, why] = run('issue.mjs', KEYS, '', words)
        assert.deepEqual([refused, said], [1, ''])
        assert.match(why, /^INVALID_USER_ACCOUNT: account is /)
    }
})

test('doctor', () => {
    const token = user => RtcTokenBuilder.buildTokenWithUserAccount(APP_ID, APP_CERTIFICATE, 'room', user, 1, 3600)
    assert.deepEqual(run('doctor.mjs', KEYS, token('42')), [0, 'nothing is wrong\n', ''])
    const [status, said] = run('doctor.mjs', KEYS, token('alice'))
    assert.equal(status, 1)
    assert.match(said, /^error ACCOUNT_TOKEN_FOR_UID: .*\n {2}Mint with the uid builder/)
    assert.match(run('doctor.mjs', KEYS, `${token('42')}\n`)[1], /^error TOKEN_HAS_BLANKS: /)
    const [noted, notes] = run('doctor.mjs', {}, token('42'))
    assert.equal(noted, 0)
    assert.match(notes, /^note SIGNATURE_NOT_CHECKED: /)
})

test('without credentials they say what is missing', () => {
    assert.deepEqual(run('mint.mjs', {}), [2, '', 'set AGORA_APP_ID and AGORA_APP_CERTIFICATE\n'])
    for (const example of ['issue.mjs', 'verify.mjs']) {
        const unset = 'INVALID_APP_ID: AGORA_APP_ID is not set in the environment\n'
        assert.deepEqual(run(example, {}), [2, '', unset])
    }
    const [status, , why] = run('mint.mjs', { ...KEYS, AGORA_APP_CERTIFICATE: 'short' })
    assert.equal(status, 1)
    assert.match(why, /^INVALID_APP_CERTIFICATE: appCertificate has 5 characters/)
})
