// The package in the bundlers, test runners and runtimes of its users. What they need is installed once, from the lock
// file in `tools`; what a bundler makes must run where neither the package nor the checkout is.

import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { pathToFileURL } from 'node:url'

import { installed, succeed } from './installed.mjs'
import { HOME } from './support.mjs'

const folder = installed(join(HOME, 'test/tools'), 'tools')
const moved = mkdtempSync(join(tmpdir(), 'agora-token-tools-'))
const requireThere = createRequire(join(folder, 'package.json'))
const importThere = name => import(pathToFileURL(requireThere.resolve(name)))

after(() => rmSync(moved, { recursive: true, force: true }))

function run(program, words, options = {}) {
    return spawnSync(program, words, { cwd: folder, encoding: 'utf8', timeout: 120_000, ...options })
}

/** What was made runs by itself, with the compiled module beside it. */
function runMoved(made) {
    const there = join(moved, basename(dirname(made)))
    cpSync(dirname(made), there, { recursive: true })
    const done = run(process.execPath, [join(there, basename(made))], { cwd: there })
    assert.equal(succeed(done), 'valid\n')
}

const out = (name, file) => join(folder, 'out', name, file)
const entry = name => join(folder, name)

test('esbuild', async () => {
    const { build } = await importThere('esbuild')
    for (const [format, file] of [
        ['cjs', 'program.cjs'],
        ['esm', 'program.mjs'],
    ]) {
        const made = out(`esbuild-${format}`, file)
        const { warnings } = await build({
            entryPoints: [entry(file)],
            outfile: made,
            bundle: true,
            platform: 'node',
            format,
            loader: { '.node': 'copy' },
            // What esbuild's own documentation gives for packages that use require.
            banner:
                format === 'esm'
                    ? {
                          js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)",
                      }
                    : {},
        })
        assert.deepEqual(warnings, [])
        runMoved(made)
    }
})

test('webpack', async () => {
    const webpack = requireThere('webpack')
    const made = out('webpack', 'program.cjs')
    const stats = await new Promise((resolve, reject) => {
        const options = {
            mode: 'production',
            target: 'node',
            context: folder,
            entry: './program.mjs',
            output: { path: dirname(made), filename: basename(made) },
            module: { rules: [{ test: /\.node$/, loader: 'node-loader', options: { name: '[name].[ext]' } }] },
        }
        webpack(options, (error, stats) => (error ? reject(error) : resolve(stats)))
    })
    const { errors, warnings } = stats.toJson({ all: false, errors: true, warnings: true })
    assert.deepEqual(errors, [])
    // It tells of the binaries of other platforms, and goes on.
    for (const { message } of warnings) assert.match(message, /Can't resolve '(\.\.\/)?agora-token-native[.-]/)
    runMoved(made)
})

test('ncc', async () => {
    const { code, assets } = await requireThere('@vercel/ncc')(entry('program.cjs'), { cache: false, quiet: true })
    const made = out('ncc', 'program.cjs')
    mkdirSync(dirname(made), { recursive: true })
    writeFileSync(made, code)
    for (const [name, { source }] of Object.entries(assets)) writeFileSync(out('ncc', name), source)
    assert.ok(Object.keys(assets).some(name => name.endsWith('.node')))
    runMoved(made)
})

test('Vite', async () => {
    const { build } = await importThere('vite')
    const made = out('vite', 'program.mjs')
    // Packages stay outside of a server's bundle unless asked for; beside others that are taken in, this one is named.
    for (const ssr of [{}, { noExternal: true, external: ['agora-token-native'] }]) {
        await build({
            root: folder,
            configFile: false,
            logLevel: 'error',
            ssr,
            build: { ssr: 'program.mjs', outDir: dirname(made), emptyOutDir: true },
        })
        assert.equal(succeed(run(process.execPath, [made])), 'valid\n')
    }
})

test('@vercel/nft', async () => {
    const { nodeFileTrace } = await importThere('@vercel/nft')
    const { fileList } = await nodeFileTrace([entry('program.mjs')], { base: folder })
    const there = join(moved, 'nft')
    for (const file of fileList) cpSync(join(folder, file), join(there, file))
    assert.ok([...fileList].some(file => file.endsWith('.node')))
    assert.equal(succeed(run(process.execPath, ['program.mjs'], { cwd: there })), 'valid\n')
})

/** Runs where neither the package nor anything of Node's is loaded by name. */
function runAlone(made) {
    assert.doesNotMatch(readFileSync(made, 'utf8'), /\brequire\(['"]|\bfrom ?['"]node:/)
    assert.equal(succeed(run(process.execPath, [made], { cwd: moved })), 'wasm\n')
}

test('agora-token-wasm for browsers, in esbuild, webpack and Vite', async () => {
    const esbuilt = out('esbuild-wasm', 'program.mjs')
    const { build } = await importThere('esbuild')
    const options = {
        entryPoints: [entry('wasm.mjs')],
        outfile: esbuilt,
        bundle: true,
        platform: 'browser',
        format: 'esm',
    }
    assert.deepEqual((await build(options)).warnings, [])
    runAlone(esbuilt)

    const packed = out('webpack-wasm', 'program.mjs')
    const stats = await new Promise((resolve, reject) => {
        const options = {
            mode: 'development',
            devtool: false,
            target: ['web', 'es2022'],
            context: folder,
            entry: './wasm.mjs',
            experiments: { outputModule: true },
            output: { path: dirname(packed), filename: basename(packed), module: true },
        }
        requireThere('webpack')(options, (error, stats) => (error ? reject(error) : resolve(stats)))
    })
    const { errors, warnings } = stats.toJson({ all: false, errors: true, warnings: true })
    assert.deepEqual([errors, warnings], [[], []])
    runAlone(packed)

    const vite = out('vite-wasm', 'program.mjs')
    await (
        await importThere('vite')
    ).build({
        root: folder,
        configFile: false,
        logLevel: 'error',
        build: {
            lib: { entry: 'wasm.mjs', formats: ['es'], fileName: () => 'program.mjs' },
            outDir: dirname(vite),
            emptyOutDir: true,
        },
    })
    runAlone(vite)
})

test('agora-token-wasm in workerd, which compiles nothing at run time', async t => {
    const { build } = await importThere('esbuild')
    await build({
        entryPoints: [entry('worker.mjs')],
        outfile: out('workerd', 'worker.mjs'),
        bundle: true,
        format: 'esm',
        conditions: ['workerd', 'worker', 'browser'],
        loader: { '.wasm': 'copy' },
        assetNames: '[name]',
    })
    const workerd = binary('@cloudflare/workerd-linux-64/bin/workerd', '@cloudflare/workerd-linux-arm64/bin/workerd')
    const stdio = ['ignore', 'inherit', 'inherit', 'pipe']
    const server = spawn(workerd, ['serve', entry('workerd.capnp'), '--control-fd=3'], { cwd: folder, stdio })
    t.after(() => server.kill())
    const [line] = await once(server.stdio[3], 'data', { signal: AbortSignal.timeout(30_000) })
    const response = await fetch(`http://127.0.0.1:${JSON.parse(line).port}/`)
    assert.deepEqual([response.status, await response.text()], [200, 'wasm'])
})

test('Jest', () => {
    const words = [requireThere.resolve('jest/bin/jest'), '--testMatch', '**/jest.test.cjs', '--runInBand', '--ci']
    const done = run(process.execPath, [...words, '--json'])
    const { numPassedTests, numFailedTests } = JSON.parse(succeed(done))
    assert.deepEqual([numPassedTests, numFailedTests], [3, 0])
})

test('vitest, in threads and in their own contexts', () => {
    const program = join(dirname(requireThere.resolve('vitest/package.json')), 'vitest.mjs')
    for (const pool of ['threads', 'vmThreads', 'forks']) {
        const done = run(process.execPath, [program, 'run', 'vitest.test.mjs', `--pool=${pool}`, '--reporter=json'])
        const { numPassedTests, numFailedTests } = JSON.parse(succeed(done))
        assert.deepEqual([numPassedTests, numFailedTests], [4, 0], pool)
    }
})

/** What a package of npm brings for this platform. */
function binary(...names) {
    for (const name of names) {
        const file = join(folder, 'node_modules', name)
        if (existsSync(file)) return file
    }
    return assert.fail(`none of ${names.join(', ')} is there`)
}

test('Bun', () => {
    const bun = binary(
        '@oven/bun-linux-x64/bin/bun',
        '@oven/bun-linux-x64-baseline/bin/bun',
        '@oven/bun-linux-aarch64/bin/bun',
    )
    for (const file of ['program.cjs', 'program.mjs']) assert.equal(succeed(run(bun, [entry(file)])), 'valid\n')
    const made = out('bun', 'program.js')
    succeed(run(bun, ['build', '--target=node', `--outdir=${dirname(made)}`, entry('program.mjs')]))
    runMoved(made)
    assert.equal(succeed(run(bun, [entry('wasm.mjs')])), 'wasm\n')
    const alone = out('bun-wasm', 'wasm.js')
    succeed(run(bun, ['build', '--target=browser', `--outdir=${dirname(alone)}`, entry('wasm.mjs')]))
    assert.equal(succeed(run(bun, [alone])), 'wasm\n')
})

test('Deno', () => {
    const deno = binary('@deno/linux-x64-glibc/deno', '@deno/linux-arm64-glibc/deno')
    const env = { ...process.env, DENO_NO_UPDATE_CHECK: '1', DENO_DIR: join(folder, 'deno') }
    for (const file of ['program.cjs', 'program.mjs']) {
        const words = ['run', '--node-modules-dir=manual', '--allow-ffi', '--allow-read', '--allow-env', entry(file)]
        assert.equal(succeed(run(deno, words, { env })), 'valid\n')
    }
    // It asks for nothing but its own files.
    const words = ['run', '--no-prompt', '--node-modules-dir=manual', `--allow-read=${folder}`, entry('wasm.mjs')]
    assert.equal(succeed(run(deno, words, { env })), 'wasm\n')
})
