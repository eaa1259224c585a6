// Every program shown in README.md runs and prints what its comments say; every command shown exists.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

import { APP_CERTIFICATE, APP_ID, HOME, read } from './support.mjs'

const README = read('bindings/node/README.md')
const blocks = [...README.matchAll(/^```(.*)\n([^]*?)^```$/gm)].map(([, info, text]) => ({ info, text }))
// Beside this file, to find the same package.
const folder = fileURLToPath(new URL('readme', import.meta.url))

test('every block is a program, or commands', () => {
    for (const { info } of blocks) assert.match(info, /^(js \w+\.(mjs|cjs)|console|output)$/)
    assert.ok(blocks.length > 8)
})

const programs = blocks.flatMap((block, at) =>
    block.info.startsWith('js ') ? [{ ...block, next: blocks[at + 1] }] : [],
)

for (const { info, text, next } of programs) {
    test(info, () => {
        mkdirSync(folder, { recursive: true })
        const file = join(folder, info.slice('js '.length))
        writeFileSync(file, text)
        const env = { ...process.env, AGORA_APP_ID: APP_ID, AGORA_APP_CERTIFICATE: APP_CERTIFICATE }
        const { status, stdout, stderr } = spawnSync(process.execPath, [file], { env, encoding: 'utf8' })
        rmSync(folder, { recursive: true })
        assert.deepEqual([status, stderr], [0, ''])
        // What it prints stands in a block of its own, or beside each line.
        if (next?.info === 'output') return assert.equal(stdout, next.text)
        const printed = stdout.trimEnd().split('\n')
        const promised = [...text.matchAll(/^.*console\.log\(.*\)(?: \/\/ (.*))?$/gm)].map(([, comment]) => comment)
        assert.equal(printed.length, promised.length)
        promised.forEach((comment, index) => {
            if (comment !== undefined) assert.equal(printed[index], comment)
            else assert.match(printed[index], /^007[\w+/=]+( 007[\w+/=]+)*$/)
        })
    })
}

test('the commands shown are the ones there are', () => {
    const { scripts } = JSON.parse(read('bindings/node/package.json'))
    const lines = blocks.filter(block => block.info === 'console').flatMap(block => block.text.trim().split('\n'))
    for (const command of lines.flatMap(line => line.split('#')[0].split('&&')).map(command => command.trim())) {
        const [program, first, second] = command.split(' ')
        if (program === 'node') assert.ok(existsSync(join(HOME, first)), command)
        else if (first === 'run') assert.ok(second in scripts, command)
        else assert.match(command, /^npm (ci|pack|test|install agora-token-native-0\.1\.0\.tgz)$/)
    }
    assert.ok('test' in scripts && lines.length > 5)
})
