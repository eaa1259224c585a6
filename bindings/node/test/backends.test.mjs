// examples/node/express and examples/node/nest, run as a backend is: they answer their clients, and tell the faults of a
// caller from their own.

import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'

import { Issuer } from 'agora-token-native'

import { installed, succeed } from './installed.mjs'
import { APP_CERTIFICATE, APP_ID, CHECKOUT, CREDENTIALS, issuer, verifier } from './support.mjs'

const SESSION_SECRET = 'a secret of the tests, long enough for HS256'
const OLDER = { appId: APP_ID, appCertificate: '0123456789abcdef0123456789abcdef' }
const KEYS = {
    AGORA_APP_ID: APP_ID,
    AGORA_APP_CERTIFICATE: APP_CERTIFICATE,
    AGORA_APP_CERTIFICATE_SECONDARY: OLDER.appCertificate,
    SESSION_SECRET,
    PORT: '0',
}

const BACKENDS = {
    express: folder => join(folder, 'server.mjs'),
    nest: folder => {
        const tsc = join(folder, 'node_modules/typescript/bin/tsc')
        succeed(spawnSync(process.execPath, [tsc], { cwd: folder, encoding: 'utf8' }))
        return join(folder, 'dist/main.js')
    },
}

function start(program, keys) {
    const { AGORA_APP_ID, AGORA_APP_CERTIFICATE, ...others } = process.env
    return spawn(process.execPath, [program], { env: { ...others, ...keys }, stdio: ['ignore', 'pipe', 'pipe'] })
}

/** The first line that it prints, or what it says when it ends without. */
function firstLine(server) {
    return new Promise((resolve, reject) => {
        let [said, wrong] = ['', '']
        server.stderr.on('data', data => (wrong += data))
        server.stdout.on('data', data => {
            said += data
            if (said.includes('\n')) resolve(said.split('\n', 1)[0])
        })
        server.on('exit', status => reject(new Error(`ended with ${status}: ${wrong}`)))
    })
}

for (const [name, prepare] of Object.entries(BACKENDS)) {
    describe(name, () => {
        let server, address, program, jose
        before(async () => {
            const folder = installed(join(CHECKOUT, 'examples/node', name), name)
            program = prepare(folder)
            jose = await import(pathToFileURL(createRequire(join(folder, 'package.json')).resolve('jose')))
            server = start(program, KEYS)
            address = await firstLine(server)
        })
        after(() => server?.kill())

        const session = (sub, hosts = [], secret = SESSION_SECRET) =>
            new jose.SignJWT({ hosts })
                .setProtectedHeader({ alg: 'HS256' })
                .setSubject(sub)
                .setExpirationTime('5m')
                .sign(new TextEncoder().encode(secret))

        async function ask(path, { jwt, body, method = 'POST', headers = {} } = {}) {
            const response = await fetch(`${address}${path}`, {
                method,
                headers: {
                    ...(jwt && { authorization: `Bearer ${jwt}` }),
                    ...(body && { 'content-type': 'application/json' }),
                    ...headers,
                },
                ...(body && { body: JSON.stringify(body) }),
            })
            return { status: response.status, headers: response.headers, answer: await response.json() }
        }

        test('who is logged in gets a token, with the times to renew it', async () => {
            for (const [sub, hosts, whom] of [
                ['42', [], { uid: 42 }],
                ['alice', ['room'], { account: 'alice' }],
            ]) {
                const { status, headers, answer } = await ask('/channels/room/token', {
                    jwt: await session(sub, hosts),
                })
                assert.deepEqual([status, headers.get('cache-control')], [200, 'no-store'])
                assert.deepEqual(Object.keys(answer), ['token', 'issuedAt', 'expiresAt', 'refreshAfter'])
                const publish = { ...whom, channel: 'room', privilege: 'publishAudioStream' }
                assert.equal(verifier.verdict(answer.token, publish).valid, hosts.length > 0)
                verifier.verify(answer.token, { ...whom, channel: 'room' })
                verifier.verify(answer.token, { ...whom, service: 'rtm' })
            }
        })

        test('who is not gets none', async () => {
            const forged = await session('alice', [], 'another secret that is long enough as well')
            for (const jwt of [undefined, 'nonsense', forged, await session('042'), await session('')]) {
                const { status, answer } = await ask('/channels/room/token', { jwt })
                assert.equal(status, 401)
                assert.ok(!JSON.stringify(answer).includes('007'))
            }
        })

        test("a caller's fault is a bad request, and says why", async () => {
            const { status, answer } = await ask(`/channels/${'x'.repeat(64)}/token`, { jwt: await session('alice') })
            assert.equal(status, 400)
            assert.deepEqual(answer, {
                error: 'channel has 64 bytes, at most 63 expected',
                code: 'INVALID_CHANNEL_NAME',
            })
        })

        test('a token lets into what it is for, under both certificates', async () => {
            const jwt = await session('alice')
            const get = (token, path = '/channels/room/recording') =>
                ask(path, { jwt, method: 'GET', headers: token === undefined ? {} : { 'agora-token': token } })
            const grant = { channel: 'room', account: 'alice', role: 'subscriber' }
            for (const good of [issuer, new Issuer(OLDER)]) {
                const { status, answer } = await get(good.issue(grant).token)
                assert.deepEqual([status, answer], [200, { url: '/recordings/room.mp4' }])
            }
            const forged = new Issuer({ ...CREDENTIALS, appCertificate: 'f'.repeat(32) })
            const late = new Issuer({ ...CREDENTIALS, clock: 1_700_000_000 })
            for (const [token, status, code] of [
                [forged.issue(grant).token, 401, 'SIGNATURE_MISMATCH'],
                [late.issue(grant).token, 401, 'TOKEN_EXPIRED'],
                [issuer.issue({ ...grant, account: 'bob' }).token, 403, 'USER_MISMATCH'],
                [issuer.issue({ ...grant, channel: 'lobby' }).token, 403, 'CHANNEL_MISMATCH'],
                ['nonsense', 401, 'TOKEN_VERSION'],
                [undefined, 401, 'TOKEN_VERSION'],
            ]) {
                const refused = await get(token)
                assert.deepEqual([refused.status, refused.answer.code], [status, code])
            }
        })

        test('hosts invite many, and one bad user keeps out nobody else', async () => {
            const jwt = await session('alice', ['hall'])
            const invite = (users, as = jwt) => ask('/channels/hall/invitations', { jwt: as, body: { users } })
            const { status, answer } = await invite([41, 'bob', 0, null, true])
            assert.equal(status, 200)
            assert.deepEqual(
                answer.map(({ user, token }) => [user, token !== undefined]),
                [
                    [41, true],
                    ['bob', true],
                    [0, false],
                    [null, false],
                    [true, false],
                ],
            )
            verifier.verify(answer[1].token, { channel: 'hall', account: 'bob' })
            assert.match(answer[2].error, /^user is 0, which means any user/)
            assert.equal((await invite('bob')).status, 400)
            assert.equal((await invite([41], await session('bob'))).status, 403)
        })

        test('without credentials it does not start', async () => {
            for (const [missing, said] of [
                ['AGORA_APP_ID', /AGORA_APP_ID is not set in the environment/],
                ['SESSION_SECRET', /set SESSION_SECRET/],
            ]) {
                const { [missing]: _, ...keys } = KEYS
                const failing = start(program, keys)
                await assert.rejects(firstLine(failing), said)
            }
        })
    })
}
