'use strict'

/** An element with text or children. */
function element(name, properties = {}, ...children) {
    const made = Object.assign(document.createElement(name), properties)
    made.append(...children.filter(child => child !== undefined))
    return made
}

/** Text with `code` in it. */
const prose = (text = '', name = 'p') =>
    element(name, {}, ...text.split('`').map((part, index) => (index % 2 ? element('code', {}, part) : part)))

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
    const head = element('tr', {}, ...heads.map(text => element('th', { scope: 'col' }, text)))
    const body = rows.map(cells => element('tr', {}, ...cells.map(cell => element('td', {}, cell))))
    return element(
        'table',
        {},
        element('caption', {}, caption),
        element('thead', {}, head),
        element('tbody', {}, ...body),
    )
}

function fields(document, caption, found) {
    const schema = follow(document, found)
    if (!schema?.properties) return undefined
    const required = schema.required ?? []
    const rows = Object.entries(schema.properties).map(([name, property]) => {
        const field = follow(document, property)
        return [
            element('code', {}, name),
            kind(field),
            prose(field.description, 'span'),
            required.includes(name) ? 'always' : '',
        ]
    })
    return table(caption, ['Field', 'Type', 'Meaning', 'There'], rows)
}

const content = part => Object.values(part?.content ?? {})[0]

function example(title, media) {
    if (!media?.example) return undefined
    const text = element('pre', { tabIndex: 0 }, JSON.stringify(media.example, null, 2))
    return element('div', {}, element('h3', {}, title), text)
}

function route(document, path, verb, operation) {
    const summary = element(
        'summary',
        {},
        element('strong', {}, verb.toUpperCase()),
        element('code', {}, path),
        operation.summary,
    )
    const [asked, answered] = [content(operation.requestBody), content(operation.responses['200'])]
    const parameters = operation.parameters?.map(parameter => [
        element('code', {}, parameter.name),
        parameter.in,
        prose(parameter.description, 'span'),
        parameter.required ? 'always' : '',
    ])
    const answers = Object.entries(operation.responses).map(([status, answer]) => [
        element('code', {}, status),
        prose(answer.description, 'span'),
    ])
    return element(
        'details',
        { id: operation.operationId },
        summary,
        operation.description ? prose(operation.description) : undefined,
        operation.security ? prose('Anybody may ask.') : undefined,
        parameters && table('Parameters', ['Name', 'Where', 'Meaning', 'There'], parameters),
        asked && fields(document, 'Request', asked.schema),
        example('Request', asked),
        answered && fields(document, 'Answer', answered.schema),
        example('Answer', answered),
        table('Statuses', ['Status', 'When'], answers),
    )
}

function group(document, { name, description }) {
    const routes = Object.entries(document.paths).flatMap(([path, verbs]) =>
        Object.entries(verbs)
            .filter(([, operation]) => operation.tags.includes(name))
            .map(([verb, operation]) => route(document, path, verb, operation)),
    )
    return element('article', {}, element('h2', {}, name), description ? prose(description) : undefined, ...routes)
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
