// The page that `agora-token serve --demo` shows at /, as a person uses it.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { after, before, test } from 'node:test'

import { launch } from './chromium.mjs'
import { LOOKS, assertAccessible, photograph, tabTo } from './looks.mjs'
import { AGORA_TOKEN, CREDENTIALS, TokenServer } from './processes.mjs'

const server = new TokenServer('1h')
let browser
before(async () => {
    await server.start()
    browser = await launch()
})
after(async () => {
    await browser?.close()
    await server.stop()
})

/** A person before the page. */
class Person {
    static async at(t, look) {
        const person = new Person()
        const context = await browser.newContext(look)
        person.page = await context.newPage()
        const requests = []
        const complaints = []
        person.page.on('request', request => requests.push(request.url()))
        person.page.on('console', message => {
            if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
        })
        person.page.on('pageerror', error => complaints.push(`${error}`))
        t.after(async () => {
            await context.close()
            // It loads nothing from elsewhere, and nothing fails but the requests that are meant to.
            assert.deepEqual(
                requests.filter(url => !url.startsWith(`${server.url}/`) && url !== 'data:,'),
                [],
            )
            assert.deepEqual(
                complaints.filter(text => !text.startsWith('Failed to load resource')),
                [],
            )
        })
        await person.page.goto(`${server.url}/`)
        return person
    }

    field(name) {
        return this.page.getByLabel(name, { exact: true })
    }

    button(name) {
        return this.page.getByRole('button', { name, exact: true })
    }

    get token() {
        return this.page.locator('#token').inputValue()
    }

    /** Waits until the page announces this. */
    announced(text) {
        return this.page.locator('[role=status], [aria-live]').filter({ hasText: text }).first().waitFor()
    }
}

for (const [name, look] of Object.entries(LOOKS)) {
    test(`${name}: nothing is in the way of a person, before and after`, async t => {
        const person = await Person.at(t, look)
        await assertAccessible(person.page)
        await photograph(person.page, `demo-${name}`)
        await person.button('Mint').click()
        await person.announced('Minted for App ID')
        await person.announced('joinChannel')
        await person.field('Channel it joined').fill('lobby')
        await person.button('Diagnose').click()
        await person.announced('CHANNEL_DIFFERS')
        await assertAccessible(person.page)
        await photograph(person.page, `demo-${name}-diagnosed`)
    })
}

test('nothing is in the way of who reads the routes', async t => {
    const { page } = await Person.at(t)
    await page.getByRole('link', { name: 'All routes' }).click()
    await page.getByText('/fetch_rtc_token').first().waitFor()
    await assertAccessible(page)
})

test('mints, inspects and diagnoses by keyboard alone', async t => {
    const person = await Person.at(t)
    const { page } = person
    const { keyboard } = page

    await tabTo(page, person.field('Channel'))
    await keyboard.press('Control+A')
    await keyboard.type('lobby')
    await tabTo(page, person.field('uid, 1 to 4294967295'))
    await keyboard.press('Control+A')
    await keyboard.type('7')
    await keyboard.press('Enter')
    await person.announced('Minted for App ID')
    assert.match(await person.token, /^007/)

    // Another token is pasted and read.
    const words = ['mint', 'rtc', '--channel', 'elsewhere', '--uid', '9']
    const token = execFileSync(AGORA_TOKEN, words, { encoding: 'utf8', env: { ...process.env, ...CREDENTIALS } }).trim()
    await tabTo(page, page.locator('#token'))
    await keyboard.press('Control+A')
    await keyboard.press('Delete')
    await keyboard.insertText(token)
    await tabTo(page, person.button('Inspect'))
    await keyboard.press('Enter')
    await person.announced('elsewhere')

    await tabTo(page, person.field('uid it joined with'))
    await keyboard.press('Control+A')
    await keyboard.type('8')
    await tabTo(page, person.button('Diagnose'))
    await keyboard.press('Space')
    await person.announced('CHANNEL_DIFFERS')
    await person.announced('USER_DIFFERS')
})

test('says which field is wrong, and goes there', async t => {
    const person = await Person.at(t)
    const uid = person.field('uid, 1 to 4294967295')
    await uid.fill('0')
    await person.button('Mint').click()
    await person.announced('uid')
    assert.equal(await uid.getAttribute('aria-invalid'), 'true')
    assert.ok(await uid.evaluate(field => field === document.activeElement))
    assert.equal(await person.token, '')
    await assertAccessible(person.page)
})

test('says when the server is gone, and goes on when it is back', async t => {
    const person = await Person.at(t)
    await server.stop()
    await person.button('Mint').click()
    await person.announced('The server does not answer')
    await server.start()
    await person.button('Mint').click()
    await person.announced('Minted for App ID')
})
