// No secret in what a server writes, after all that it was asked.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { APP_CERTIFICATE, TOKEN } from './oracle.mjs'

export function silence(server) {
    test('has written no certificate and no token', async () => {
        await server.stop()
        assert.ok(!server.output.toLowerCase().includes(APP_CERTIFICATE.toLowerCase()))
        assert.doesNotMatch(server.output, TOKEN)
    })
}
