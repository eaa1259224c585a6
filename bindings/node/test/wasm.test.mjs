// What is special about the bridge as WebAssembly. The other tests run on it, too: see test.mjs.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'

import * as native from 'agora-token-native'

import { WASM } from './installed.mjs'
import { APP_CERTIFICATE, APP_ID, CREDENTIALS, read } from './support.mjs'

const require = createRequire(import.meta.url)
const wasm = await import(pathToFileURL(join(WASM, 'index.mjs')))
const wanted = { channel: 'room', uid: 42, role: 'publisher' }
const mint = uid => wasm.RtcTokenBuilder.buildTokenWithUid(APP_ID, APP_CERTIFICATE, 'room', uid, 1, 3600)

test('it is the same package on another backend', () => {
    assert.deepEqual([native.backend, wasm.backend], ['native', 'wasm'])
    assert.deepEqual(Object.keys(wasm), Object.keys(native))
    assert.equal(require(WASM).Issuer, wasm.Issuer)
    const manifests = ['agora-token-native/package.json', join(WASM, 'package.json')].map(name => require(name))
    assert.equal(manifests[0].version, manifests[1].version)
    assert.equal(JSON.parse(read('bindings/wasm/package-lock.json')).version, manifests[1].version)
    assert.doesNotMatch(read('bindings/wasm/package-lock.json'), /"resolved"|https?:/)
    assert.equal(manifests[1].dependencies, undefined)
    const home = dirname(require.resolve('agora-token-native/package.json'))
    for (const name of ['index.d.ts', 'index.d.mts', 'lib/generated/builders.d.cts']) {
        assert.equal(readFileSync(join(WASM, name), 'utf8'), readFileSync(join(home, name), 'utf8'))
    }
})

test('each verifies what the other mints, and both mint the same', () => {
    const sources = { clock: 1_700_000_000, salt: 20_000_000 }
    for (const [one, other] of [
        [native, wasm],
        [wasm, native],
    ]) {
        const { token } = new one.Issuer(CREDENTIALS).issue(wanted)
        assert.ok(new other.Verifier(CREDENTIALS).verify(token, { channel: 'room', uid: 42 }).valid)
    }
    const [one, other] = [native, wasm].map(face => new face.Issuer({ ...CREDENTIALS, ...sources }).issue(wanted).token)
    assert.equal(one, other)
})

test('what stops in the middle is an error, and the next call works', () => {
    const codes = new Set()
    const dive = () => {
        try {
            mint(42)
        } catch (error) {
            if (!(error instanceof wasm.AgoraTokenError)) throw error
            codes.add(error.code)
        }
        dive()
    }
    assert.throws(dive, RangeError)
    assert.deepEqual(
        [...codes].filter(code => code !== 'INTERNAL'),
        [],
    )
    assert.equal(wasm.inspect(mint(42)).user, '42')
})

test('an array that holds itself, and texts of any size, are refused', () => {
    const endless = []
    for (let at = 0; at < 1000; at++) endless.push(endless)
    assert.throws(() => wasm.inspect(endless), { field: 'token', reason: 'token is an object; a string expected' })
    assert.throws(() => wasm.inspect('007' + 'x'.repeat(2 ** 27)), { code: 'PAYLOAD_TOO_LARGE' })
    assert.throws(() => wasm.inspect('007' + 'x'.repeat(2 ** 24)), wasm.TokenParseError)
    assert.equal(wasm.inspect(mint(42)).user, '42')
})

test('a getter of an argument may call again', () => {
    let calls = 0
    const list = Object.defineProperty([], 0, { enumerable: true, get: () => (calls++, mint(7)) })
    assert.throws(() => wasm.inspect(list), { field: 'token', reason: 'token is an object; a string expected' })
    assert.equal(calls, 1)
    assert.equal(wasm.inspect(mint(42)).user, '42')
})

test('without a random source or a clock there is no token', t => {
    const { getRandomValues } = crypto
    crypto.getRandomValues = () => {
        throw new Error('no entropy')
    }
    after(() => (crypto.getRandomValues = getRandomValues))
    const drawAll = () => {
        for (let time = 0; time < 100; time++) mint(42)
    }
    assert.throws(drawAll, { code: 'RANDOM_SOURCE_FAILED' })
    crypto.getRandomValues = getRandomValues
    const old = mint(42)
    for (const now of [-1000, NaN, 2 ** 32 * 1000]) {
        const clock = t.mock.method(Date, 'now', () => now)
        assert.throws(() => mint(42), { code: 'CLOCK_OUT_OF_RANGE' })
        assert.throws(() => new wasm.Verifier(CREDENTIALS).verify(old, {}), { code: 'CLOCK_OUT_OF_RANGE' })
        assert.equal(new wasm.Verifier(CREDENTIALS).verdict(old, {}).valid, false)
        assert.throws(() => wasm.diagnose(old), { code: 'CLOCK_OUT_OF_RANGE' })
        clock.mock.restore()
    }
})

test('salts are those of the core', () => {
    const salts = Array.from({ length: 5000 }, (_, uid) => wasm.inspect(mint(uid + 1)).salt)
    assert.ok(salts.every(salt => salt >= 257 << 16 && salt <= 99_999_999))
    assert.ok(new Set(salts).size > 4950)
    // Both ends are reached.
    assert.ok(Math.min(...salts) < 18_000_000 && Math.max(...salts) > 98_000_000)
})

test('a call that traps is an error, and its instance is not used again', () => {
    let traps = 0
    const { face, memories } = watched(exports => ({
        ...exports,
        bridge_call(...given) {
            if (traps === 0) return exports.bridge_call(...given)
            traps--
            throw new WebAssembly.RuntimeError('unreachable')
        },
    }))
    const verifier = new face.Verifier(CREDENTIALS)
    traps = 1
    assert.throws(() => face.inspect(mint(42)), { code: 'INTERNAL' })
    assert.ok(new Uint8Array(memories[0].buffer).every(byte => byte === 0))
    assert.ok(verifier.verify(mint(42), { channel: 'room' }).valid)
    assert.equal(memories.length, 2)
})

/** The package once more, with the memories of all instances that it makes, whose exports may be others. */
function watched(changed = exports => exports) {
    const memories = []
    const { Instance } = WebAssembly
    WebAssembly.Instance = class extends Instance {
        constructor(...given) {
            super(...given)
            memories.push(super.exports.memory)
        }

        get exports() {
            return changed(super.exports)
        }
    }
    const loaded = Object.keys(require.cache).filter(file => file.startsWith(WASM))
    for (const file of loaded) delete require.cache[file]
    const face = require(WASM)
    after(() => (WebAssembly.Instance = Instance))
    return { face, memories }
}

test('nothing of a certificate stays in memory, whatever became of the call', async t => {
    const { face, memories } = watched()
    const { RtcTokenBuilder, RtcTokenBuilder006, Issuer, Verifier, AccessToken2, ServiceRtc } = face
    const issuer = new Issuer(CREDENTIALS)
    const { token } = issuer.issue(wanted)
    await issuer.issueMany([1, 2, 0], { channel: 'room', role: 'publisher' })
    new Verifier({ ...CREDENTIALS, certificates: [APP_CERTIFICATE] }).verdict(token, { channel: 'x' })
    RtcTokenBuilder.buildTokenWithUid(APP_ID, APP_CERTIFICATE, 'room', 42, 1, 3600)
    RtcTokenBuilder006.buildTokenWithUid(APP_ID, APP_CERTIFICATE, 'room', 42, 1)
    assert.throws(() => RtcTokenBuilder.buildTokenWithUid(APP_ID, APP_CERTIFICATE, '', -1, 1, 3600))
    const built = new AccessToken2(APP_ID, APP_CERTIFICATE).addService(new ServiceRtc('room', 42)).build()
    face.AccessToken2.parse(built).verifySignature(APP_CERTIFICATE)
    face.diagnose(token, { appCertificate: APP_CERTIFICATE, channel: 'room' })
    // What finds no room on the stack, and what is copied before it is refused.
    for (const appCertificate of [`${APP_CERTIFICATE}\ud800`, APP_CERTIFICATE.repeat(40)]) {
        assert.throws(() => new Issuer({ ...CREDENTIALS, appCertificate }), face.AgoraTokenError)
    }
    face.diagnose(APP_CERTIFICATE, { appCertificate: APP_CERTIFICATE })
    assert.equal(memories.length, 1)
    const memory = Buffer.from(memories[0].buffer)
    for (let at = 0; at + 8 <= APP_CERTIFICATE.length; at++) {
        assert.ok(!memory.includes(APP_CERTIFICATE.slice(at, at + 8)), `piece ${at}`)
    }
    // And as HMAC has it.
    for (const pad of [0x36, 0x5c]) {
        const padded = Buffer.from(APP_CERTIFICATE).map(byte => byte ^ pad)
        for (let at = 0; at + 8 <= padded.length; at++) assert.ok(!memory.includes(padded.subarray(at, at + 8)))
    }
    // What is looked for can be found: the App ID is no secret, and is where it was last put.
    memory.write(APP_CERTIFICATE, 70_000)
    assert.ok(memory.includes(APP_CERTIFICATE.slice(0, 8)))
    t.diagnostic(`${memory.length} bytes`)
})

test('memory is flat, however many tokens, objects and errors', () => {
    const { face, memories } = watched()
    const round = count => {
        for (let at = 0; at < count; at++) {
            const issuer = new face.Issuer(CREDENTIALS)
            const { token } = issuer.issue({ ...wanted, channel: `room-${at}` })
            new face.Verifier(CREDENTIALS).verdict(token, { channel: 'x' })
            assert.throws(() => face.inspect(`${token.slice(0, 40)}!`))
        }
    }
    round(200)
    const size = memories[0].buffer.byteLength
    round(4000)
    assert.deepEqual([memories.length, memories[0].buffer.byteLength], [1, size])
    // What one large call took is given back.
    assert.throws(() => face.inspect('007' + 'x'.repeat(2 ** 23)), face.TokenParseError)
    face.inspect(face.RtcTokenBuilder.buildTokenWithUid(APP_ID, APP_CERTIFICATE, 'room', 1, 1, 60))
    assert.equal(memories.length, 2)
    assert.ok(memories[1].buffer.byteLength < 2 ** 22)
})

test('a worker has an instance of its own', async () => {
    const code = `
        import { parentPort } from 'node:worker_threads'
        import { Issuer, backend } from '${pathToFileURL(join(WASM, 'browser.mjs'))}'
        const issuer = new Issuer(${JSON.stringify(CREDENTIALS)})
        parentPort.postMessage([backend, issuer.issue(${JSON.stringify(wanted)}).token])`
    const workers = [1, 2, 3].map(() => new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`)))
    for (const [[backend, token]] of await Promise.all(workers.map(worker => once(worker, 'message')))) {
        assert.equal(backend, 'wasm')
        assert.ok(new native.Verifier(CREDENTIALS).verify(token, { channel: 'room', uid: 42 }).valid)
    }
})
