// What an issuer gives in Node, sent to a client as JSON, is what its renewer takes.
//
// NODE_PACKAGE   the folder in which agora-token-native is installed

import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { test } from 'node:test'

import { TokenRenewer } from '../../examples/web/token-renewer.js'
import { FakeDevice } from './fake-device.mjs'
import { CREDENTIALS } from './processes.mjs'

const require = createRequire(join(process.env.NODE_PACKAGE, 'package.json'))
const { Issuer } = require('agora-token-native')

test('an issued token of Node, as JSON', async () => {
    const issuer = Issuer.fromEnv({}, CREDENTIALS)
    const issued = JSON.parse(JSON.stringify(issuer.issue({ channel: 'room', uid: 42, role: 'publisher' })))
    assert.deepEqual(Object.keys(issued).sort(), ['expiresAt', 'issuedAt', 'refreshAfter', 'token'])

    const device = new FakeDevice()
    const did = []
    const renewer = new TokenRenewer({
        fetchToken: async () => issued,
        join: async token => did.push(`join ${token === issued.token}`),
        renewToken: async token => did.push(`renew ${token === issued.token} at ${device.now}`),
        onError: assert.fail,
        onWarning: assert.fail,
        host: device.host,
    })
    await renewer.start()
    const seconds = issued.refreshAfter - issued.issuedAt
    await device.advance(seconds)
    assert.deepEqual(did, ['join true', `renew true at ${seconds}`])
    renewer.stop()
})
