'use strict'

const $ = id => document.getElementById(id)

/** Asks the server; the answer's JSON, or an error that carries the problem's code and field. */
async function ask(path, body) {
    const headers = { 'content-type': 'application/json' }
    const credential = $('credential').value.trim()
    if (credential) headers.authorization = `Bearer ${credential}`
    let response
    try {
        response = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) })
    } catch {
        throw new Error('The server does not answer. Is it still running?')
    }
    const answer = await response.json().catch(() => ({}))
    if (response.ok) return answer
    const error = new Error(answer.detail ?? `The server answered ${response.status}.`)
    throw Object.assign(error, { code: answer.code, field: answer.field })
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

function complain(place, error, fields = {}) {
    say(place, error.code ? `${error.code}: ${error.message}` : error.message, 'error')
    const field = fields[error.field]
    if (!field) return
    field.setAttribute('aria-invalid', 'true')
    field.setAttribute('aria-describedby', place.id)
    field.focus()
}

function forget(form, ...places) {
    for (const field of form.querySelectorAll('[aria-invalid]')) {
        field.removeAttribute('aria-invalid')
        field.removeAttribute('aria-describedby')
    }
    for (const place of places) place.replaceChildren()
}

/** Runs `work` unless it is running already; `button` shows that it is. */
async function once(button, work) {
    if (button.getAttribute('aria-disabled') === 'true') return
    button.setAttribute('aria-disabled', 'true')
    try {
        await work()
    } finally {
        button.removeAttribute('aria-disabled')
    }
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
    const list = element('dl')
    for (const [name, value] of rows) {
        if (value !== undefined) list.append(element('dt', {}, name), element('dd', {}, String(value)))
    }
    return list
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
    const parts = decoded.services
        ? decoded.services.flatMap(found => service(found, decoded.issuedAt))
        : [
              element('h3', {}, 'Privileges'),
              facts(...Object.entries(decoded.privileges).map(([name, end]) => [name, clock(end)])),
          ]
    const raw = element('details', {}, element('summary', {}, 'The whole document'))
    raw.append(element('pre', { tabIndex: 0 }, JSON.stringify(decoded, null, 2)))
    $('says').replaceChildren(token, ...parts, raw)
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
        $('user').inputMode = isUid ? 'numeric' : 'text'
        $('user').value = isUid ? '42' : 'alice'
    })
}

$('mint').addEventListener('submit', event => {
    event.preventDefault()
    const form = event.target
    once(event.submitter ?? form.querySelector('button'), async () => {
        const message = $('mint-message')
        forget(form, message)
        const data = new FormData(form)
        const kind = data.get('kind')
        const user = data.get('user').trim()
        const services = data.getAll('services')
        // What none of the services needs is refused.
        const joins = services.length === 0 || services.includes('rtc')
        const asked = {
            ...(joins && { channel: data.get('channel'), role: data.get('role') }),
            [kind]: kind === 'uid' ? number(user) : user,
            services,
            lifetime: number(data.get('lifetime').trim()),
        }
        const fields = {
            channel: $('channel'),
            uid: $('user'),
            account: $('user'),
            lifetime: $('expires'),
            services: $('services'),
        }
        try {
            const minted = await ask('/v1/tokens', asked)
            $('token').value = minted.token
            $('joined-channel').value = minted.channel ?? ''
            $('joined-user').value = minted.uid ?? ''
            $('joined-account').value = minted.account ?? ''
            say(
                message,
                `Minted for App ID ${minted.appId}. Fetch the next after ${clock(minted.refreshAfter)}.`,
                'good',
            )
            await inspect()
        } catch (error) {
            complain(message, error, fields)
        }
    })
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

function finding(found) {
    return element(
        'li',
        { className: `finding is-${found.severity}` },
        element('strong', {}, `${found.severity} ${found.code}`),
        element('p', {}, found.cause),
        element('p', {}, element('strong', {}, 'Fix: '), found.fix),
    )
}

$('doctor').addEventListener('submit', event => {
    event.preventDefault()
    const form = event.target
    once(event.submitter ?? form.querySelector('button'), async () => {
        const message = $('doctor-message')
        forget(form, message, $('findings'))
        const asked = { token: $('token').value }
        if (!asked.token.trim()) return say(message, 'Mint a token first, or paste one.', 'warning')
        for (const [name, value] of new FormData(form)) {
            if (value.trim()) asked[name] = name === 'uid' ? number(value.trim()) : value
        }
        const fields = Object.fromEntries(
            [...form.elements].filter(({ name }) => name).map(field => [field.name, field]),
        )
        try {
            const { findings } = await ask('/v1/doctor', asked)
            const worst = findings.some(({ severity }) => severity !== 'note')
            const summary =
                findings.length === 0 || !worst ? 'Nothing wrong found.' : 'The surest explanation stands first.'
            say(message, summary, worst ? 'note' : 'good')
            $('findings').replaceChildren(element('ul', {}, ...findings.map(finding)))
        } catch (error) {
            complain(message, error, fields)
        }
    })
})

showLength()
