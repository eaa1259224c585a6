// The package itself: what is in it, how it is found and installed, what a release looks like.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

import { HOME, read } from './support.mjs'

const require = createRequire(import.meta.url)
const package_ = dirname(require.resolve('agora-token-native/package.json'))
const manifest = require('agora-token-native/package.json')

/** Folder of its own, outside of any other package. */
function emptyFolder(t) {
    const folder = mkdtempSync(join(tmpdir(), 'agora-token-native-'))
    t.after(() => rmSync(folder, { recursive: true, force: true }))
    return folder
}

const run = (cwd, program, ...words) =>
    execFileSync(program, words, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
const npm = (cwd, ...words) => run(cwd, 'npm', ...words, '--no-audit', '--no-fund', '--loglevel=error')

function wasmTarball(folder) {
    const [{ filename }] = JSON.parse(
        npm(join(HOME, '../wasm'), 'pack', './build', '--json', '--pack-destination', folder),
    )
    return join(folder, filename)
}

const USE =
    "const { RtcTokenBuilder } = require('agora-token-native'); console.log(RtcTokenBuilder.name, require('agora-token-native/compat').RtcRole.PUBLISHER)"
const USE_ESM =
    "import { RtcTokenBuilder } from 'agora-token-native'; import { RtcRole } from 'agora-token-native/compat'; console.log(RtcTokenBuilder.name, RtcRole.PUBLISHER)"

function assertUsable(folder) {
    assert.equal(run(folder, process.execPath, '--eval', USE), 'RtcTokenBuilder 1\n')
    assert.equal(run(folder, process.execPath, '--input-type=module', '--eval', USE_ESM), 'RtcTokenBuilder 1\n')
}

test('what is tested is what is installed', () => {
    const beside = fileURLToPath(new URL('../node_modules/agora-token-native', import.meta.url))
    // Only `npm test`, for development, runs in the checkout.
    assert.equal(package_, process.env.AGORA_TOKEN_NODE_HOME ? beside : HOME.replace(/\/$/, ''))
})

test('the version is that of the workspace', () => {
    assert.equal(manifest.version, /^version = "(.*)"$/m.exec(read('Cargo.toml'))[1])
    assert.equal(require(join(HOME, 'package-lock.json')).version, manifest.version)
})

test('nothing is fetched or run when it is installed', () => {
    assert.equal(manifest.dependencies, undefined)
    assert.equal(manifest.optionalDependencies, undefined)
    for (const hook of ['preinstall', 'install', 'postinstall', 'prepare'])
        assert.ok(!(hook in (manifest.scripts ?? {})))
    assert.equal(manifest.gypfile, undefined)
})

test('the lockfile names no registry', () => {
    const lock = read('bindings/node/package-lock.json')
    assert.ok(!/"resolved"|https?:/.test(lock))
    assert.ok(lock.includes('"integrity"'))
})

test('the tarball holds what is used and nothing else', t => {
    const folder = emptyFolder(t)
    const [{ files }] = JSON.parse(npm(HOME, 'pack', '--json', '--pack-destination', folder))
    const paths = files.map(file => file.path)
    for (const needed of [
        'README.md',
        'LICENSE-MIT',
        'LICENSE-APACHE',
        'index.cjs',
        'index.mjs',
        'index.d.ts',
        'index.d.mts',
        'package.json',
    ]) {
        assert.ok(paths.includes(needed), needed)
    }
    assert.equal(paths.filter(path => path.endsWith('.node')).length, 1)
    const known =
        /^(README\.md|LICENSE-\w+|package\.json|index\.[\w.]+|lib\/(generated\/)?[\w-]+\.(cjs|mjs|json|d\.cts)|compat\/((src|generated)\/)?[\w-]+\.(cjs|mjs|d\.ts|d\.cts|d\.mts)|agora-token-native\.[\w-]+\.node)$/
    assert.deepEqual(
        paths.filter(path => !known.test(path)),
        [],
    )
    t.diagnostic(`${paths.length} files`)
})

test('no file of it names this machine', () => {
    const walk = folder =>
        readdirSync(folder, { withFileTypes: true }).flatMap(each => {
            if (each.name === 'node_modules' || each.name === 'target') return []
            const path = join(folder, each.name)
            return each.isDirectory() ? walk(path) : [path]
        })
    for (const file of walk(package_).filter(path => /\.(node|cjs|mjs|ts|cts|mts|json|md)$/.test(path))) {
        const text = readFileSync(file, 'latin1')
        assert.ok(!text.includes(process.env.HOME === '/' ? '/home/' : `${process.env.HOME}/`), file)
        assert.ok(!text.includes(HOME), file)
    }
})

test('without a binary the loader says which ones it looked for', t => {
    const folder = emptyFolder(t)
    const copy = join(folder, 'node_modules/agora-token-native')
    mkdirSync(dirname(copy), { recursive: true })
    run(folder, 'cp', '-r', package_, copy)
    readdirSync(copy)
        .filter(name => name.endsWith('.node'))
        .forEach(name => rmSync(join(copy, name)))
    const message = run(
        folder,
        process.execPath,
        '--eval',
        "try { require('agora-token-native') } catch (error) { console.log(error.message) }",
    )
    assert.match(
        message,
        new RegExp(
            `^agora-token-native has no binary for ${process.platform} on ${process.arch}; tried .*agora-token-native-${process.platform}-${process.arch}`,
        ),
    )
})

test('a release is a package without a binary, and one for the platform', t => {
    const folder = emptyFolder(t)
    // Of what is published none may be missing.
    assert.throws(() => run(HOME, process.execPath, 'scripts/release.mjs', join(folder, 'release')), /no binary for \w/)
    run(HOME, process.execPath, 'scripts/release.mjs', join(folder, 'release'), '--built')
    const packed = readdirSync(join(folder, 'release')).map(name => {
        const [{ filename }] = JSON.parse(
            npm(join(folder, 'release', name), 'pack', '--json', '--pack-destination', folder),
        )
        return { name, tarball: join(folder, filename) }
    })
    assert.equal(packed.length, 2)
    const platform = packed.find(each => each.name !== 'agora-token-native')
    const main = JSON.parse(readFileSync(join(folder, 'release/agora-token-native/package.json'), 'utf8'))
    assert.deepEqual(main.optionalDependencies, { [platform.name]: manifest.version })
    assert.deepEqual(main.dependencies, { 'agora-token-wasm': manifest.version })
    assert.deepEqual(main.exports, manifest.exports)

    const user = join(folder, 'user')
    mkdirSync(user)
    npm(user, 'install', '--offline', ...packed.map(each => each.tarball), wasmTarball(folder))
    const modules = join(user, 'node_modules')
    assert.deepEqual(
        readdirSync(modules)
            .filter(name => name[0] !== '.')
            .sort(),
        [...packed.map(each => each.name), 'agora-token-wasm'].sort(),
    )
    const backend = () => run(user, process.execPath, '--print', "require('agora-token-native').backend").trim()
    assertUsable(user)
    assert.equal(backend(), 'native')
    // It is the platform's package that is loaded: without it WebAssembly is, and without that nothing.
    renameSync(join(modules, platform.name), join(user, 'elsewhere'))
    assertUsable(user)
    assert.equal(backend(), 'wasm')
    renameSync(join(modules, 'agora-token-wasm'), join(user, 'wasm'))
    assert.throws(() => assertUsable(user), /has no binary/)
})

test('it works wherever it is installed, by require and by import', t => {
    const folder = emptyFolder(t)
    npm(HOME, 'pack', '--pack-destination', folder)
    const user = join(folder, 'a user’s folder')
    mkdirSync(user)
    npm(user, 'install', '--offline', join(folder, `agora-token-native-${manifest.version}.tgz`))
    assertUsable(user)
})

test('the compiled module is looked for under the names of every platform, each as it is written', () => {
    const native = read('bindings/node/lib/native.cjs')
    const platforms = JSON.parse(read('bindings/node/lib/platforms.json'))
    const cases = {}
    for (const [name, { os, cpu }] of Object.entries(platforms)) {
        const names = (cases[`${os}-${cpu}`] ??= [])
        names.push(`../agora-token-native.${name}.node`, `agora-token-native-${name}`)
    }
    const [ofPlatforms, fallback] = native.split(/^ {4}}$/m)
    const found = ofPlatforms.split(/^ {8}case /m).slice(1)
    const written = found.map(text => [
        /^'(.*)':/.exec(text)[1],
        [...text.matchAll(/return require\('(.*)'\)/g)].map(([, name]) => name),
    ])
    assert.deepEqual(Object.fromEntries(written), cases)
    // Then the one that fits everywhere.
    assert.match(fallback, /return require\('agora-token-wasm\/bridge'\)/)
    // Nothing that is put together at run time, which no bundler could follow.
    const all = [...written.flatMap(([, names]) => names), 'agora-token-wasm/bridge']
    assert.equal(native.match(/require\('/g).length, all.length)
    assert.equal(native.match(/require\(/g).length, all.length)
})
