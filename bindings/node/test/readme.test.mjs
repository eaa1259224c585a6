// Every program shown in README.md, and in that of agora-token-wasm, runs and prints what its comments say; every command shown exists.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

import { APP_CERTIFICATE, APP_ID, HOME, read } from './support.mjs'

const blocksOf = file => [...read(file).matchAll(/^```(.*)\n([^]*?)^```$/gm)].map(([, info, text]) => ({ info, text }))
const blocks = blocksOf('bindings/node/README.md')
const blocksOfWasm = blocksOf('bindings/wasm/README.md')
// Beside this file, to find the same package.
const folder = fileURLToPath(new URL('readme', import.meta.url))

test('every block is a program, or commands', () => {
    for (const { info } of [...blocks, ...blocksOfWasm]) assert.match(info, /^(js \w+\.(mjs|cjs)|console|output)$/)
    assert.ok(blocks.length > 8)
})

const programsOf = (blocks, beside = '') =>
    blocks.flatMap((block, at) => (block.info.startsWith('js ') ? [{ ...block, next: blocks[at + 1], beside }] : []))
const programs = [...programsOf(blocks), ...programsOf(blocksOfWasm, ' of agora-token-wasm')]
const isInstalled = process.env.AGORA_TOKEN_NODE_HOME !== undefined

for (const { info, text, next, beside } of programs) {
    const skip = beside !== '' && !isInstalled ? 'npm test does not install that package: see test.mjs' : false
    test(`${info}${beside}`, { skip }, () => {
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
    for (const [name, blocks_, least] of [
        ['node', blocks, 6],
        ['wasm', blocksOfWasm, 4],
    ]) {
        const { scripts } = JSON.parse(read(`bindings/${name}/package.json`))
        const lines = blocks_.filter(block => block.info === 'console').flatMap(block => block.text.trim().split('\n'))
        for (const line of lines.flatMap(line => line.split('#')[0].split('&&'))) {
            const command = line.trim()
            const [program, first, second] = command.split(' ')
            if (program === 'node') assert.ok(existsSync(join(HOME, first)), command)
            else if (first === 'run') assert.ok(second in scripts, command)
            else if (program === 'cargo') assert.equal(command, 'cargo xtask test node')
            else
                assert.match(
                    command,
                    /^npm (ci|pack( \.\/build)?|test|install agora-token-(native|wasm)-0\.1\.0\.tgz)$/,
                )
        }
        assert.ok(lines.length >= least, name)
    }
})
