// The page: reads its fields, asks the package, shows what that says. Nothing leaves it.

import { AgoraTokenError, diagnose, inspect } from './agora-token.mjs'

const at = id => document.getElementById(id)
/** What is known of the attempt, by the names that diagnose has. */
const FIELDS = ['appId', 'channel', 'uid', 'account', 'service', 'role', 'error', 'sdk']
const MARKS = { error: 'Error', warning: 'Warning', note: 'Note' }

at('form').addEventListener('submit', event => {
    event.preventDefault()
    clear()
    try {
        show(at('token').value.trim(), attempt())
    } catch (error) {
        refuse(error)
    } finally {
        at('certificate').value = ''
    }
})
// Nor is the secret there when somebody goes back to the page.
window.addEventListener('pagehide', () => (at('certificate').value = ''))

function attempt() {
    const known = {}
    for (const name of FIELDS) {
        const value = at(name).value.trim()
        if (value !== '') known[name] = name === 'uid' ? whole(value) : value
    }
    const certificate = at('certificate').value.trim()
    if (certificate !== '') known.certificates = [certificate]
    return known
}

/** What is no whole number in digits is refused by the package, and not taken for another. */
const whole = value => (/^-?\d+$/.test(value) ? Number(value) : NaN)

function clear() {
    for (const field of document.querySelectorAll('[aria-invalid]')) field.removeAttribute('aria-invalid')
    at('found').hidden = at('decoded').hidden = true
}

function show(token, known) {
    if (token === '') throw new AgoraTokenError('TOKEN_VERSION', 'token', 'Paste a token first')
    const { findings } = diagnose(token, known)
    at('list').replaceChildren(...findings.map(finding))
    at('found').hidden = false
    const errors = findings.filter(({ severity }) => severity === 'error').length
    at('status').textContent =
        findings.length === 0
            ? 'Nothing wrong was found.'
            : `${findings.length} found, ${errors} of which ${errors === 1 ? 'keeps' : 'keep'} the user out.`
    if (findings.length === 0) at('list').replaceChildren(element('li', { class: 'note' }, 'Nothing wrong was found.'))
    decode(token)
    at('findings').focus()
}

function finding({ code, severity, cause, fix }) {
    const title = element('h3', {}, element('span', {}, MARKS[severity]), code)
    return element('li', { class: severity }, title, element('p', {}, cause), element('p', {}, fix))
}

/** A token may be too damaged to be read; the findings say why. */
function decode(token) {
    let document_
    try {
        document_ = inspect(token)
    } catch (error) {
        if (error instanceof AgoraTokenError) return
        throw error
    }
    at('summary').replaceChildren(
        ...rows(document_).flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]),
    )
    at('json').textContent = JSON.stringify({ ...document_, signature: '[left out]' }, null, 2)
    at('decoded').hidden = false
}

function rows({ version, appId, issuedAt, expiresAt, services = [], privileges }) {
    const all = [
        ['Version', version],
        ['App ID', appId],
    ]
    if (issuedAt !== undefined) all.push(['Issued', time(issuedAt)])
    if (expiresAt !== undefined) all.push(['Ends', time(expiresAt)])
    for (const { name, privileges, channel, account, userId, userUuid } of services) {
        const user = account ?? userId ?? userUuid
        const parts = [
            ...(channel === undefined ? [] : [`channel ${channel === '' ? 'any' : channel}`]),
            ...(user === undefined ? [] : [`user ${user === '' ? 'any' : user}`]),
            ...Object.entries(privileges).map(
                ([privilege, seconds]) => `${privilege} ${seconds === 0 ? 'as long as the token' : `for ${seconds} s`}`,
            ),
        ]
        all.push([name, parts.join(', ')])
    }
    for (const [privilege, until] of Object.entries(privileges ?? {}))
        all.push([privilege, until === 0 ? 'not limited' : `until ${time(until)}`])
    return all
}

const time = seconds => new Date(1000 * seconds).toISOString().replace('.000', '')

function refuse(error) {
    if (!(error instanceof AgoraTokenError)) throw error
    at('status').textContent = error.message
    const field = at({ certificates: 'certificate', appCertificate: 'certificate' }[error.field] ?? error.field)
    field?.setAttribute('aria-invalid', 'true')
    field?.focus()
}

function element(name, attributes, ...children) {
    const made = document.createElement(name)
    for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value)
    made.append(...children)
    return made
}
