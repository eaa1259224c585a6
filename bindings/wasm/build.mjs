// Puts the package together: the face of bindings/node over the bridge as WebAssembly, which `cargo xtask wasm` compiles.

import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { build } from 'esbuild'

const home = fileURLToPath(new URL('.', import.meta.url))
const face = join(home, '../node')
const FACE = ['compat', 'index.cjs', 'index.mjs', 'index.d.ts', 'index.d.mts', 'lib']
const licences = ['LICENSE-MIT', 'LICENSE-APACHE']

for (const each of FACE) {
    rmSync(join(home, each), { recursive: true, force: true })
    cpSync(join(face, each), join(home, each), { recursive: true })
}
rmSync(join(home, 'lib/platforms.json'))
cpSync(join(home, 'src'), join(home, 'lib'), { recursive: true })
for (const licence of licences) cpSync(join(home, '../..', licence), join(home, licence))

// As text in a module, which every bundler takes along and every loader finds.
const text = readFileSync(join(home, 'agora_token.wasm')).toString('base64')
writeFileSync(join(home, 'lib/module.cjs'), `'use strict'\n\nmodule.exports = require('./compile.cjs')('${text}')\n`)

/** All in one file, for `import` where there are no packages of Node. */
async function bundle(outfile, ...plugins) {
    await build({
        entryPoints: [join(home, 'index.mjs')],
        outfile: join(home, outfile),
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
console.log(`built ${home}`)
