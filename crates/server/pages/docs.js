'use strict'

function element(name, ...children) {
    const made = document.createElement(name)
    made.append(...children.filter(child => child !== undefined))
    return made
}

/** Text with `code` in it. */
const prose = (text = '', name = 'p') =>
    element(name, ...text.split('`').map((part, index) => (index % 2 ? element('code', part) : part)))

/** What a schema refers to, if it does: `#/components/schemas/NAME`. */
const follow = ({ components }, schema) => components.schemas[schema?.$ref?.split('/').at(-1)] ?? schema

const kind = schema => {
    if (schema.const !== undefined) return JSON.stringify(schema.const)
    if (schema.enum) return schema.enum.map(value => JSON.stringify(value)).join(', ')
    if (schema.type === 'array') return `list of ${kind(schema.items)}`
    const range =
        schema.minimum !== undefined && schema.maximum !== undefined ? `, ${schema.minimum} to ${schema.maximum}` : ''
    return `${[schema.type].flat().join(' or ')}${range}`
}

function table(caption, heads, rows) {
    const head = heads.map(text => Object.assign(element('th', text), { scope: 'col' }))
    const body = rows.map(cells => element('tr', ...cells.map(cell => element('td', cell))))
    const parts = [element('thead', element('tr', ...head)), element('tbody', ...body)]
    return element('table', element('caption', caption), ...parts)
}

const row = (name, type, meaning, there) => [element('code', name), type, prose(meaning, 'span'), there ? 'always' : '']

function fields(document, caption, found) {
    const schema = follow(document, found)
    if (!schema?.properties) return undefined
    const rows = Object.entries(schema.properties).map(([name, property]) => {
        const field = follow(document, property)
        return row(name, kind(field), field.description, schema.required?.includes(name))
    })
    return table(caption, ['Field', 'Type', 'Meaning', 'There'], rows)
}

const content = part => Object.values(part?.content ?? {})[0]

function example(title, media) {
    if (!media?.example) return undefined
    const text = Object.assign(element('pre', JSON.stringify(media.example, null, 2)), { tabIndex: 0 })
    return element('div', element('h3', title), text)
}

function route(document, path, verb, { operationId, summary, description, security, ...operation }) {
    const [asked, answered] = [content(operation.requestBody), content(operation.responses['200'])]
    const parameters = operation.parameters?.map(found => row(found.name, found.in, found.description, found.required))
    const answers = Object.entries(operation.responses).map(([status, answer]) => [
        element('code', status),
        prose(answer.description, 'span'),
    ])
    const details = element(
        'details',
        element('summary', element('strong', verb.toUpperCase()), element('code', path), summary),
        description ? prose(description) : undefined,
        security ? prose('Anybody may ask.') : undefined,
        parameters && table('Parameters', ['Name', 'Where', 'Meaning', 'There'], parameters),
        asked && fields(document, 'Request', asked.schema),
        example('Request', asked),
        answered && fields(document, 'Answer', answered.schema),
        example('Answer', answered),
        table('Statuses', ['Status', 'When'], answers),
    )
    return Object.assign(details, { id: operationId })
}

function group(document, { name, description }) {
    const routes = Object.entries(document.paths).flatMap(([path, verbs]) =>
        Object.entries(verbs)
            .filter(([, operation]) => operation.tags.includes(name))
            .map(([verb, operation]) => route(document, path, verb, operation)),
    )
    return element('article', element('h2', name), description ? prose(description) : undefined, ...routes)
}

async function show() {
    const contract = await (await fetch('/openapi.json')).json()
    const { title, summary, description } = contract.info
    document.getElementById('title').textContent = title
    document.getElementById('description').replaceChildren(...prose(`${summary}. ${description}`).childNodes)
    document.getElementById('routes').replaceChildren(...contract.tags.map(tag => group(contract, tag)))
    document.getElementById(location.hash.slice(1))?.setAttribute('open', '')
}

show().catch(() => {
    document.getElementById('description').textContent = 'The contract cannot be read. Is the server still running?'
})
