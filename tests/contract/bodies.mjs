// Bodies that are no request, or an odd one, and how much of them is read.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { assertGranted, assertRefused } from './caller.mjs'

const LIMIT = 64 * 1024
const ASKED = { uid: 42, ChannelName: 'room', role: 1 }
const REQUEST = JSON.stringify(ASKED)
const EXPECTED = { uid: 42, channel: 'room', role: 1 }

const NO_REQUEST = {
    'an empty body': '',
    'a blank body': ' \n',
    'what is not JSON': 'uid=42&ChannelName=room&role=1',
    'a truncated object': REQUEST.slice(0, -1),
    'two objects': REQUEST + REQUEST,
    'a trailing comma': '{"uid": 42, "ChannelName": "room", "role": 1,}',
    'single quotes': "{'uid': 42, 'ChannelName': 'room', 'role': 1}",
    'a comment': `// a request\n${REQUEST}`,
    'an array': JSON.stringify([ASKED]),
    'a string': JSON.stringify(REQUEST),
    'a number': '42',
    'null': 'null',
    'brackets without end': '['.repeat(60_000),
    'objects without end': '{"uid":'.repeat(9_000),
    'a channel that is no UTF-8': Buffer.from(REQUEST.replace('room', 'ro\xffom'), 'latin1'),
    'an unknown field that is no UTF-8': Buffer.from(REQUEST.replace('}', ',"x":"\xff"}'), 'latin1'),
    'an overlong encoding': Buffer.from(REQUEST.replace('room', 'ro\xc0\xafom'), 'latin1'),
}

export function bodies(caller, lifetime) {
    const granted = { ...EXPECTED, lifetime }

    for (const [name, body] of Object.entries(NO_REQUEST)) {
        test(`refuses ${name} with 400`, () => caller.refused(body, 400))
    }
    test('refuses a deep array in an unknown field, or ignores it', async () => {
        const deep = `${'['.repeat(30_000)}${']'.repeat(30_000)}`
        const answer = await caller.ask(REQUEST.replace('}', `,"x":${deep}}`))
        if (answer.status === 200) assertGranted(answer, granted)
        else assertRefused(answer, 400)
    })
    test('refuses a deep array for uid', () =>
        caller.refused(REQUEST.replace('42', `${'['.repeat(30_000)}${']'.repeat(30_000)}`), 400))
    for (const twice of ['"uid": 7, "uid": 42', '"uid": 7, "UID": 42', '"UID": 7, "uid": 42']) {
        test(`refuses ${twice}, or takes the last`, async () => {
            const answer = await caller.ask(`{${twice}, "ChannelName": "room", "role": 1}`)
            if (answer.status === 200) assertGranted(answer, granted)
            else assertRefused(answer, 400)
        })
    }

    test(`takes a body of ${LIMIT} bytes`, async () => {
        assertGranted(await caller.ask(REQUEST.padEnd(LIMIT)), granted)
    })
    test(`refuses a body of ${LIMIT + 1} bytes with 413`, () => caller.refused(REQUEST.padEnd(LIMIT + 1), 413))
    test('takes a chunked body', async () => assertGranted(await caller.ask(chunks(REQUEST, 7)), granted))
    for (const [name, body] of [
        [`a chunked body of ${2 * LIMIT} bytes`, chunks(REQUEST.padEnd(2 * LIMIT), 8192)],
        ['10 MB', Buffer.alloc(10_000_000, ' ')],
    ]) {
        test(`refuses ${name} with 413 or hangs up on it, and goes on`, async () => {
            const outcome = await caller.ask(body).catch(error => error)
            if (outcome instanceof Error) assert.match(String(outcome.code), /^(EPIPE|ECONNRESET|UND_ERR_SOCKET)$/)
            else assertRefused(outcome, 413)
            assertGranted(await caller.ask(REQUEST), granted)
        })
    }

    for (const type of ['application/json; charset=UTF-8', 'text/plain', 'application/x-www-form-urlencoded']) {
        test(`takes a body that says it is ${type}`, async () =>
            assertGranted(await caller.ask(REQUEST, { 'content-type': type }), granted))
    }
    test('takes a body that says nothing of itself', async () => assertGranted(await caller.ask(REQUEST, {}), granted))
}

function* chunks(text, size) {
    for (let start = 0; start < text.length; start += size) yield text.slice(start, start + size)
}
