// Three replicas of the server behind a proxy, as examples/deploy has them: one is killed and one restarted while many
// callers ask, and nobody notices; and the proxy holds the limit of an address for all of them.
//
// AGORA_TOKEN   the command-line tool
// HAPROXY       HAProxy's program, "haproxy" unless set
// NGINX         nginx's program, "nginx" unless set
// PROXY         which of the two stands before them

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { Caller } from '../contract/caller.mjs'
import { assertHoldsNoSecret } from '../contract/oracle.mjs'
import { Load, PROXIES, threeReplicas } from './fleet.mjs'

const proxy = PROXIES[process.env.PROXY]
const CALLERS = 40
/** So many tokens come between one event and the next. */
const STRETCH = 1000

test('one replica killed and one restarted under load: no request fails', { timeout: 300_000 }, async t => {
    const { key, replicas } = await threeReplicas()
    const [killed, restarted, untouched] = replicas
    const { url, program } = await proxy(replicas)

    const load = new Load(url, key, CALLERS)
    await load.more(STRETCH)
    for (const replica of replicas) assert.ok(replica.minted > 0, 'every replica has its share')

    assert.equal(await killed.program.stop('SIGKILL'), 'SIGKILL')
    await load.more(STRETCH)

    assert.equal(await restarted.program.stop('SIGTERM'), 0, restarted.output)
    await load.more(STRETCH)
    await restarted.start()
    await load.until(() => restarted.minted > 0)
    await load.more(STRETCH)
    await load.stop()

    for (const replica of replicas) assertHoldsNoSecret(replica.output)
    assertHoldsNoSecret(program.output)
    assert.ok(untouched.minted > 0)
    t.diagnostic(`${load.tokens} tokens for ${CALLERS} callers, every one of them as asked for`)
})

test('an address has one limit, however many the replicas are', { timeout: 60_000 }, async () => {
    const { key, replicas } = await threeReplicas()
    const { url } = await proxy(replicas, { limit: true })
    const answers = await Promise.all(Array.from({ length: 300 }, () => askOnce(url, key)))
    const granted = answers.filter(({ status }) => status === 200)
    const limited = answers.filter(({ status }) => status === 429)
    assert.equal(granted.length + limited.length, answers.length)
    assert.ok(granted.length >= 50, `${granted.length} got a token`)
    assert.ok(limited.length > 0)
    for (const { headers: answered, text } of limited) {
        assert.equal(answered['retry-after'], '1')
        assert.equal(answered['access-control-allow-origin'], '*')
        assert.equal(answered['access-control-expose-headers'], 'Retry-After')
        assert.match(answered['content-type'], /^application\/problem\+json\b/)
        assert.equal(JSON.parse(text).code, 'RATE_LIMITED')
    }
})

test(
    'a replica sees each address behind the proxy, and not what a client says of it',
    { timeout: 60_000 },
    async () => {
        const { key, replicas } = await threeReplicas({ AGORA_TOKEN_LIMIT_PER_ADDRESS: '5' })
        const { url } = await proxy(replicas)
        const from = (localAddress, said) => askOnce(url, key, { localAddress }, { 'x-forwarded-for': said })
        const flood = Array.from({ length: 100 }, (_, number) => from('127.0.0.1', `203.0.113.${number}`))
        const limited = (await Promise.all(flood)).filter(({ status }) => status === 429)
        assert.ok(limited.length > 50, `${limited.length} of a flood are over the limit`)
        for (const { text } of limited) assert.match(text, /too many requests/)
        const { status, text } = await from('127.0.0.2', '127.0.0.1')
        assert.equal(status, 200, text)
    },
)

test('the largest batch passes the proxy', { timeout: 60_000 }, async () => {
    const { key, replicas } = await threeReplicas()
    const { url } = await proxy(replicas)
    const users = Array.from({ length: 1000 }, (_, index) => ({
        uid: index + 1,
        channel: `team-${index}`.padEnd(63, '-'),
    }))
    const caller = new Caller(url)
    const headers = { 'content-type': 'application/json', 'authorization': `Bearer ${key}` }
    const body = JSON.stringify({ users })
    assert.ok(body.length > 65_536)
    const { status, text } = await caller.call({ path: '/v1/tokens/batch', headers, body })
    assert.equal(status, 200, text)
    assert.equal(text.match(/"token":"007/g).length, users.length)
    await caller.close()
})

/** One request over a connection of its own. */
async function askOnce(url, key, options = {}, more = {}) {
    const caller = new Caller(url, options)
    const headers = { 'content-type': 'application/json', 'authorization': `Bearer ${key}`, ...more }
    const answer = await caller.call({ headers, body: JSON.stringify({ uid: 1, ChannelName: 'team-1', role: 1 }) })
    await caller.close()
    return answer
}

for (const path of ['/healthz', '/readyz', '/metrics']) {
    test(`${path} is not for those before the proxy`, async () => {
        const { replicas } = await threeReplicas()
        const { url } = await proxy(replicas)
        const caller = new Caller(url)
        const { status } = await caller.call({ method: 'GET', path })
        assert.equal(status, 404)
        await caller.close()
    })
}
