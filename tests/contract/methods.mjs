// Methods and paths, and what a browser asks before it calls.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { assertOpenToPages, assertRefused, list } from './caller.mjs'

const REQUEST = JSON.stringify({ uid: 42, ChannelName: 'room', role: 1 })
const ELSEWHERE = [
    '/%2e%2e/fetch_rtc_token',
    '/x/%2e%2e/fetch_rtc_token',
    '/x/../fetch_rtc_token',
    '/fetch_rtc_token/%2e%2e/fetch_rtc_token',
    '/fetch_rtc_token%00',
    '/fetch_rtc_token/x',
    '/nowhere',
]

export function methods(caller) {
    test('answers the preflight of a browser', async () => {
        const answer = await caller.call({
            method: 'OPTIONS',
            headers: {
                'origin': 'https://app.example.com',
                'access-control-request-method': 'POST',
                'access-control-request-headers': 'authorization,content-type',
            },
        })
        assert.equal(answer.status, 204)
        assert.equal(answer.text, '')
        assertOpenToPages(answer)
    })
    test('answers OPTIONS of no browser', async () => {
        const answer = await caller.call({ method: 'OPTIONS' })
        assert.equal(answer.status, 204)
        assertOpenToPages(answer)
    })
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
        test(`refuses ${method} with 405 and says what is allowed`, async () => {
            const answer = await caller.call({ method, body: method === 'GET' ? undefined : REQUEST })
            assertRefused(answer, 405)
            assert.deepEqual(list(answer.headers.allow), ['options', 'post'])
        })
    }
    test('refuses HEAD with 405', async () => {
        const answer = await caller.call({ method: 'HEAD' })
        assert.equal(answer.status, 405)
        assert.deepEqual(list(answer.headers.allow), ['options', 'post'])
    })
    for (const path of ELSEWHERE) {
        test(`mints nothing at ${path}`, async () => {
            const answer = await caller.call({ path, body: REQUEST })
            assert.ok([400, 404].includes(answer.status), String(answer.status))
        })
    }
}
