// Writes what is published into a folder: the package without a binary, and a package for every platform. The first
// depends on the others, and npm installs the one that fits; where none does, it runs on agora-token-wasm, which is
// published by itself. A platform whose binary is missing is an error.
//
// node scripts/release.mjs FOLDER
// --from FOLDER    where the binaries are, if not here, where `npm run build` puts them
// --built          leave out what was not built, to try it

import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

import { repository } from './repository.mjs'

const home = fileURLToPath(new URL('..', import.meta.url))
const { values, positionals } = parseArgs({
    options: { from: { type: 'string', default: home }, built: { type: 'boolean', default: false } },
    allowPositionals: true,
})
const out = resolve(positionals[0] ?? fail('say where: node scripts/release.mjs FOLDER'))
const manifest = JSON.parse(readFileSync(join(home, 'package.json')))
const platforms = JSON.parse(readFileSync(join(home, 'lib/platforms.json')))
const licences = ['LICENSE-MIT', 'LICENSE-APACHE']

const built = Object.keys(platforms).filter(name => existsSync(join(values.from, binary(name))))
if (built.length === 0) fail('there is no binary: npm run build makes one')
const missing = Object.keys(platforms).filter(name => !built.includes(name))
if (missing.length > 0 && !values.built) fail(`there is no binary for ${missing.join(', ')}`)

rmSync(out, { recursive: true, force: true })
for (const platform of built) writePlatform(platform)
writeMain()
console.log(`${manifest.name} ${manifest.version} for ${built.join(', ')} in ${out}`)

function writePlatform(platform) {
    const folder = join(out, `${manifest.name}-${platform}`)
    const { os, cpu, libc } = platforms[platform]
    mkdirSync(folder, { recursive: true })
    copyFileSync(join(values.from, binary(platform)), join(folder, binary(platform)))
    write(folder, {
        name: `${manifest.name}-${platform}`,
        version: manifest.version,
        description: `The binary of ${manifest.name} for ${platform}`,
        license: manifest.license,
        engines: manifest.engines,
        main: binary(platform),
        files: [binary(platform), 'LICENSE-*', '*.cdx.json'],
        os: [os],
        cpu: [cpu],
        ...(libc && { libc: [libc] }),
    })
}

function writeMain() {
    const folder = join(out, manifest.name)
    mkdirSync(folder, { recursive: true })
    for (const each of ['index.cjs', 'index.mjs', 'index.d.ts', 'index.d.mts', 'lib', 'compat', 'README.md']) {
        cpSync(join(home, each), join(folder, each), { recursive: true })
    }
    const { scripts, devDependencies, ...published } = manifest
    const optionalDependencies = Object.fromEntries(built.map(name => [`${manifest.name}-${name}`, manifest.version]))
    const dependencies = { 'agora-token-wasm': manifest.version }
    const files = published.files.filter(each => each !== '*.node')
    write(folder, { ...published, files, dependencies, optionalDependencies })
}

function write(folder, contents) {
    writeFileSync(
        join(folder, 'package.json'),
        `${JSON.stringify({ ...contents, ...repository('bindings/node') }, null, 2)}\n`,
    )
    for (const licence of licences) copyFileSync(join(home, '../..', licence), join(folder, licence))
}

function binary(platform) {
    return `${manifest.name}.${platform}.node`
}

function fail(message) {
    throw new Error(message)
}
