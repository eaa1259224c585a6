// The declarations: they compile strictly, name what is exported and nothing else, and are documented.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

import * as face from 'agora-token-native'
import * as compat from 'agora-token-native/compat'

import { HOME, read } from './support.mjs'

const HERE = fileURLToPath(new URL('.', import.meta.url))
const require = createRequire(import.meta.url)

/** What tsc complains of in these files. For the while they stand beside this one, to find the same package. */
function compile(name, files, options = {}) {
    const folder = join(HERE, `compiled-${name}`)
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder)
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text)
    const compilerOptions = {
        strict: true,
        noUncheckedIndexedAccess: true,
        exactOptionalPropertyTypes: true,
        noEmit: true,
        module: 'nodenext',
        target: 'es2023',
        lib: ['es2023'],
        types: [],
        skipLibCheck: false,
        ...options,
    }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: Object.keys(files) }))
    const tsc = createRequire(join(HOME, 'package.json'))
        .resolve('typescript/package.json')
        .replace('package.json', 'bin/tsc')
    const done = spawnSync(process.execPath, [tsc, '--project', folder], { encoding: 'utf8' })
    rmSync(folder, { recursive: true })
    return done.stdout + done.stderr
}

const source = file => read(`bindings/node/test/types/${file}`)

test('tsc --strict takes what is right and nothing else, for import and require', () => {
    assert.equal(compile('types', { 'face.mts': source('face.mts'), 'compat.cts': source('compat.cts') }), '')
})

test('tsc finds what is wrong', () => {
    const wrong = source('face.mts').replace(/^.*@ts-expect-error.*$/gm, '')
    const complaints = compile('wrong', { 'face.mts': wrong })
    const expected = source('face.mts').match(/@ts-expect-error/g).length
    assert.equal(complaints.match(/error TS/g)?.length, expected, complaints)
})

test('tsc --strict takes the older ways to find a package, too', () => {
    const text = source('face.mts')
    assert.equal(compile('bundler', { 'face.mts': text }, { module: 'esnext', moduleResolution: 'bundler' }), '')
})

test('the examples compile strictly', () => {
    const names = ['mint.mjs', 'issue.mjs', 'verify.mjs', 'doctor.mjs']
    const files = Object.fromEntries(names.map(file => [file, read(`examples/node/${file}`)]))
    const typeRoots = [join(HOME, 'node_modules/@types')]
    assert.equal(compile('examples', files, { allowJs: true, checkJs: true, types: ['node'], typeRoots }), '')
})

/** What an object has, with what it inherits up to what the language itself gives. */
function names(object) {
    const found = new Set()
    const ends = [Function.prototype, Object.prototype, Error, Error.prototype]
    for (let each = object; each && !ends.includes(each); each = Object.getPrototypeOf(each)) {
        Object.getOwnPropertyNames(each).forEach(name => found.add(name))
    }
    return [...found]
}
const statics = Class => names(Class).filter(name => !['length', 'name', 'prototype'].includes(name))
const members = instance => names(instance).filter(name => name !== 'constructor')

const union = list => (list.length === 0 ? 'never' : list.map(name => JSON.stringify(name)).join(' | '))
const isClass = value => typeof value === 'function' && /^class/.test(String(value))

const SAME = 'type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false'

/** A file that compiles when, and only when, the declarations of a module name what it exports. */
function comparison(specifier, module) {
    const lines = [`import * as declared from '${specifier}'`, SAME]
    const compare = (type, list, what) =>
        lines.push(`export const c${lines.length}: Same<${type}, ${union(list)}> = true // ${what}`)
    compare('keyof typeof declared', Object.keys(module), 'exports')
    for (const [name, value] of Object.entries(module).filter(([name]) => name !== 'default')) {
        if (isClass(value)) compare(`Exclude<keyof typeof declared.${name}, 'prototype'>`, statics(value), name)
        else if (typeof value === 'object') compare(`keyof typeof declared.${name}`, Object.keys(value), name)
        for (const [key, constant] of Object.entries(value)) {
            // A string has characters for entries.
            if (typeof value === 'string' || !['number', 'string'].includes(typeof constant)) continue
            compare(`typeof declared.${name}.${key}`, [constant], `${name}.${key}`)
        }
    }
    return lines.join('\n')
}

test('what is exported is what is declared, name for name and number for number', t => {
    const modules = {
        'agora-token-native': face,
        'agora-token-native/compat': compat,
    }
    for (const name of [
        'AccessToken',
        'AccessToken2',
        'RtcTokenBuilder',
        'RtcTokenBuilder2',
        'RtmTokenBuilder',
        'SttTokenBuilder',
    ]) {
        modules[`agora-token-native/compat/src/${name}`] = require(`agora-token-native/compat/src/${name}`)
    }
    let count = 0
    const files = {}
    for (const [specifier, module] of Object.entries(modules)) {
        const file = `${specifier.replaceAll('/', '-')}.${specifier.includes('/src/') ? 'cts' : 'mts'}`
        files[file] = comparison(specifier, module)
        count += files[file].match(/export const/g).length
    }
    assert.equal(compile('keys', files), '')
    t.diagnostic(`${count} comparisons`)
    // And the comparison can fail.
    const missing = comparison('agora-token-native', { ...face, invented: 1 })
    assert.match(compile('missing', { 'missing.mts': missing }), /error TS/)
    const { inspect, ...less } = face
    assert.match(compile('less', { 'less.mts': comparison('agora-token-native', less) }), /error TS/)
})

test('instances hold what is declared', () => {
    const id = '970CA35de60c44645bbae8a215061b33'
    const token = face.RtcTokenBuilder.buildTokenWithUid(id, id, 'room', 42, 1, 60)
    const issuer = new face.Issuer(id, id)
    const grant = face.Grant.chat({ user: 'alice' })
    const instances = {
        Grant: grant,
        Issuer: issuer,
        IssuedToken: issuer.issue(grant),
        AccessToken: new face.AccessToken(id, id, 'room', 42),
        AccessToken2: new face.AccessToken2(id, id),
        UnverifiedToken: face.AccessToken.parse(face.RtcTokenBuilder006.buildTokenWithUid(id, id, 'room', 42, 1)),
        UnverifiedToken2: face.AccessToken2.parse(token),
        Verdict: face.verify(token, id),
        AgoraTokenError: new face.AgoraTokenError('INTERNAL', '', ''),
        Rtm2Permissions: new face.Rtm2Permissions(),
        ServiceRtc: new face.ServiceRtc('room', 42),
        ServiceRtm: new face.ServiceRtm('alice'),
        ServiceStreaming: new face.ServiceStreaming('room', 42),
        ServiceFpa: new face.ServiceFpa(),
        ServiceChat: new face.ServiceChat(),
        ServiceFCdn: new face.ServiceFCdn('room', 42),
        ServiceApaas: new face.ServiceApaas(),
        ServiceRtm2: new face.ServiceRtm2('alice'),
        ServiceConvoAI: new face.ServiceConvoAI(),
        ServiceStt: new face.ServiceStt(),
    }
    const lines = ["import * as declared from 'agora-token-native'", SAME]
    for (const [name, instance] of Object.entries(instances)) {
        // Errors have members of their own in the language.
        const declared =
            name === 'AgoraTokenError' ? `Exclude<keyof declared.${name}, keyof Error>` : `keyof declared.${name}`
        const list = members(instance).filter(
            member => name !== 'AgoraTokenError' || !['name', 'message', 'stack'].includes(member),
        )
        lines.push(`export const c${name}: Same<${declared}, ${union(list)}> = true`)
    }
    assert.equal(compile('instances', { 'instances.mts': lines.join('\n') }), '')
    assert.deepEqual(
        Object.keys(instances).sort(),
        Object.keys(face)
            .filter(name => isClass(face[name]) && !/Builder|^Service$/.test(name))
            .sort(),
    )
})

test('codes are declared and described as the core has them', () => {
    const done = spawnSync(process.execPath, [join(HOME, 'scripts/declare.mjs'), '--check'], { encoding: 'utf8' })
    assert.equal(done.status, 0, done.stderr)
})

test('everything declared is documented', t => {
    let count = 0
    for (const file of [
        'index.d.ts',
        'compat/builders.d.cts',
        'compat/access-token.d.cts',
        'compat/access-token2.d.cts',
    ]) {
        const lines = read(`bindings/node/${file}`).split('\n')
        let inside = false
        lines.forEach((line, index) => {
            const isExport = /^export (declare|interface|type) /.test(line)
            // Parameters stand further in, and what a constructor is for its class says.
            const isMember = inside && /^ {4}\w/.test(line) && !/^ {4}((private|protected) )?constructor\(/.test(line)
            if (isExport) inside = /^export declare (abstract )?(class|const) .*\{$/.test(line)
            if (!isExport && !isMember) return
            assert.ok(lines[index - 1].endsWith('*/'), `${file}:${index + 1} ${line.trim()}`)
            count++
        })
    }
    assert.ok(count > 200)
    t.diagnostic(`${count} declarations`)
})
