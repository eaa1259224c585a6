// Everything from nothing, as a user has it: npm ci, build, pack, install the tarball into an empty folder, and run the
// tests there. The same tests run again on agora-token-wasm under the name of this package. The last line is `N passed, N
// failed`.
//
// node test.mjs [--tools FOLDER]    caches and scratch folders go there

import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const home = fileURLToPath(new URL('.', import.meta.url))
const { values } = parseArgs({ options: { tools: { type: 'string', default: join(home, '../../target/node') } } })
const tools = resolve(values.tools)
const installed = join(tools, 'installed')
const wasm = join(home, '../wasm')
const installedWasm = join(tools, 'installed-wasm')
const panicking = join(tools, 'panicking.node')
const { version } = JSON.parse(readFileSync(join(home, 'package.json')))
const tarball = join(tools, `agora-token-native-${version}.tgz`)
const wasmTarball = join(tools, `agora-token-wasm-${version}.tgz`)
/** What is about the native package alone, about its text, or about programs beside it. */
const NOT_OF_WASM = /^(backends|declarations|examples|package|panic|readme|tools|wasm)\.test\.mjs$/

const env = {
    ...process.env,
    npm_config_cache: join(tools, 'npm-cache'),
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_update_notifier: 'false',
    AGORA_TOKEN_NODE_HOME: home,
    AGORA_TOKEN_NODE_TOOLS: tools,
    AGORA_TOKEN_PANICKING_MODULE: panicking,
}
let passed = 0
let failed = 0

main()

function main() {
    mkdirSync(tools, { recursive: true })
    for (const folder of [installed, installedWasm]) {
        rmSync(folder, { recursive: true, force: true })
        mkdirSync(folder)
    }
    const steps = [
        ['npm ci', home, 'npm', ['ci']],
        ['npm run build', home, 'npm', ['run', 'build']],
        ['npm pack', home, 'npm', ['pack', '--pack-destination', tools]],
        ['npm ci of agora-token-wasm', wasm, 'npm', ['ci']],
        ['npm run build of agora-token-wasm', wasm, 'npm', ['run', 'build']],
        ['npm pack of agora-token-wasm', wasm, 'npm', ['pack', './build', '--pack-destination', tools]],
        [
            'npm install of the tarballs into an empty folder',
            installed,
            'npm',
            ['install', '--offline', tarball, wasmTarball],
        ],
        ['npm install of agora-token-wasm alone', installedWasm, 'npm', ['install', '--offline', wasmTarball]],
        [
            'a module that panics',
            home,
            'node',
            ['scripts/build.mjs', '--debug', '--features', 'inject-panic', '--out', panicking],
        ],
    ]
    // Each needs the one before.
    if (steps.every(step => run(...step))) {
        runTests(installed, () => true)
        symlinkSync('agora-token-wasm', join(installedWasm, 'node_modules/agora-token-native'))
        const before = passed
        runTests(installedWasm, name => !NOT_OF_WASM.test(name))
        console.log(`${passed - before} of them were run again, on WebAssembly`)
    }
    console.log(`${passed} passed, ${failed} failed`)
    process.exitCode = failed === 0 ? 0 : 1
}

function run(name, cwd, program, words) {
    const done = spawnSync(program, words, { cwd, env, encoding: 'utf8' })
    if (done.status === 0) {
        passed++
        console.log(`ok     ${name}`)
        return true
    }
    failed++
    console.log(`FAILED ${name}\n${done.error ?? ''}${done.stdout}${done.stderr}`)
    return false
}

/** Beside the installed package, so that it is what they import; a test that is skipped has failed. */
function runTests(folder, isWanted) {
    const tests = join(folder, 'test')
    cpSync(join(home, 'test'), tests, { recursive: true })
    const files = readdirSync(tests)
        .filter(name => name.endsWith('.test.mjs') && isWanted(name))
        .map(name => join(tests, name))
    const words = ['--test', `--test-reporter=${join(tests, 'reporter.mjs')}`, ...files]
    const done = spawnSync(process.execPath, words, { cwd: folder, env, encoding: 'utf8', maxBuffer: 2 ** 26 })
    const lines = done.stdout.trimEnd().split('\n')
    const counts = /^(\d+) passed, (\d+) failed$/.exec(lines.pop())
    console.log(lines.join('\n'))
    if (counts === null || Number(counts[1]) === 0) {
        failed++
        console.log(`FAILED the tests gave no count\n${done.stdout}${done.stderr}`)
        return
    }
    passed += Number(counts[1])
    failed += Number(counts[2])
}
