// The web client in a browser, against a running token server.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'

import { launch } from './chromium.mjs'
import { STOOD_IN_FOR } from './edge.mjs'
import { LOOKS, assertAccessible, photograph, tabTo } from './looks.mjs'
import { CREDENTIALS, FileServer, TokenServer } from './processes.mjs'
import { CHANNEL, UID, Visit } from './visit.mjs'

const SDK = new URL('../../examples/web/node_modules/agora-rtc-sdk-ng/package.json', import.meta.url)

/** The state of somebody who left. */
const OUT = { connectionState: 'DISCONNECTED', published: 0, live: 0, pending: 0 }

const server = new TokenServer()
const files = new FileServer()
let browser
before(async () => {
    await Promise.all([server.start(), files.start()])
    browser = await launch()
})
after(async () => {
    await browser?.close()
    await Promise.all([server.stop(), files.stop()])
})

const visit = (t, options) => Visit.to(t, browser, files.url, options)

test('loads the SDK of npm; the network of Agora alone is stood in for', async t => {
    const { page } = await visit(t)
    const { version } = JSON.parse(readFileSync(SDK))
    const loaded = await page.evaluate(async () => (await import('agora-rtc-sdk-ng')).default.VERSION)
    assert.equal(loaded, version)
    // A call that the stand-in answers must be one that the SDK has.
    const real = await page.evaluate(async names => {
        const { default: AgoraRTC } = await import('agora-rtc-sdk-ng')
        const client = Object.getPrototypeOf(AgoraRTC.createClient({ mode: 'live', codec: 'vp8' }))
        return names.filter(name => name in client)
    }, STOOD_IN_FOR)
    assert.deepEqual(real, STOOD_IN_FOR)
    t.diagnostic(`agora-rtc-sdk-ng ${loaded} is loaded from npm`)
    t.diagnostic(`Agora's network is stood in for: ${STOOD_IN_FOR.join(', ')}; tokens are judged by agora-token verify`)
})

for (const route of ['/fetch_rtc_token', '/v1/tokens']) {
    test(`${route}: renews a token of 40 seconds 30 seconds before its end, every time`, async t => {
        const client = await visit(t)
        await client.join({ server, route })
        await client.advance(61)
        const warnings = await client.did('token-privilege-will-expire')
        const renewals = await client.did('renew')
        // One every ten seconds: at the warning, or up to a second before it where the server says when.
        assert.ok(renewals.length >= 5 && renewals.length <= 7, `${renewals.length} renewals`)
        assert.equal((await client.did('fetch')).length, renewals.length + 1)
        if (route === '/fetch_rtc_token') {
            assert.equal(warnings.length, renewals.length)
            for (const [index, { at }] of renewals.entries()) assert.ok(at - warnings[index].at <= 1)
        }
        assert.equal(new Set(client.edge.tokens).size, renewals.length + 1)
        assert.equal((await client.did('join')).length, 1)
        assert.equal((await client.did('token-privilege-did-expire')).length, 0)
        assert.deepEqual(await client.edge.state, { connectionState: 'CONNECTED', published: 2, live: 2, pending: 0 })
    })
}

test('renews by the clock of the server when no event comes', async t => {
    const client = await visit(t)
    await client.join({ server, route: '/v1/tokens' })
    await client.edge.silence()
    await client.advance(90)
    assert.ok((await client.did('renew')).length >= 3)
    assert.equal((await client.did('join')).length, 1)
    assert.equal((await client.edge.state).connectionState, 'CONNECTED')
})

describe('a server that is away', () => {
    test('comes back before the token ends: the call goes on', async t => {
        const client = await visit(t)
        await client.join({ server })
        await server.stop()
        await client.advanceUntil(async () => (await client.did('fetch')).length >= 3)
        assert.match((await client.history)[0], /^No new token: Failed to fetch\. Next attempt in/)
        await server.start()
        await client.advanceUntil(async () => (await client.did('renew')).length > 0, 30)
        assert.equal((await client.did('join')).length, 1)
        assert.equal((await client.did('token-privilege-did-expire')).length, 0)
    })

    test('comes back after the token ended: the client joins and publishes again', async t => {
        const client = await visit(t)
        await client.join({ server })
        await server.stop()
        await client.advanceUntil(async () => (await client.did('token-privilege-did-expire')).length > 0)
        assert.deepEqual(await client.edge.state, {
            connectionState: 'DISCONNECTED',
            published: 0,
            live: 2,
            pending: 0,
        })
        const attempts = (await client.did('fetch')).length
        assert.ok(attempts > 2 && attempts < 15, `${attempts} attempts`)
        await server.start()
        await client.advanceUntil(async () => (await client.edge.state).published === 2)
        assert.equal((await client.history)[0], `Joined ${CHANNEL} as ${UID}`)
        // And from there on as before.
        await client.advance(15)
        assert.ok((await client.did('renew')).length > 0)
    })

    test('is asked at once when the device is online again', async t => {
        const client = await visit(t)
        await client.join({ server })
        await client.page.context().setOffline(true)
        await client.advanceUntil(async () => Number(/in (.*) s/.exec((await client.history)[0])?.[1]) > 8)
        const before = client.edge.tokens.length
        await client.page.context().setOffline(false)
        await client.advance(2)
        assert.equal(client.edge.tokens.length, before + 1)
        assert.equal((await client.edge.state).published, 2)
    })
})

test('joins again at once when it becomes visible after a long sleep', async t => {
    const client = await visit(t)
    await client.join({ server, route: '/v1/tokens' })
    await client.edge.silence()
    await client.setServerForward(3600)
    await client.setClockForward(3600)
    assert.equal((await client.did('join')).length, 1)
    await client.becomeVisible()
    await client.quiet()
    assert.equal((await client.did('join')).length, 2)
    assert.equal((await client.edge.state).published, 2)
})

test('stays in its channel when somebody sets the clock of the device forward', async t => {
    const client = await visit(t)
    await client.join({ server, route: '/v1/tokens' })
    await client.edge.silence()
    await client.setClockForward(3600)
    await client.becomeVisible()
    await client.advance(2)
    assert.ok((await client.did('renew')).length > 0)
    assert.deepEqual([(await client.did('join')).length, (await client.did('leave')).length], [1, 0])
})

test('stays out when somebody leaves while it is about to join again', async t => {
    const client = await visit(t)
    await client.join({ server, route: '/v1/tokens' })
    await client.edge.silence()
    await client.setServerForward(3600)
    await client.setClockForward(3600)
    await client.edge.hold('leave')
    await client.becomeVisible()
    await client.advanceUntil(async () => (await client.edge.state).connectionState === 'DISCONNECTING')
    await client.page.getByRole('button', { name: 'Leave' }).click()
    await client.edge.release()
    await client.status('Left')
    await client.advance(5)
    assert.deepEqual(await client.edge.state, OUT)
    assert.equal((await client.did('join')).length, 1)
    assert.equal((await client.history)[0], 'Left')
})

test('stays out when somebody leaves while it joins', async t => {
    const client = await visit(t)
    await client.fill({ server })
    await client.edge.hold('join')
    await client.page.getByRole('button', { name: 'Join' }).click()
    await client.status('Joining')
    await client.advanceUntil(async () => (await client.edge.state).connectionState === 'CONNECTING')
    await client.page.getByRole('button', { name: 'Leave' }).click()
    await client.status('Left')
    await client.edge.release()
    await client.quiet()
    assert.equal((await client.did('join')).length, 1)
    assert.deepEqual(await client.edge.state, OUT)
    assert.equal((await client.history)[0], 'Left')
})

test('leaves, and asks for no token any more', async t => {
    const client = await visit(t)
    await client.join({ server, route: '/v1/tokens' })
    await client.page.getByRole('button', { name: 'Leave' }).click()
    await client.status('Left')
    await client.advance(60)
    assert.equal((await client.did('fetch')).length, 1)
    assert.deepEqual(await client.edge.state, OUT)
    const users = client.page.locator('#players figure')
    assert.equal(await users.count(), 0)
})

test('a refusal is shown and asked for once', async t => {
    const client = await visit(t)
    await client.join({ server })
    let asked = 0
    await client.page.route('**/fetch_rtc_token', route => {
        asked++
        return route.fulfill({ status: 403, json: { token: 'you have left the project', code: '403' } })
    })
    await client.advance(60)
    assert.equal(asked, 1)
    const history = await client.history
    assert.ok(
        history.includes(
            'No new token: the token server answered 403: you have left the project. The call ends with the present token.',
        ),
        history.join('\n'),
    )
    assert.equal(history[0], 'The token expired')
})

test('a channel that the server refuses is said in the form', async t => {
    const client = await visit(t)
    await client.fill({ server, channel: 'a/b' })
    await client.page.getByRole('button', { name: 'Join' }).click()
    await client.status('Could not join: the token server answered 400: ')
    assert.match((await client.history)[0], /ChannelName/)
    assert.ok(await client.page.getByRole('button', { name: 'Join' }).isEnabled())
})

test('the real client takes the token to Agora, and leaves when nobody answers there', async t => {
    const client = await visit(t, { edge: false })
    const answered = client.page.waitForResponse('**/fetch_rtc_token')
    await client.fill({ server })
    await client.page.getByRole('button', { name: 'Join' }).click()
    const { token } = await (await answered).json()
    await client.page.waitForRequest(request => request.postData()?.includes(token) ?? false)
    await client.page.getByRole('button', { name: 'Leave' }).click()
    await client.status('Left')
    assert.ok(client.abroad.some(request => request.postData()?.includes(token)))
    assert.ok(![await client.page.content(), ...client.console].join('\n').includes(token), 'the token is shown')
})

for (const [name, look] of Object.entries(LOOKS)) {
    test(`${name}: nothing is in the way of a person, before and in a call`, async t => {
        const client = await visit(t, { look })
        await assertAccessible(client.page)
        await photograph(client.page, `client-${name}`)
        await client.join({ server })
        await client.page.clock.resume()
        await assertAccessible(client.page)
        await photograph(client.page, `client-${name}-in-call`)
    })
}

test('is used by keyboard alone', async t => {
    const client = await visit(t)
    const { page } = client
    const field = name => page.getByLabel(name, { exact: true })
    await tabTo(page, field('App ID'))
    await page.keyboard.type(CREDENTIALS.AGORA_APP_ID)
    await tabTo(page, field('Token server'))
    await page.keyboard.type(server.url)
    await page.keyboard.press('Enter')
    await client.status(`Joined ${CHANNEL} as ${UID}`)
    const leave = page.getByRole('button', { name: 'Leave' })
    assert.ok(await leave.evaluate(button => button === document.activeElement), 'Leave has the focus')
    await page.keyboard.press('Enter')
    await client.status('Left')
    assert.equal((await client.edge.state).connectionState, 'DISCONNECTED')
})
