// Writes the core's tables into index.d.ts: every error code and every finding, with what it means. Run it after
// `npm run build` where the core has other codes or other words.
//
// --check    only say whether index.d.ts has them as they are

import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { parseArgs } from 'node:util'

const native = createRequire(import.meta.url)('../lib/native.cjs')
const file = new URL('../index.d.ts', import.meta.url)
const WIDTH = 120

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } })
const errors = JSON.parse(native.errorCodes()).map(([name, number, , message]) => [name, number, `${message}.`])
const findings = JSON.parse(native.findingCodes()).map(([name, , meaning]) => [name, `'${name}'`, meaning])

const before = readFileSync(file, 'utf8')
const after = declare(declare(before, 'ErrorCode', errors), 'FindingCode', findings)
if (!values.check) writeFileSync(file, after)
else if (after !== before) throw new Error('index.d.ts is stale: npm run build && npm run declare')

/** The text with the members of one constant replaced. */
function declare(text, constant, rows) {
    const members = rows.map(([name, value, words]) => `${comment(words)}\n    readonly ${name}: ${value}\n`)
    const head = `export declare const ${constant}: {\n`
    const start = text.indexOf(head) + head.length
    return text.slice(0, start) + members.join('') + text.slice(text.indexOf('}\n', start))
}

function comment(words) {
    const sentence = words[0].toUpperCase() + words.slice(1)
    const line = `    /** ${sentence} */`
    if (line.length <= WIDTH) return line
    const lines = ['     *']
    for (const word of sentence.split(' ')) {
        if (lines.at(-1).length + 1 + word.length > WIDTH) lines.push('     *')
        lines.push(`${lines.pop()} ${word}`)
    }
    return ['    /**', ...lines, '     */'].join('\n')
}
