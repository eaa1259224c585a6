// A backend whose certificates are rotated while it runs: no token that lives is refused on the way, and a file that
// is no certificate changes nothing. CONTRACT_COMMAND is the backend.

import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

import { APP_CERTIFICATE, APP_ID } from './oracle.mjs'
import { Program, freePort, listens } from './program.mjs'

const NEW_CERTIFICATE = '00112233445566778899aabbccddeeff'

let folder, program, url, reloads

before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rotation-'))
    await certificates(APP_CERTIFICATE, '')
    const port = await freePort()
    url = `http://127.0.0.1:${port}`
    reloads = 0
    program = new Program(JSON.parse(process.env.CONTRACT_COMMAND), {
        AGORA_APP_ID: APP_ID,
        AGORA_APP_CERTIFICATE_FILE: join(folder, 'first'),
        AGORA_APP_CERTIFICATE_SECONDARY_FILE: join(folder, 'second'),
        PORT: String(port),
    })
    assert.ok(await program.until(() => listens(port)), program.output)
})

after(async () => {
    assert.equal(await program.stop(), 0)
    await rm(folder, { recursive: true })
})

async function certificates(first, second) {
    await writeFile(join(folder, 'first'), first + '\n')
    await writeFile(join(folder, 'second'), second + '\n')
}

/** Has the certificates read again, and gives what the backend says of it. */
async function hangUp() {
    const lines = () => program.output.split('\n').filter(line => line.startsWith('certificates '))
    program.signal('SIGHUP')
    assert.ok(await program.until(() => lines().length > reloads), program.output)
    return lines()[reloads++]
}

async function post(path, body) {
    const response = await fetch(url + path, { method: 'POST', body: JSON.stringify(body) })
    return { status: response.status, body: await response.json() }
}

const mint = async () => (await post('/token', { channel: 'room', user: 42 })).body.token
const verify = (token, user = 42) => post('/verify', { token, channel: 'room', user })

test('a token in JSON, and what is wrong with a request', async () => {
    const { status, body } = await post('/token', { channel: 'room', user: '42' })
    assert.equal(status, 200)
    assert.deepEqual(Object.keys(body).sort(), ['expiresAt', 'issuedAt', 'refreshAfter', 'token'])
    assert.equal((await verify(body.token)).status, 200)
    for (const [user, code] of [
        ['042', 'INVALID_UID'],
        [0, 'INVALID_UID'],
        [-1, 'INVALID_UID'],
        [4294967296, 'INVALID_UID'],
        ['', 'INVALID_USER_ACCOUNT'],
        [true, 'INVALID_USER_ACCOUNT'],
        [null, 'INVALID_USER_ACCOUNT'],
        [undefined, 'BAD_REQUEST'],
    ]) {
        const refused = await post('/token', { channel: 'room', user })
        assert.equal(refused.status, 400, String(user))
        assert.equal(refused.body.error.code, code, String(user))
    }
    const other = await verify(body.token, 43)
    assert.equal(other.status, 401)
    assert.deepEqual(
        other.body.refusals.map(refusal => refusal.code),
        ['USER_MISMATCH'],
    )
})

test('certificates rotated while tokens live', async () => {
    const old = await mint()
    assert.equal((await verify(old)).body.certificate, 0)

    await certificates(APP_CERTIFICATE, NEW_CERTIFICATE)
    assert.equal(await hangUp(), 'certificates reloaded')
    assert.equal((await verify(old)).status, 200)

    await certificates(NEW_CERTIFICATE, APP_CERTIFICATE)
    assert.equal(await hangUp(), 'certificates reloaded')
    const fresh = await mint()
    assert.equal((await verify(old)).body.certificate, 1)
    assert.equal((await verify(fresh)).body.certificate, 0)

    await certificates(NEW_CERTIFICATE, '')
    assert.equal(await hangUp(), 'certificates reloaded')
    assert.equal((await verify(fresh)).status, 200)
    assert.equal((await verify(old)).status, 401)
})

test('a file that is no certificate changes nothing, and does not show', async () => {
    const token = await mint()
    await certificates('x'.repeat(31), '')
    const said = await hangUp()
    assert.match(said, /^certificates kept: app_certificate has 31 characters/)
    assert.ok(!said.includes('xxxx'))
    assert.equal((await verify(token)).status, 200)
})
