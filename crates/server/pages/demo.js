'use strict'

const $ = id => document.getElementById(id)

/** Asks the server; the answer's JSON, or an error that carries the problem's code and field. */
async function ask(path, body) {
    const headers = { 'content-type': 'application/json' }
    const credential = $('credential').value.trim()
    if (credential) headers.authorization = `Bearer ${credential}`
    const response = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) }).catch(() => {
        throw new Error('The server does not answer. Is it still running?')
    })
    const answer = await response.json().catch(() => ({}))
    if (response.ok) return answer
    const { code, field, detail = `The server answered ${response.status}.` } = answer
    throw Object.assign(new Error(detail), { code, field })
}

/** An element with text or children; what tokens say is never read as HTML. */
function element(name, properties = {}, ...children) {
    const made = Object.assign(document.createElement(name), properties)
    made.append(...children)
    return made
}

function say(place, text, kind) {
    place.className = `message is-${kind}`
    place.textContent = text
}

const complain = (place, { code, message }) => say(place, code ? `${code}: ${message}` : message, 'error')

/** Runs `work` unless it is running already; `button` shows that it is. */
async function once(button, work) {
    if (button.getAttribute('aria-disabled') === 'true') return
    button.setAttribute('aria-disabled', 'true')
    await work().finally(() => button.removeAttribute('aria-disabled'))
}

/** Gives `work` what the form says when it is sent. What goes wrong is told beside it, at the field at fault. */
function onSubmit(form, work) {
    const message = form.querySelector('.message')
    const send = async () => {
        message.replaceChildren()
        for (const field of form.querySelectorAll('[aria-invalid]')) {
            field.removeAttribute('aria-invalid')
            field.removeAttribute('aria-describedby')
        }
        try {
            await work(new FormData(form), message)
        } catch (error) {
            complain(message, error)
            const field = form.querySelector(`[name="${error.field}"]`)
            field?.setAttribute('aria-invalid', 'true')
            field?.setAttribute('aria-describedby', message.id)
            field?.focus()
        }
    }
    form.addEventListener('submit', event => {
        event.preventDefault()
        once(form.querySelector('button'), send)
    })
}

/** A whole number as such, anything else as it was typed, for the server to judge. */
const number = text => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text)

const clock = seconds => new Date(seconds * 1000).toLocaleString()

function left(seconds) {
    if (seconds <= 0) return 'expired'
    const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
    return hours > 0 ? `ends in ${hours} h ${minutes} min` : `ends in ${minutes} min ${seconds % 60} s`
}

/* The token, and what it says */

let expiresAt = null

function showLength() {
    const length = $('token').value.trim().length
    const parts = [length === 0 ? 'No token yet.' : `${length} characters`]
    if (length > 0 && expiresAt !== null) parts.push(left(expiresAt - Math.floor(Date.now() / 1000)))
    $('token-note').textContent = parts.join(', ')
}

function facts(...rows) {
    const known = rows.filter(([, value]) => value !== undefined)
    return element(
        'dl',
        {},
        ...known.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, `${value}`)]),
    )
}

/** Wildcards and blanks said in words. */
function named(text, anything) {
    if (text === undefined) return undefined
    return text === '' || text === '*' ? `${anything} (${JSON.stringify(text)})` : text
}

function service(found, issuedAt) {
    const rows = [
        ['Channel', named(found.channel, 'any channel')],
        ['User', named(found.account ?? found.userId ?? found.userUuid, 'any user')],
        ['Room', found.roomUuid],
        ...Object.entries(found.privileges ?? {}).map(([name, seconds]) => {
            return [name, seconds === 0 ? 'as long as the token' : `${seconds} s, until ${clock(issuedAt + seconds)}`]
        }),
    ]
    return [element('h3', {}, `Service ${found.name}`), facts(...rows)]
}

function show(decoded) {
    expiresAt = decoded.expiresAt
    const token = facts(
        ['Version', decoded.version],
        ['App ID', decoded.appId],
        ['Issued', decoded.issuedAt === undefined ? undefined : clock(decoded.issuedAt)],
        ['Ends', clock(decoded.expiresAt)],
    )
    const ends = Object.entries(decoded.privileges ?? {}).map(([name, end]) => [name, clock(end)])
    const parts = decoded.services?.flatMap(found => service(found, decoded.issuedAt))
    const whole = element('pre', { tabIndex: 0 }, JSON.stringify(decoded, null, 2))
    const raw = element('details', {}, element('summary', {}, 'The whole document'), whole)
    $('says').replaceChildren(token, ...(parts ?? [element('h3', {}, 'Privileges'), facts(...ends)]), raw)
    showLength()
}

async function inspect() {
    const token = $('token').value.trim()
    $('token-message').replaceChildren()
    if (!token) return say($('token-message'), 'Mint a token first, or paste one.', 'warning')
    try {
        show(await ask('/v1/inspect', { token }))
    } catch (error) {
        expiresAt = null
        $('says').replaceChildren(element('p', {}, 'It cannot be read.'))
        complain($('token-message'), error)
        showLength()
    }
}

/* Mint */

for (const radio of document.querySelectorAll('[name="kind"]')) {
    radio.addEventListener('change', () => {
        const isUid = radio.value === 'uid'
        $('user-label').textContent = isUid ? 'uid, 1 to 4294967295' : 'account, 1 to 255 bytes'
        const [inputMode, value] = isUid ? ['numeric', '42'] : ['text', 'alice']
        Object.assign($('user'), { name: radio.value, inputMode, value })
    })
}

onSubmit($('mint'), async (data, message) => {
    const kind = data.get('kind')
    const user = data.get(kind).trim()
    const services = data.getAll('services')
    // What none of the services needs is refused.
    const joins = services.length === 0 || services.includes('rtc')
    const minted = await ask('/v1/tokens', {
        ...(joins && { channel: data.get('channel'), role: data.get('role') }),
        [kind]: kind === 'uid' ? number(user) : user,
        services,
        lifetime: number(data.get('lifetime').trim()),
    })
    $('token').value = minted.token
    for (const name of ['channel', 'uid', 'account']) $(`joined-${name}`).value = minted[name] ?? ''
    say(message, `Minted for App ID ${minted.appId}. Fetch the next after ${clock(minted.refreshAfter)}.`, 'good')
    await inspect()
})

/* Inspect, copy */

$('inspect').addEventListener('click', event => once(event.currentTarget, inspect))

$('copy').addEventListener('click', async () => {
    const token = $('token').value.trim()
    if (!token) return say($('token-message'), 'There is nothing to copy.', 'warning')
    try {
        await navigator.clipboard.writeText(token)
        say($('token-message'), 'Copied.', 'good')
    } catch {
        $('token').select()
        say($('token-message'), 'The browser does not let the page copy; the token is selected instead.', 'warning')
    }
})

$('token').addEventListener('input', () => {
    expiresAt = null
    showLength()
})

setInterval(showLength, 1000)

/* Diagnose */

function finding({ severity, code, cause, fix }) {
    const name = element('strong', {}, `${severity} ${code}`)
    const remedy = element('p', {}, element('strong', {}, 'Fix: '), fix)
    return element('li', { className: `finding is-${severity}` }, name, element('p', {}, cause), remedy)
}

onSubmit($('doctor'), async (data, message) => {
    $('findings').replaceChildren()
    const asked = { token: $('token').value }
    if (!asked.token.trim()) return say(message, 'Mint a token first, or paste one.', 'warning')
    for (const [name, value] of data) {
        if (value.trim()) asked[name] = name === 'uid' ? number(value.trim()) : value
    }
    const { findings } = await ask('/v1/doctor', asked)
    const isWrong = findings.some(({ severity }) => severity !== 'note')
    say(message, isWrong ? 'The surest explanation stands first.' : 'Nothing wrong found.', isWrong ? 'note' : 'good')
    $('findings').replaceChildren(element('ul', {}, ...findings.map(finding)))
})

showLength()
