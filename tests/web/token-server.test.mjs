// What the client asks of a token server and how it takes the answers, over HTTP.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { after, before, test } from 'node:test'

import { TokenServerError, fetchRtcToken, fetchToken } from '../../examples/web/token-server.js'

const CALLER = { channel: 'room', uid: 42, role: 'publisher' }

let asked
let authorization
let answer
const server = createServer(async (request, response) => {
    let body = ''
    for await (const part of request) body += part
    asked = { method: request.method, path: request.url, body: JSON.parse(body) }
    authorization = request.headers.authorization
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers })
    response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body))
})
let url
before(async () => {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    url = `http://127.0.0.1:${server.address().port}`
})
after(() => server.close())

const ask = (fetch, caller = CALLER) => fetch(url, caller, new AbortController().signal)

test('fetchRtcToken asks as the guides do', async () => {
    answer = { body: { token: '007', code: '200' } }
    assert.deepEqual(await ask(fetchRtcToken), { token: '007', code: '200' })
    const body = { uid: 42, ChannelName: 'room', role: 1 }
    assert.deepEqual(asked, { method: 'POST', path: '/fetch_rtc_token', body })
    await ask(fetchRtcToken, { ...CALLER, role: 'subscriber' })
    assert.equal(asked.body.role, 2)
})

test('fetchToken asks for a token that says when it ends', async () => {
    answer = { body: { token: '007', expiresAt: 140, serverTime: 100, refreshAfter: 120 } }
    assert.deepEqual(await ask(fetchToken), answer.body)
    assert.deepEqual(asked, { method: 'POST', path: '/v1/tokens', body: CALLER })
})

for (const fetch of [fetchToken, fetchRtcToken]) {
    test(`${fetch.name} says who is calling if it is told`, async () => {
        answer = { body: { token: '007' } }
        await ask(fetch)
        assert.equal(authorization, undefined)
        await fetch(url, CALLER, new AbortController().signal, 'Bearer ey')
        assert.equal(authorization, 'Bearer ey')
    })
}

for (const [name, fetch, body, message] of [
    ['of the guides', fetchRtcToken, { token: 'uid: wrong type', code: '400' }, /answered 400: uid: wrong type$/],
    ['of /v1', fetchToken, { title: 'Bad request', detail: 'uid is 0' }, /answered 400: uid is 0$/],
    ['that is no JSON', fetchToken, '<h1>Bad Request</h1>', /answered 400: Bad Request$/],
]) {
    test(`a refusal ${name} says why`, async () => {
        answer = { status: 400, body }
        await assert.rejects(ask(fetch), error => {
            assert.ok(error instanceof TokenServerError)
            assert.match(error.message, message)
            assert.deepEqual([error.status, error.retryAfter], [400, undefined])
            return true
        })
    })
}

for (const [header, check] of [
    ['7', seconds => seconds === 7],
    ['0', seconds => seconds === undefined],
    [new Date(Date.now() + 3600_000).toUTCString(), seconds => seconds > 3000 && seconds <= 3600],
    ['Wed, 21 Oct 2015 07:28:00 GMT', seconds => seconds === undefined],
    ['soon', seconds => seconds === undefined],
]) {
    test(`a refusal with Retry-After: ${header.length > 9 ? 'a date' : header}`, async () => {
        answer = { status: 429, headers: { 'retry-after': header }, body: {} }
        await assert.rejects(ask(fetchToken), ({ status, retryAfter }) => status === 429 && check(retryAfter))
    })
}

test('what is no JSON is no token', async () => {
    answer = { body: '<h1>Please log in to this network</h1>' }
    await assert.rejects(ask(fetchToken), SyntaxError)
})

test('a signal aborts the request', async () => {
    const controller = new AbortController()
    controller.abort()
    await assert.rejects(fetchToken(url, CALLER, controller.signal), { name: 'AbortError' })
})
