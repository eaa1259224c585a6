// Codes and constants against the core's tables, both ways: nothing is missing, nothing is invented.

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { createRequire } from 'node:module'
import { test } from 'node:test'

import * as face from 'agora-token-native'

import { read } from './support.mjs'

// Private to the package: what the bridge says of the core.
const require = createRequire(import.meta.url)
const native = require(join(require.resolve('agora-token-native'), '../lib/native.cjs'))
const core = JSON.parse(native.formatConstants())

const upperCase = name => name.replace(/[A-Z]/g, letter => `_${letter}`).toUpperCase()
const capitalized = name => name[0].toUpperCase() + name.slice(1)
/** The constants of a class that start like this, by what follows, with their numbers. */
const constants = (object, prefix) =>
    Object.fromEntries(
        Object.entries(object)
            .filter(([name]) => name.startsWith(prefix))
            .map(([name, number]) => [name.slice(prefix.length), number]),
    )
const named = (rows, style) => Object.fromEntries(rows.map(([name, number]) => [style(name), number]))

test('the error codes are those of the core', t => {
    const rows = [...read('crates/core/src/error.rs').matchAll(/^ {4}(\w+) = (\d+), "(\w+)", "(\w*)", "(.*)";$/gm)]
    assert.ok(rows.length > 40)
    assert.deepEqual(
        { ...face.ErrorCode },
        Object.fromEntries(rows.map(([, , number, name]) => [name, Number(number)])),
    )
    for (const [, , number, name] of rows) {
        const error = new face.AgoraTokenError(name, 'field', 'reason')
        assert.equal(error.number, Number(number))
        assert.deepEqual(JSON.parse(JSON.stringify(error)), { code: name, field: 'field', reason: 'reason' })
    }
    t.diagnostic(`${rows.length} codes`)
})

test('the findings are those of the core', t => {
    const rows = [...read('crates/core/src/doctor/table.rs').matchAll(/^ {4}\w+ = "(\w+)", (\w+), \d+,$/gm)]
    assert.ok(rows.length > 40)
    assert.deepEqual({ ...face.FindingCode }, Object.fromEntries(rows.map(([, name]) => [name, name])))
    assert.deepEqual(
        JSON.parse(native.findingCodes()).map(([name, severity]) => [name, severity]),
        rows.map(([, name, severity]) => [name, severity.toLowerCase()]),
    )
    assert.ok(Object.isFrozen(face.FindingCode))
    t.diagnostic(`${rows.length} findings`)
})

test('the services and their privileges are those of the core', t => {
    const classes = Object.entries(face).filter(
        ([, Class]) => Class.prototype instanceof face.Service && 'type' in Class,
    )
    assert.equal(classes.length, core.services.length)
    for (const [name, type, privileges] of core.services) {
        const [className, Class] = classes.find(([, Class]) => Class.type === type)
        assert.equal(className.toLowerCase(), `service${name}`.toLowerCase())
        const [prefix, style] = name === 'apaas' ? ['PRIVILEGE_', upperCase] : ['kPrivilege', capitalized]
        assert.deepEqual(constants(Class, prefix), named(privileges, style), className)
    }
    t.diagnostic(`${classes.length} services`)
})

test('roles, permissions and the privileges of 006 are those of the core', () => {
    assert.deepEqual({ ...face.RtcRole }, named(core.roles, upperCase))
    assert.deepEqual(constants(face.AccessToken, 'kPrivilege'), named(core.privileges006, capitalized))
    const { kRead, kWrite, ...resources } = { ...face.Rtm2Permissions }
    assert.deepEqual({ Read: kRead, Write: kWrite }, named(core.permissions, capitalized))
    assert.deepEqual(constants(resources, 'k'), named(core.resources, capitalized))
    // The builders of 006 take these four, and publish for all but one.
    for (const [name, role] of Object.entries(face.RtcRole006)) {
        const token = face.RtcTokenBuilder006.buildTokenWithUid(
            '970CA35de60c44645bbae8a215061b33',
            '5CFd2fd1755d40ecb72977518be15d3b',
            'room',
            42,
            role,
        )
        assert.equal('publishAudioStream' in face.inspect(token).privileges, name !== 'SUBSCRIBER')
    }
})

test('the documentation names the limits of the core', () => {
    const documented = read('bindings/node/index.d.ts')
    const punctuation = core.channelNamePunctuation.trim()
    assert.ok(
        documented.includes(
            `1 to ${core.maxChannelNameSize} bytes of ASCII letters, digits, spaces and \`\`${punctuation}\`\``,
        ),
    )
    assert.ok(documented.includes(`1 to ${core.maxUserSize} bytes of UTF-8`))
})
