// Several requests on a connection, and many callers at once, each of whom gets what that one asked for.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { Caller, assertGranted, now } from './caller.mjs'
import { pipeline } from './pipeline.mjs'

const CALLERS = 50
const CALLS_OF_EACH = 10

export function connections(url, lifetime) {
    test('keeps a connection alive, or says that it closes it', () =>
        withCaller(url, async caller => {
            let connections = 1
            for (const uid of [1, 2, 3]) {
                const answer = await caller.ask({ uid, ChannelName: `room ${uid}`, role: 1 })
                assertGranted(answer, { uid, channel: `room ${uid}`, role: 1, lifetime })
                assert.equal(caller.connections, connections)
                connections += Number(answer.headers.connection === 'close')
            }
        }))
    test('grants after refusals, whatever becomes of the connection', () =>
        withCaller(url, async caller => {
            const asked = { uid: 42, ChannelName: 'room', role: 1 }
            const refusals = [
                [asked, 405, 'PUT'],
                [{ ...asked, uid: 0 }, 403, 'POST'],
                ['not JSON', 400, 'POST'],
                [' '.repeat(70_000), 413, 'POST'],
            ]
            for (const [body, status, method] of refusals) {
                const text = typeof body === 'string' ? body : JSON.stringify(body)
                const answer = await caller.call({ method, body: text })
                assert.equal(answer.status, status)
                await caller.granted(asked, lifetime)
            }
        }))
    test('answers pipelined requests in their order, as many as it takes of a connection', async () => {
        const asked = [1, 2, 3, 4, 5].map(uid => ({ uid, ChannelName: `room ${uid}`, role: 1 }))
        const earliest = now()
        const answers = await pipeline(
            url,
            asked.map(fields => JSON.stringify(fields)),
        )
        assert.ok(answers.length > 0)
        if (answers.length < asked.length) assert.equal(answers.at(-1).headers.connection, 'close')
        answers.forEach((answer, index) => {
            const { uid, ChannelName: channel, role } = asked[index]
            assertGranted({ ...answer, earliest, latest: now() }, { uid, channel, role, lifetime })
        })
    })
    test(`${CALLERS} callers at once each get their own`, () =>
        Promise.all(
            Array.from({ length: CALLERS }, (_, number) =>
                withCaller(url, caller => callAtOnce(caller, number, lifetime)),
            ),
        ))
}

/** Each call has a uid and a channel of its own; every other one is to be refused, naming its own mistake. */
function callAtOnce(caller, number, lifetime) {
    const calls = Array.from({ length: CALLS_OF_EACH }, async (_, call) => {
        const uid = 1 + number * CALLS_OF_EACH + call
        const role = 1 + (uid % 2)
        if (call % 2 === 0) return caller.granted({ uid, ChannelName: `room-${number}-${call}`, role }, lifetime)
        return caller.refused({ uid, ChannelName: `room-${'r'.repeat(60 + uid)}`, role }, 400, `${65 + uid} bytes`)
    })
    return Promise.all(calls)
}

async function withCaller(url, use) {
    const caller = new Caller(url)
    try {
        return await use(caller)
    } finally {
        await caller.close()
    }
}
