// The page that diagnoses a token in the browser, as a person uses it, and what leaves it: nothing.

import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'

import { launch } from './chromium.mjs'
import { LOOKS, assertAccessible, photograph, tabTo } from './looks.mjs'
import { CREDENTIALS } from './processes.mjs'

const { AGORA_APP_ID: appId, AGORA_APP_CERTIFICATE: certificate } = CREDENTIALS
const source = fileURLToPath(new URL('../../examples/web', import.meta.url))
const module = join(process.env.NODE_PACKAGE, 'node_modules/agora-token-wasm/browser.mjs')
const { Issuer } = await import(module)
const { token } = new Issuer({ appId, appCertificate: certificate }).issue({
    channel: 'room',
    uid: 42,
    role: 'publisher',
})

const folder = mkdtempSync(join(tmpdir(), 'agora-token-doctor-'))
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css' }
const requests = []
const server = createServer(({ url, method }, response) => {
    requests.push([method, url])
    const path = join(folder, url.endsWith('/') ? `${url}index.html` : url)
    try {
        const body = readFileSync(path)
        response.writeHead(200, { 'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream' }).end(body)
    } catch {
        response.writeHead(404).end()
    }
})
let browser
let home

before(async () => {
    cpSync(join(source, 'doctor'), join(folder, 'doctor'), { recursive: true })
    cpSync(join(source, 'style.css'), join(folder, 'style.css'))
    cpSync(module, join(folder, 'doctor/agora-token.mjs'))
    await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))
    home = `http://127.0.0.1:${server.address().port}/doctor/`
    browser = await launch()
})
after(async () => {
    await browser?.close()
    server.close()
    rmSync(folder, { recursive: true })
})

/** A person before the page. It must load its own files alone, and show the certificate nowhere. */
async function visit(t, look, isMeant = () => false) {
    requests.length = 0
    const context = await browser.newContext(look)
    const page = await context.newPage()
    const complaints = []
    page.on('console', message => {
        if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
    })
    page.on('pageerror', error => complaints.push(`${error}`))
    t.after(async () => {
        assert.deepEqual(
            complaints.filter(text => !isMeant(text)),
            [],
        )
        const files = ['/doctor/', '/style.css', '/doctor/doctor.css', '/doctor/doctor.js', '/doctor/agora-token.mjs']
        assert.deepEqual(
            requests.map(([method, url]) => `${method} ${url}`).sort(),
            files.map(url => `GET ${url}`).sort(),
        )
        assert.equal(page.url(), home)
        const kept = await page.evaluate(async () => [
            JSON.stringify({ ...localStorage, ...sessionStorage, state: history.state }),
            document.cookie,
            ...(await indexedDB.databases()).map(({ name }) => name),
            ...(await caches.keys()),
            document.documentElement.outerHTML,
            document.body.innerText,
            ...[...document.querySelectorAll('input, textarea')].map(({ value }) => value),
        ])
        for (let at = 0; at + 8 <= certificate.length; at++) {
            assert.ok(!kept.join('\n').includes(certificate.slice(at, at + 8)))
        }
        assert.equal(kept[0], '{"state":null}')
        assert.deepEqual(await context.cookies(), [])
        await context.close()
    })
    await page.goto(home)
    return {
        page,
        field: name => page.getByLabel(name, { exact: true }),
        diagnose: () => page.getByRole('button', { name: 'Diagnose' }).click(),
        codes: () => page.locator('#list h3').allTextContents(),
        status: text => page.getByRole('status').filter({ hasText: text }).waitFor(),
    }
}

const TOKEN = 'Token, as the client has it'
const CERTIFICATE = 'App Certificate, to check the signature'

for (const [name, look] of Object.entries(LOOKS)) {
    test(`doctor-${name}: nothing is in the way of a person, before and after`, async t => {
        const { page, field, diagnose, status, codes } = await visit(t, look)
        await assertAccessible(page)
        await photograph(page, `doctor-${name}`)
        await field(TOKEN).fill(token)
        await field('Channel').fill('lobby')
        await field('uid').fill('42')
        await field(CERTIFICATE).fill(certificate)
        await diagnose()
        await status('1 found, 1 of which keeps the user out.')
        assert.deepEqual(await codes(), ['ErrorCHANNEL_DIFFERS'])
        await page.getByText('All of it, as JSON').click()
        await assertAccessible(page)
        await photograph(page, `doctor-${name}-diagnosed`)
    })
}

test('a certificate is hidden, used once and forgotten', async t => {
    const { page, field, diagnose, codes } = await visit(t)
    assert.equal(await field(CERTIFICATE).getAttribute('type'), 'password')
    await field(TOKEN).fill(token)
    await field(CERTIFICATE).fill('0'.repeat(32))
    await diagnose()
    assert.deepEqual(await codes(), ['ErrorSIGNATURE_MISMATCH'])
    assert.equal(await field(CERTIFICATE).inputValue(), '')
    await field(CERTIFICATE).fill(certificate)
    await diagnose()
    assert.deepEqual(await codes(), [])
    await page.getByText('Nothing wrong was found.').first().waitFor()
    assert.equal(await field(CERTIFICATE).inputValue(), '')
    // What is no certificate is said without being shown.
    await field(CERTIFICATE).fill(`${certificate}00`)
    await diagnose()
    assert.deepEqual(await codes(), ['WarningCERTIFICATE_INVALID'])
    assert.equal(await field(CERTIFICATE).inputValue(), '')
})

test('diagnoses by keyboard alone', async t => {
    const { page, field, codes } = await visit(t)
    await tabTo(page, field(TOKEN))
    await page.keyboard.insertText(token)
    await tabTo(page, field('uid'))
    await page.keyboard.type('43')
    await page.keyboard.press('Enter')
    await page.locator('#list li').first().waitFor()
    assert.ok((await codes()).includes('ErrorUSER_DIFFERS'))
    assert.equal(await page.evaluate(() => document.activeElement.id), 'findings')
})

test('what is wrong with a field is said, and the field has the focus', async t => {
    const { page, field, diagnose, status } = await visit(t)
    await diagnose()
    await status('Paste a token first')
    assert.equal(await page.evaluate(() => document.activeElement.id), 'token')
    await field(TOKEN).fill(token)
    await field('uid').fill('-1')
    await diagnose()
    await status('uid is -1')
    assert.equal(await field('uid').getAttribute('aria-invalid'), 'true')
    await field('uid').fill('42')
    await field(TOKEN).fill(`${token.slice(0, 100)}…`)
    await diagnose()
    assert.equal(await field('uid').getAttribute('aria-invalid'), null)
    assert.equal(await page.locator('#decoded').isVisible(), false)
    await page.locator('#list li').first().waitFor()
})

test('the policy of the page stops fetches, beacons, forms and images', async t => {
    const { page } = await visit(t, {}, text => text.includes('Content Security Policy'))
    const sent = await page.evaluate(async () => {
        const tried = []
        const violations = []
        document.addEventListener('securitypolicyviolation', event => violations.push(event.effectiveDirective))
        await fetch('/leak').then(
            () => tried.push('fetch'),
            () => {},
        )
        new Image().src = '/leak.png'
        navigator.sendBeacon('/leak', 'x')
        const form = document.createElement('form')
        form.action = '/leak'
        document.body.append(form)
        form.submit()
        form.remove()
        await new Promise(resolve => setTimeout(resolve, 200))
        return { tried, violations: [...new Set(violations)].sort() }
    })
    assert.deepEqual(sent.tried, [])
    assert.deepEqual(sent.violations, ['connect-src', 'form-action', 'img-src'])
})
