// The declarations: they compile strictly, name what is exported and nothing else, and are documented.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

import * as face from 'agora-token-native'
import * as compat from 'agora-token-native/compat'

import { COMPAT_DECLARATIONS, DECLARATIONS, HOME, declarations, read } from './support.mjs'

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

/** Every module that has a place of its own. */
const COMPAT_MODULES = readdirSync(join(HOME, 'compat/src'))
    .filter(name => name.endsWith('.cjs'))
    .map(name => name.replace('.cjs', ''))

test('every name has the declared type: what it takes, what it gives, what it holds', t => {
    const files = { 'whole.mts': source('whole.mts'), 'compat-whole.cts': source('compat-whole.cts') }
    assert.equal(compile('whole', files), '')
    const count = text => text.match(/^expect</gm).length
    t.diagnostic(`${count(files['whole.mts']) + count(files['compat-whole.cts'])} comparisons`)
    // And each of them can fail.
    const turned = Object.fromEntries(
        Object.entries(files).map(([file, text]) => [file, text.replace('_ extends true', '_ extends false')]),
    )
    const complaints = compile('turned', turned).match(/^.*error TS2344/gm)
    const places = new Set(complaints.map(line => line.split(':')[0]))
    assert.equal(places.size, count(files['whole.mts']) + count(files['compat-whole.cts']))
})

test('no name is left out of the comparison of types', () => {
    const whole = source('whole.mts')
    const isIn = (text, name) => new RegExp(`\\b${name.replace('.', '\\.')}\\b[^(]`).test(text)
    const declared = declarations(DECLARATIONS).matchAll(
        /^export (?:declare )?(?:abstract )?(?:class|const|function|interface|type) (\w+)/gm,
    )
    const exported = [...declared].map(([, name]) => name)
    assert.ok(exported.length > 50)
    for (const name of new Set([...exported, ...Object.keys(face).filter(name => name !== 'default')])) {
        const compared = new RegExp(`^ *(expect<)?(Equal<)?[^/]*\\b(typeof )?d\\.${name}\\b[^,]*,`, 'm')
        assert.match(whole, compared, name)
    }
    const official = source('compat-whole.cts')
    for (const module of COMPAT_MODULES) {
        const [, local] = new RegExp(
            `^import (\\w+) = require\\('agora-token-native/compat/src/${module}'\\)$`,
            'm',
        ).exec(official)
        for (const name of Object.keys(require(`agora-token-native/compat/src/${module}`))) {
            assert.ok(isIn(official, `typeof ${local}.${name}`), `${module}.${name}`)
        }
    }
    for (const name of Object.keys(compat).filter(name => name !== 'default')) {
        assert.ok(isIn(official, `typeof index.${name}`), name)
    }
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

test('the programs of the README compile strictly', () => {
    const blocks = read('bindings/node/README.md').matchAll(/^```js (\w+\.(?:mjs|cjs))\n([^]*?)^```$/gm)
    // What comes from the environment is a text there, as far as a reader is concerned.
    const types = 'declare namespace NodeJS { interface ProcessEnv { [name: string]: string } }'
    const files = Object.fromEntries([...blocks].map(([, file, text]) => [file, text]))
    assert.ok(Object.keys(files).length > 8)
    const typeRoots = [join(HOME, 'node_modules/@types')]
    const options = { allowJs: true, checkJs: true, types: ['node'], typeRoots, noUncheckedIndexedAccess: false }
    assert.equal(compile('readme', { 'environment.d.ts': types, ...files }, options), '')
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
    for (const name of COMPAT_MODULES) {
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

function caught(call) {
    try {
        call()
    } catch (error) {
        return error
    }
    return assert.fail('nothing was thrown')
}

test('instances hold what is declared', () => {
    const [id, certificate] = ['970CA35de60c44645bbae8a215061b33', '5CFd2fd1755d40ecb72977518be15d3b']
    const token = face.RtcTokenBuilder.buildTokenWithUid(id, certificate, 'room', 42, 1, 60)
    const credentials = { appId: id, appCertificate: certificate }
    const issuer = new face.Issuer(credentials)
    const grant = new face.Grant({ user: 'alice', chat: true })
    const verifier = new face.Verifier(credentials)
    const errors = ['AgoraTokenError', 'ConfigurationError', 'InputError', 'SystemError', 'TokenParseError']
    const instances = {
        Channel: face.Channel.ANY,
        Credentials: new face.Credentials(credentials),
        Grant: grant,
        Issuer: issuer,
        User: face.User.ANY,
        IssuedToken: issuer.issue(grant),
        AccessToken: new face.AccessToken(id, certificate, 'room', 42),
        AccessToken2: new face.AccessToken2(id, certificate),
        UnverifiedToken: face.AccessToken.parse(
            face.RtcTokenBuilder006.buildTokenWithUid(id, certificate, 'room', 42, 1),
        ),
        UnverifiedToken2: face.AccessToken2.parse(token),
        Verdict: verifier.verify(token),
        Verifier: verifier,
        VerificationError: caught(() => verifier.verify(token, { channel: 'lobby' })),
        ...Object.fromEntries(errors.map(name => [name, new face[name]('INTERNAL', '', '')])),
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
        // Errors have members of their own in the language, and a service where a verifier tells of one.
        const isError = name.endsWith('Error')
        const more = ['name', 'message', 'stack', 'service']
        const list = members(instance).filter(member => !isError || !more.includes(member))
        const declared = isError ? `Exclude<keyof declared.${name}, keyof Error | 'service'>` : `keyof declared.${name}`
        // Of what may be left out of a grant and of a row, this one has a part.
        const compared = ['Grant', 'IssuedToken'].includes(name) ? `Extract<${declared}, ${union(list)}>` : declared
        lines.push(`export const c${name}: Same<${compared}, ${union(list)}> = true`)
    }
    assert.equal(compile('instances', { 'instances.mts': lines.join('\n') }), '')
    assert.deepEqual(
        Object.keys(instances).sort(),
        Object.keys(face)
            .filter(name => isClass(face[name]) && !/Builder|^Service$/.test(name))
            .sort(),
    )
})

test('objects of the official modules hold what is declared', () => {
    const [id, certificate] = ['970CA35de60c44645bbae8a215061b33', '5CFd2fd1755d40ecb72977518be15d3b']
    const low = require('agora-token-native/compat/src/AccessToken2')
    const old = require('agora-token-native/compat/src/AccessToken')
    const read = new old.AccessToken(id, certificate, 'room', 42)
    read.fromString(face.RtcTokenBuilder006.buildTokenWithUid(id, certificate, 'room', 42, 1))
    const services = Object.keys(low).filter(name => name.startsWith('Service'))
    const instances = {
        'old.AccessToken': read,
        'low.AccessToken2': new low.AccessToken2(id, certificate, 0, 60),
        'low.Rtm2Permissions': new low.Rtm2Permissions(),
        'index.Rtm2Permissions': new compat.Rtm2Permissions(),
        ...Object.fromEntries(services.map(name => [`low.${name}`, new low[name](name === 'Service' ? 1 : '', '')])),
    }
    const lines = [
        "import low = require('agora-token-native/compat/src/AccessToken2')",
        "import old = require('agora-token-native/compat/src/AccessToken')",
        "import index = require('agora-token-native/compat')",
        SAME,
    ]
    for (const [name, instance] of Object.entries(instances)) {
        // The number of the service is kept inside; service_type() tells it.
        const list = members(instance).filter(member => member !== '__type')
        lines.push(`export const c${name.replace('.', '')}: Same<keyof ${name}, ${union(list)}> = true`)
    }
    assert.equal(compile('official', { 'official.cts': lines.join('\n') }), '')
})

test('codes are declared and described as the core has them', t => {
    const text = read('bindings/node/lib/generated/constants.d.cts').replace(/\s*\n\s*(\* )?/g, ' ')
    const rows = read('crates/core/src/error.rs').matchAll(/^ {4}(\w+) = (\d+), \w+, "(\w+)", "\w*"[:,] "(.*)";$/gm)
    const codes = [...rows]
    const findings = [...read('crates/core/src/doctor/table.rs').matchAll(/^ {4}\w+ = "(\w+)", \w+, \d+,\s+"(.*)",$/gm)]
    assert.ok(codes.length > 40 && findings.length > 40)
    const isDeclared = (words, name, value) => {
        const at = text.indexOf(`readonly ${name}: ${value}`)
        const comment = text.slice(text.lastIndexOf('/**', at), at)
        assert.ok(at > 0 && comment.includes(words), `${name}: ${comment}`)
    }
    // A sentence of its own begins with a capital there.
    for (const [, , number, name, words] of codes) isDeclared(words.slice(1).replaceAll('\\"', '"'), name, number)
    for (const [, name, words] of findings) isDeclared(words.slice(1).replaceAll('\\"', '"'), name, `'${name}'`)
    t.diagnostic(`${codes.length + findings.length} codes`)
})

test('everything declared is documented', t => {
    let count = 0
    for (const file of [...DECLARATIONS, ...COMPAT_DECLARATIONS]) {
        const lines = read(`bindings/node/${file}`).split('\n')
        let inside = false
        lines.forEach((line, index) => {
            const isExport = /^export (declare|interface|type) \w/.test(line)
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
