// Minting in many threads at once: the module keeps no state, and every token differs.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { Worker } from 'node:worker_threads'

import { RtcTokenBuilder } from 'agora-token-native'

import { APP_CERTIFICATE, APP_ID, CREDENTIALS, outcome, verifier } from './support.mjs'

const THREADS = 4
const TOKENS = 2000

const mint = uid => RtcTokenBuilder.buildTokenWithUid(APP_ID, APP_CERTIFICATE, 'room', uid, 1, 3600)

test('worker threads mint at once', async t => {
    const workers = Array.from({ length: THREADS }, () => {
        return new Worker(new URL('minter.mjs', import.meta.url), { workerData: { count: TOKENS } })
    })
    const replies = workers.map(worker => once(worker, 'message'))
    const own = Array.from({ length: TOKENS }, (_, uid) => mint(uid + 1))
    const minted = [own, ...(await Promise.all(replies)).map(([tokens]) => tokens)]
    for (const tokens of minted) {
        assert.equal(tokens.length, TOKENS)
        tokens.forEach((token, index) => {
            const { valid, refusals } = verifier.verdict(token, { channel: 'room', uid: index + 1 })
            assert.ok(valid, `${refusals}`)
        })
    }
    assert.equal(new Set(minted.flat()).size, minted.flat().length)
    // Salts, too: the same token of two threads would be two tokens all the same.
    const salts = new Set(minted.flat().map(token => verifier.verify(token).token.salt))
    assert.ok(salts.size > 0.99 * minted.flat().length)
    t.diagnostic(`${minted.flat().length} tokens of ${THREADS + 1} threads`)
})

test('the module outlives its threads, and loads again', async () => {
    for (let round = 0; round < 3; round++) {
        const worker = new Worker(new URL('minter.mjs', import.meta.url), { workerData: { count: 10 } })
        const [[tokens]] = await Promise.all([once(worker, 'message'), once(worker, 'exit')])
        assert.equal(tokens.length, 10)
        assert.equal(
            outcome(() => mint(1)),
            'ok',
        )
    }
})

test('it can be loaded twice in one thread, as test runners do', () => {
    const require = createRequire(import.meta.url)
    const first = require('agora-token-native')
    for (const file of Object.keys(require.cache)) delete require.cache[file]
    const second = require('agora-token-native')
    assert.notEqual(second, first)
    const token = second.RtcTokenBuilder.buildTokenWithUid(APP_ID, APP_CERTIFICATE, 'room', 42, 1, 3600)
    assert.ok(new first.Verifier(CREDENTIALS).verify(token, { channel: 'room', uid: 42 }).valid)
    assert.throws(() => second.inspect(''), second.AgoraTokenError)
})
