// A caller of one server, and what every answer of the contract has.

import assert from 'node:assert/strict'

import { Client } from 'undici'

import { assertHoldsNoSecret, assertToken } from './oracle.mjs'

const ROUTE = '/fetch_rtc_token'

export class Caller {
    #client

    /** Calls over one connection at a time; `options` are undici's. */
    constructor(url, options) {
        this.#client = new Client(url, options)
        this.connections = 0
        this.#client.on('connect', () => this.connections++)
    }

    close() {
        return this.#client.close()
    }

    /** Any request; `body` is bytes, a text, or an iterable of either, which goes out chunked. */
    async call({ method = 'POST', path = ROUTE, headers = {}, body }) {
        const earliest = now()
        const request = { method, path, headers, body }
        const { statusCode, headers: answered, body: content } = await this.#client.request(request)
        return { status: statusCode, headers: answered, text: await content.text(), earliest, latest: now() }
    }

    /** Asks with these bytes, or with the JSON text of this value. */
    ask(body, headers = { 'content-type': 'application/json' }) {
        const isText = typeof body === 'string' || Buffer.isBuffer(body) || typeof body?.next === 'function'
        return this.call({ headers, body: isText ? body : JSON.stringify(body) })
    }

    /** Asks, and gets what was asked for. */
    async granted(fields, lifetime) {
        assertGranted(await this.ask(fields), { ...canonical(fields), lifetime })
    }

    /** Asks, and is refused for this field. */
    async refused(body, status, field) {
        assertRefused(await this.ask(body), status, field)
    }
}

/** Unix seconds. */
export const now = () => Math.floor(Date.now() / 1000)

/** The fields by our names, whatever the letter case of theirs. */
function canonical(fields) {
    const {
        uid,
        channelname: channel,
        role,
    } = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name.toLowerCase(), value]))
    return { uid, channel, role }
}

export function assertGranted({ earliest, latest, ...answer }, expected) {
    assert.equal(answer.status, 200, answer.text)
    const { token, ...rest } = document(answer)
    assert.deepEqual(rest, { code: '200' })
    assertToken(token, { ...expected, earliest, latest })
    assert.match(String(answer.headers['cache-control']), /\bno-store\b/)
}

/** `field` is what the answer has to name, if anything. */
export function assertRefused(answer, status, field) {
    assert.equal(answer.status, status, answer.text)
    const { token: reason, ...rest } = document(answer)
    assert.deepEqual(rest, { code: String(status) })
    assert.ok(typeof reason === 'string' && reason !== '', 'it says what is wrong')
    assertHoldsNoSecret(reason)
    if (field !== undefined) assert.match(reason, new RegExp(`\\b${field}\\b`))
}

function document(answer) {
    assertOpenToPages(answer)
    assert.match(answer.headers['content-type'], /^application\/json\b/)
    return JSON.parse(answer.text)
}

/** A page of any origin may call and read. */
export function assertOpenToPages({ headers }) {
    assert.equal(headers['access-control-allow-origin'], '*')
    assert.deepEqual(list(headers['access-control-allow-methods']), ['options', 'post'])
    const allowed = list(headers['access-control-allow-headers'])
    for (const header of ['authorization', 'content-type']) assert.ok(allowed.includes(header), header)
}

/** The members of a list in a header, in lower case and sorted. */
export function list(header) {
    return String(header)
        .split(',')
        .map(member => member.trim().toLowerCase())
        .sort()
}
