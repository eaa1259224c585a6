// Folders in which packages of npm are installed once, from a committed lock file, with the package under test beside them.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'

import { CHECKOUT } from './support.mjs'

/** The package agora-token-wasm as it is installed, or in the checkout as it was last built. */
export const WASM =
    process.env.AGORA_TOKEN_NODE_HOME === undefined
        ? join(CHECKOUT, 'bindings/wasm/build')
        : dirname(createRequire(import.meta.url).resolve('agora-token-wasm/package.json'))

const LOCK = 'package-lock.json'

const isSame = (one, other) => existsSync(one) && readFileSync(one, 'utf8') === readFileSync(other, 'utf8')

/** What a program that must succeed prints. */
export function succeed({ status, stdout, stderr, error }) {
    assert.equal(status, 0, `${error ?? ''}${stdout}${stderr}`)
    return stdout
}

/** A copy of a folder with its packages, under the folder of tools. */
export function installed(source, name) {
    const folder = join(process.env.AGORA_TOKEN_NODE_TOOLS ?? join(CHECKOUT, 'target/node'), name)
    mkdirSync(folder, { recursive: true })
    cpSync(source, folder, { recursive: true, filter: file => relative(source, file).split('/')[0] !== 'node_modules' })
    const done = join(folder, 'installed')
    if (!isSame(done, join(source, LOCK))) {
        const words = ['ci', '--ignore-scripts', '--no-audit', '--no-fund']
        succeed(spawnSync('npm', words, { cwd: folder, encoding: 'utf8' }))
        cpSync(join(source, LOCK), done)
    }
    const package_ = dirname(createRequire(import.meta.url).resolve('agora-token-native/package.json'))
    const there = join(folder, 'node_modules/agora-token-native')
    rmSync(there, { recursive: true, force: true })
    // In the checkout it has more beside it than is published.
    const others = ['node_modules', 'src', 'scripts', 'test']
    cpSync(package_, there, { recursive: true, filter: file => !others.includes(relative(package_, file)) })
    const wasm = join(folder, 'node_modules/agora-token-wasm')
    rmSync(wasm, { recursive: true, force: true })
    cpSync(WASM, wasm, { recursive: true, filter: file => !others.includes(relative(WASM, file)) })
    return folder
}
