// The token server knows users of a real OpenID Connect provider, finds its keys, and follows their rotation.
//
// AGORA_TOKEN  the command-line tool

import assert from 'node:assert/strict'
import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'

import { Provider, errors } from 'oidc-provider'

import { APP_CERTIFICATE, APP_ID } from '../contract/oracle.mjs'
import { Program, freePort } from '../contract/program.mjs'

const AUDIENCE = 'urn:agora-token'
const CLIENT = { client_id: 'alice', client_secret: 'a secret of this test alone' }

/** A key pair as the provider takes it. */
function key(kid, alg) {
    const encodings = {
        privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
        publicKeyEncoding: { type: 'spki', format: 'pem' },
    }
    const { privateKey } =
        alg === 'ES256'
            ? generateKeyPairSync('ec', { namedCurve: 'P-256', ...encodings })
            : generateKeyPairSync('rsa', { modulusLength: 2048, ...encodings })
    // Node 20 waits for itself when it collects the garbage of a key's generation while that key is exported.
    return { ...createPrivateKey(privateKey).export({ format: 'jwk' }), kid, alg, use: 'sig' }
}

const keys = [key('first', 'RS256'), key('second', 'ES256'), key('third', 'PS256')]
const http = createServer((request, response) => provider(request, response)).listen(0, '127.0.0.1')
await once(http, 'listening')
const issuer = `http://127.0.0.1:${http.address().port}`

/** What answers at the moment: a provider that signs with `signing` and publishes `published`. */
let provider
function rotate(signing, published) {
    const { alg } = signing
    provider = new Provider(issuer, {
        jwks: { keys: [signing, ...published.filter(other => other !== signing)] },
        clients: [
            {
                ...CLIENT,
                grant_types: ['client_credentials'],
                redirect_uris: [],
                response_types: [],
                id_token_signed_response_alg: alg,
            },
        ],
        features: {
            devInteractions: { enabled: false },
            clientCredentials: { enabled: true },
            resourceIndicators: {
                enabled: true,
                defaultResource: () => AUDIENCE,
                getResourceServerInfo: (_, resource) => {
                    if (resource !== AUDIENCE) throw new errors.InvalidTarget()
                    return {
                        audience: AUDIENCE,
                        accessTokenFormat: 'jwt',
                        scope: 'publish watch',
                        jwt: { sign: { alg } },
                    }
                },
            },
        },
        extraTokenClaims: () => ({ org_id: 'blue', groups: ['staff', 'hosts'] }),
    }).callback()
}

async function jwt(scope) {
    const body = new URLSearchParams({ grant_type: 'client_credentials', resource: AUDIENCE, scope })
    const basic = Buffer.from(`${CLIENT.client_id}:${encodeURIComponent(CLIENT.client_secret)}`).toString('base64')
    const answer = await fetch(`${issuer}/token`, {
        method: 'POST',
        headers: { authorization: `Basic ${basic}` },
        body,
    })
    const text = await answer.text()
    assert.equal(answer.status, 200, text)
    return JSON.parse(text).access_token
}

const folder = mkdtempSync(join(tmpdir(), 'agora-token-provider-'))
writeFileSync(
    join(folder, 'serve.toml'),
    `app_id = "${APP_ID}"
admin_listen = "none"
limit_per_address = 0

[policies.viewer]
channels = ["lobby"]
subject = true
max_lifetime = "1h"

[policies.host]
channels = ["lobby"]
subject = true
roles = ["publisher", "subscriber"]
max_lifetime = "1h"

[[jwt_issuers]]
name = "provider"
discover = true
issuer = "${issuer}"
audience = "${AUDIENCE}"
account = "{sub}"
channels = ["team-{org_id}-*"]
policy = "viewer"

[[jwt_issuers.rules]]
claim = "scope"
has = "publish"
policy = "host"
`,
)
const port = await freePort()
rotate(keys[0], [keys[0]])
const settings = { AGORA_APP_CERTIFICATE: APP_CERTIFICATE }
const command = [
    process.env.AGORA_TOKEN,
    'serve',
    '--config',
    join(folder, 'serve.toml'),
    '--listen',
    `127.0.0.1:${port}`,
    '--admin-listen',
    'none',
]
const server = new Program(command, settings)
// The provider would keep a test alive whose server does not start.
await server.untilListening(port).catch(error => {
    console.error(error)
    process.exit(1)
})
after(async () => {
    await server.stop()
    http.closeAllConnections()
    http.close()
    rmSync(folder, { recursive: true })
})

async function ask(credential, asked) {
    const answer = await fetch(`http://127.0.0.1:${port}/v1/tokens`, {
        method: 'POST',
        headers: { authorization: `Bearer ${credential}` },
        body: JSON.stringify(asked),
    })
    return { status: answer.status, ...(await answer.json()) }
}

test('its users get tokens for themselves', async () => {
    const answer = await ask(await jwt('watch'), { channel: 'lobby' })
    assert.equal(answer.status, 200, JSON.stringify(answer))
    assert.equal(answer.account, 'alice')
})
test('claims give channels', async () => {
    const credential = await jwt('watch')
    assert.equal((await ask(credential, { channel: 'team-blue-1' })).status, 200)
    assert.equal((await ask(credential, { channel: 'team-red-1' })).code, 'FORBIDDEN_CHANNEL')
})
test('the scope picks the policy', async () => {
    const publish = { channel: 'lobby', role: 'publisher' }
    assert.equal((await ask(await jwt('watch'), publish)).code, 'FORBIDDEN_ROLE')
    assert.equal((await ask(await jwt('publish'), publish)).status, 200)
})
test('keys rotate while users ask, and nobody is refused', async () => {
    const EACH = 8
    let count = 0
    const users = Array.from({ length: 4 }, async () => {
        while (count < 3 * EACH) {
            const answer = await ask(await jwt('watch'), { channel: 'lobby' })
            assert.equal(answer.status, 200, JSON.stringify(answer))
            count++
            // The provider signs with a new key from one moment to the next.
            if (count % EACH === 0 && count < 3 * EACH) {
                const next = count / EACH
                rotate(keys[next], [keys[next - 1], keys[next]])
            }
        }
    })
    await Promise.all(users)
})
test('a provider that is gone leaves its users their tokens', async () => {
    const credential = await jwt('watch')
    assert.equal((await ask(credential, { channel: 'lobby' })).status, 200)
    provider = (_, response) => response.destroy()
    assert.equal((await ask(credential, { channel: 'lobby' })).status, 200)
    const forged = `${credential.slice(0, -8)}AAAAAAAA`
    assert.equal((await ask(forged, { channel: 'lobby' })).code, 'UNAUTHENTICATED')
})
