// Many callers at once for a while, all of whom get their own and nothing else, while certificate and policies change
// and until the server ends: no request fails, memory stays, and what began is answered.
//
// AGORA_TOKEN    the command-line tool
// LOAD_SECONDS   how long, 60 unless set
// LOAD_CALLERS   how many, 200 unless set

import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'

import { BegunRequest } from './begun.mjs'
import { Crowd, assertOwn, identity } from './callers.mjs'
import { LoadedServer } from './server.mjs'

const { AGORA_TOKEN: tool, LOAD_SECONDS = '60', LOAD_CALLERS = '200' } = process.env
/** Between two looks at the memory, in seconds. */
const STRETCH = 5
/** By how much the last of three stretches of time may need more memory than the second. */
const GROWTH = 1.1

const identities = Array.from({ length: Number(LOAD_CALLERS) }, (_, number) => identity(number))
const stretches = Math.max(3, Math.round(Number(LOAD_SECONDS) / STRETCH))
const server = await LoadedServer.start(tool, identities)
try {
    const crowd = new Crowd(server.url, identities, server.settings)
    const memory = await watch(crowd)
    const begun = await end(crowd)
    const { minted, stopped } = await logged()
    assert.equal(minted, crowd.tokens + begun, 'tokens minted, and tokens that arrived')
    assert.ok(stopped, 'the server says that it answered what began')
    assertFlat(memory)
    console.log(`${crowd.tokens} tokens and ${crowd.refusals} refusals for ${identities.length} callers, all as due`)
    console.log(`${begun} requests begun before SIGTERM were answered, ${crowd.turnedAway} callers turned away after`)
} finally {
    await server.remove()
}

/** The memory at every look. A third into the time comes another certificate, another third later other policies. */
async function watch(crowd) {
    const memory = []
    for (let stretch = 1; stretch <= stretches; stretch++) {
        const tokens = crowd.tokens
        await pause(STRETCH * 1000)
        crowd.assertNoFailure()
        memory.push(server.memory())
        const rate = Math.round((crowd.tokens - tokens) / STRETCH)
        console.log(`${stretch * STRETCH} s: ${crowd.tokens} tokens, ${rate} a second, ${memory.at(-1).toFixed(1)} MiB`)
        if (stretch === Math.round(stretches / 3)) {
            await server.rotateCertificate()
            console.log('another certificate')
        }
        if (stretch === Math.round((2 * stretches) / 3)) {
            await server.reloadPolicies()
            console.log('other policies')
        }
    }
    return memory
}

/** SIGTERM, while everybody asks on, and as many requests more are half sent; how many these were. */
async function end(crowd) {
    const begun = await Promise.all(identities.map(self => BegunRequest.begin(server.port, self)))
    crowd.mayBeTurnedAway = true
    await server.beginToEnd()
    const answers = await Promise.all(begun.map(request => request.finish()))
    answers.forEach((answer, index) => assertOwn(answer, identities[index], server.settings))
    assert.equal(await server.program.ended(), 0)
    await crowd.done
    crowd.assertNoFailure()
    return begun.length
}

async function logged() {
    let minted = 0
    let stopped = false
    for await (const { event, message } of server.log()) {
        minted += Number(event === 'minted')
        stopped ||= /every request that began is answered/.test(message)
    }
    return { minted, stopped }
}

function assertFlat(memory) {
    const third = Math.floor(memory.length / 3)
    const [before, last] = [memory.slice(-2 * third, -third), memory.slice(-third)].map(part => Math.max(...part))
    assert.ok(last <= before * GROWTH, `${before.toFixed(1)} MiB grew to ${last.toFixed(1)} MiB`)
}
