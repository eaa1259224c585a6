// Compiles the bridge and puts it where lib/native.cjs looks: agora-token-native.<platform>.node.
//
// --target TRIPLE    for another platform
// --check            only see that the module is there, as before packing
// --debug --features LIST --out FILE    for tests

import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const home = new URL('..', import.meta.url)
const string = { type: 'string' }
const boolean = { type: 'boolean', default: false }
const { values } = parseArgs({
    options: { target: string, features: string, out: string, debug: boolean, check: boolean },
})

const platforms = JSON.parse(readFileSync(new URL('lib/platforms.json', home)))
const target = values.target ?? /^host: (.*)$/m.exec(run('rustc', ['-vV']))[1]
const platform = Object.keys(platforms).find(name => platforms[name].target === target)
if (!platform) throw new Error(`lib/platforms.json has no platform for ${target}`)
const file = new URL(values.out ?? `agora-token-native.${platform}.node`, home)

if (values.check) {
    if (!existsSync(file)) throw new Error(`${file.pathname} is missing: npm run build makes it`)
} else {
    copyFileSync(compile(), file)
    for (const licence of ['LICENSE-MIT', 'LICENSE-APACHE']) {
        copyFileSync(new URL(`../../${licence}`, home), new URL(licence, home))
    }
    console.log(`built ${file.pathname}`)
}

/** The path of the library that Cargo made. */
function compile() {
    const words = ['build', '--locked', '--package', 'agora-token-node', '--message-format', 'json-render-diagnostics']
    if (!values.debug) words.push('--release')
    if (values.target) words.push('--target', values.target)
    if (values.features) words.push('--features', values.features)
    const messages = run('cargo', words, { CARGO_ENCODED_RUSTFLAGS: flags().join('\x1f') })
        .split('\n')
        .filter(line => line.startsWith('{'))
        .map(line => JSON.parse(line))
    const made = messages.find(
        message => message.reason === 'compiler-artifact' && message.target.name === 'agora_token_node',
    )
    return made.filenames.find(name => /\.(so|dylib|dll)$/.test(name))
}

/** What is published says nothing of the machine it was built on. */
function flags() {
    const { CARGO_ENCODED_RUSTFLAGS, RUSTFLAGS = '', CARGO_HOME = join(homedir(), '.cargo') } = process.env
    const given = CARGO_ENCODED_RUSTFLAGS?.split('\x1f') ?? RUSTFLAGS.split(' ').filter(Boolean)
    const checkout = fileURLToPath(new URL('../..', home))
    return [...given, `--remap-path-prefix=${CARGO_HOME}=cargo`, `--remap-path-prefix=${checkout}=`]
}

function run(program, words, variables = {}) {
    const env = { ...process.env, ...variables }
    const stdio = ['ignore', 'pipe', 'inherit']
    return execFileSync(program, words, { cwd: home, env, encoding: 'utf8', stdio, maxBuffer: 2 ** 26 })
}
