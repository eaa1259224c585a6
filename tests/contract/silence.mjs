// No secret in what a server writes, after all that it was asked.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { assertHoldsNoSecret } from './oracle.mjs'

export function silence(server) {
    test('has written no certificate and no token', async () => {
        await server.stop()
        assert.notEqual(server.output, '')
        assertHoldsNoSecret(server.output)
    })
}
