// token-renewer.d.ts says what token-renewer.js does: it is written by the compiler from the comments there.
//
// UPDATE_DECLARATIONS=1   writes it

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

import { format, resolveConfig } from 'prettier'

const pathOf = relative => fileURLToPath(new URL(relative, import.meta.url))
const SOURCE = pathOf('../../examples/web/token-renewer.js')
const DECLARATIONS = pathOf('../../examples/web/token-renewer.d.ts')

/** The compiler of package.json, in this folder. */
const tsc = (...words) => execFileSync('npx', ['--no', '--', 'tsc', ...words], { cwd: pathOf('.'), encoding: 'utf8' })

test('the declarations are what the source says', async t => {
    const folder = mkdtempSync(join(tmpdir(), 'agora-token-declarations-'))
    t.after(() => rmSync(folder, { recursive: true }))
    const emit = ['--declaration', '--emitDeclarationOnly', '--allowJs', '--outDir', folder, '--types', '']
    tsc(...emit, '--target', 'es2022', '--lib', 'es2024,dom', SOURCE)
    const written = readFileSync(join(folder, 'token-renewer.d.ts'), 'utf8')
    const options = { ...(await resolveConfig(DECLARATIONS)), filepath: DECLARATIONS }
    const declarations = await format(
        `// Written from token-renewer.js by tests/web/declarations.test.mjs.\n\n${written}`,
        options,
    )
    if (process.env.UPDATE_DECLARATIONS) writeFileSync(DECLARATIONS, declarations)
    assert.equal(readFileSync(DECLARATIONS, 'utf8'), declarations, 'write them anew with UPDATE_DECLARATIONS=1')
})

test('programs in TypeScript compile with them, and wrong ones do not', () => {
    tsc('--project', 'declarations.tsconfig.json')
})
