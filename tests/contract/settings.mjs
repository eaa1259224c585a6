// What a server is told by its environment.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { Caller } from './caller.mjs'
import { APP_CERTIFICATE, assertHoldsNoSecret } from './oracle.mjs'
import { Server } from './server.mjs'

export function settings() {
    test('tokens live for an hour unless told otherwise', async () => {
        const server = await Server.start()
        const caller = new Caller(server.url)
        try {
            await caller.granted({ uid: 42, ChannelName: 'room', role: 1 }, 3600)
        } finally {
            await caller.close()
            await server.stop()
        }
    })
    for (const [name, value, named] of [
        ['AGORA_TOKEN_LIFETIME', '0', /lifetime/i],
        ['AGORA_TOKEN_LIFETIME', '-1', /lifetime/i],
        ['AGORA_TOKEN_LIFETIME', 'an hour', /lifetime/i],
        ['AGORA_APP_ID', 'app', /app.?id/i],
        ['AGORA_APP_CERTIFICATE', `${APP_CERTIFICATE}\n`, /certificate/i],
    ]) {
        test(`does not start with ${name}=${JSON.stringify(value.replace(APP_CERTIFICATE, '…'))}`, async () => {
            const said = await Server.startInVain({ [name]: value })
            assert.match(said, named)
            assertHoldsNoSecret(said)
        })
    }
}
