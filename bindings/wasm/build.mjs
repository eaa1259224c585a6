// Puts the package together in the folder `build`: the face of bindings/node over the bridge as WebAssembly, which `cargo
// xtask wasm` compiles.

import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { build } from 'esbuild'

import { repository } from '../node/scripts/repository.mjs'

const home = fileURLToPath(new URL('.', import.meta.url))
const out = join(home, 'build')
const FACE = ['compat', 'index.cjs', 'index.mjs', 'index.d.ts', 'index.d.mts', 'lib']

rmSync(out, { recursive: true, force: true })
for (const each of FACE) cpSync(join(home, '../node', each), join(out, each), { recursive: true })
rmSync(join(out, 'lib/platforms.json'))
cpSync(join(home, 'src'), join(out, 'lib'), { recursive: true })
for (const each of ['agora_token.wasm', 'README.md']) cpSync(join(home, each), join(out, each))
for (const licence of ['LICENSE-MIT', 'LICENSE-APACHE']) cpSync(join(home, '../..', licence), join(out, licence))
const { scripts, devDependencies, ...published } = JSON.parse(readFileSync(join(home, 'package.json')))
writeFileSync(
    join(out, 'package.json'),
    `${JSON.stringify({ ...published, ...repository('bindings/wasm') }, null, 2)}\n`,
)

// As text in a module, which every bundler takes along and every loader finds.
const text = readFileSync(join(home, 'agora_token.wasm')).toString('base64')
writeFileSync(join(out, 'lib/module.cjs'), `'use strict'\n\nmodule.exports = require('./compile.cjs')('${text}')\n`)

/** All in one file, for `import` where there are no packages of Node. */
async function bundle(outfile, ...plugins) {
    await build({
        entryPoints: [join(out, 'index.mjs')],
        outfile: join(out, outfile),
        bundle: true,
        format: 'esm',
        platform: 'neutral',
        target: 'es2024',
        legalComments: 'none',
        plugins,
    })
}

await bundle('browser.mjs')
// Cloudflare's workers compile nothing at run time: there the module is a file that is imported.
await bundle('workerd.mjs', {
    name: 'the module as a file',
    setup(bundler) {
        bundler.onLoad({ filter: /[/\\]module\.cjs$/ }, () => ({
            contents: "export { default as compiled } from './agora_token.wasm'",
            loader: 'js',
        }))
        bundler.onResolve({ filter: /\.wasm$/ }, ({ path }) => ({ path, external: true }))
    },
})
console.log(`built ${out}`)
