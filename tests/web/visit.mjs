// A visit to the web client: a page of its own whose clock the test moves, nothing but 127.0.0.1 in reach.

import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'

import { Edge } from './edge.mjs'
import { CREDENTIALS } from './processes.mjs'

export const CHANNEL = 'ChannelA'
export const UID = 123456

export class Visit {
    /** What the page wrote to its console and asked of other hosts. */
    console = []
    abroad = []

    /**
     * Opens the client, with Agora's network stood in for unless `edge` is false.
     *
     * @param {import('node:test').TestContext} t
     */
    static async to(t, browser, url, { edge = true, look } = {}) {
        const visit = new Visit()
        const context = await browser.newContext(look)
        visit.page = await context.newPage()
        visit.page.on('console', message => visit.console.push(message.text()))
        visit.page.on('pageerror', error => visit.console.push(`${error.stack}`))
        await context.route(
            ({ hostname }) => hostname !== '127.0.0.1',
            route => {
                visit.abroad.push(route.request())
                return route.abort()
            },
        )
        // The device's clock is years off.
        await visit.page.clock.install({ time: '2001-09-09' })
        await visit.page.goto(url)
        if (edge) visit.edge = await Edge.behind(visit.page)
        t.after(async () => {
            if (edge) await visit.#assertNoTokenShown()
            await context.close()
        })
        return visit
    }

    async fill({ server, route = '/fetch_rtc_token', channel = CHANNEL }) {
        const field = name => this.page.getByLabel(name, { exact: true })
        await field('App ID').fill(CREDENTIALS.AGORA_APP_ID)
        await field('Channel').fill(channel)
        await field('uid').fill(`${UID}`)
        await field('Token server').fill(server.url)
        await field('Route').selectOption(route)
    }

    /** Joins, and then stops the clock of the page. */
    async join(options) {
        await this.fill(options)
        await this.page.getByRole('button', { name: 'Join' }).click()
        await this.status(`Joined ${CHANNEL} as ${UID}`)
        await this.page.clock.pauseAt((await this.page.evaluate(() => Date.now())) + 5000)
        await this.quiet()
        assert.equal(this.edge.tokens.length, 1)
    }

    /** Lets time pass on the page, a second at a time, so that an answer is not late by more than that. */
    async advance(seconds) {
        for (let second = 0; second < seconds; second++) {
            await this.page.clock.runFor(1000)
            await this.quiet()
        }
    }

    /** Lets time pass until `condition`, and says how long that took. */
    async advanceUntil(condition, most = 300) {
        for (let seconds = 0; seconds <= most; seconds++) {
            if (await condition()) return seconds
            await this.advance(1)
        }
        return assert.fail(`not within ${most} seconds: ${JSON.stringify(await this.history)}`)
    }

    /** The device's clock goes on, no timer of the page fires. */
    async setClockForward(seconds) {
        await this.page.clock.setSystemTime((await this.page.evaluate(() => Date.now())) + seconds * 1000)
    }

    /** From now on the token server's clock is ahead by so much more: that of the tests does not go on in a sleep. */
    async setServerForward(seconds) {
        await this.page.route('**/v1/tokens', async route => {
            const response = await route.fetch()
            const json = await response.json()
            for (const time of ['issuedAt', 'expiresAt', 'refreshAfter', 'serverTime']) json[time] += seconds
            await route.fulfill({ response, json })
        })
    }

    becomeVisible() {
        return this.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
    }

    /** Waits until no answer is under way. */
    async quiet() {
        const end = Date.now() + 30_000
        for (let times = 0; times < 2;) {
            if (Date.now() > end) assert.fail(`an answer is under way for 30 s: ${JSON.stringify(await this.history)}`)
            if ((await this.edge.state).pending === 0) times++
            else times = await sleep(5, 0)
        }
    }

    /** Waits until the page announces this. */
    status(text) {
        return this.page.getByRole('status').filter({ hasText: text }).waitFor()
    }

    /** What the page says happened, the latest first, without the times. */
    get history() {
        const entries = this.page.locator('#events li').allTextContents()
        return entries.then(texts => texts.map(text => text.replace(/^.*?[AP]M /, '')))
    }

    /** What the client did, by name. */
    async did(name) {
        return (await this.edge.events).filter(({ what }) => what === name)
    }

    async #assertNoTokenShown() {
        const shown = [this.page.url(), await this.page.content(), ...this.console].join('\n')
        for (const token of this.edge.tokens) assert.ok(!shown.includes(token), 'a token is shown')
    }
}
