// Codes and constants against the core's tables, both ways: nothing is missing, nothing is invented.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import * as face from 'agora-token-native'

import { declarations, read } from './support.mjs'

const source = file => read(`crates/core/src/${file}`)
/** What stands in the core's sources: every match, without the whole of it. */
const rowsOf = (file, pattern) => [...source(file).matchAll(pattern)].map(([, ...parts]) => parts)
const constant = (file, name) => new RegExp(`${name}: [^=]+ = (.*);$`, 'm').exec(source(file))[1]

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
    const table = /^ {4}\w+ = (\d+), (\w+), "(\w+)", "\w*"[:,] ".*";$/gm
    const rows = [...read('crates/core/src/error.rs').matchAll(table)]
    assert.ok(rows.length > 40)
    assert.deepEqual(
        { ...face.ErrorCode },
        Object.fromEntries(rows.map(([, number, , name]) => [name, Number(number)])),
    )
    for (const [, number, fault, name] of rows) {
        const error = new face.AgoraTokenError(name, 'field', 'reason')
        assert.deepEqual([error.number, error.fault], [Number(number), fault.toLowerCase()])
        assert.deepEqual(JSON.parse(JSON.stringify(error)), { code: name, field: 'field', reason: 'reason' })
    }
    t.diagnostic(`${rows.length} codes`)
})

test('the findings are those of the core', t => {
    const rows = [...read('crates/core/src/doctor/table.rs').matchAll(/^ {4}\w+ = "(\w+)", (\w+), \d+,$/gm)]
    assert.ok(rows.length > 40)
    assert.deepEqual({ ...face.FindingCode }, Object.fromEntries(rows.map(([, name]) => [name, name])))
    assert.ok(Object.isFrozen(face.FindingCode))
    t.diagnostic(`${rows.length} findings`)
})

test('the services and their privileges are those of the core', t => {
    const services = rowsOf('service/table.rs', /^ {4}\w+ = (\d+), "(\w+)"[^[]*\[([^\]]*)\]/gm).map(
        ([type, name, privileges]) => [
            name,
            Number(type),
            [...privileges.matchAll(/(\d+) \w+ "(\w+)"/g)].map(([, number, each]) => [each, Number(number)]),
        ],
    )
    const classes = Object.entries(face).filter(
        ([, Class]) => Class.prototype instanceof face.Service && 'type' in Class,
    )
    assert.ok(services.length >= 10)
    assert.equal(classes.length, services.length)
    for (const [name, type, privileges] of services) {
        const [className, Class] = classes.find(([, Class]) => Class.type === type)
        assert.equal(className.toLowerCase(), `service${name}`.toLowerCase())
        const [prefix, style] = name === 'apaas' ? ['PRIVILEGE_', upperCase] : ['kPrivilege', capitalized]
        assert.deepEqual(constants(Class, prefix), named(privileges, style), className)
    }
    t.diagnostic(`${classes.length} services`)
})

test('roles, permissions and the privileges of 006 are those of the core', () => {
    const roles = rowsOf('role.rs', /^ {4}(\w+) = (\d+),$/gm).map(([name, number]) => [
        name.toUpperCase(),
        Number(number),
    ])
    assert.deepEqual({ ...face.RtcRole006 }, Object.fromEntries(roles.splice(2)))
    assert.deepEqual({ ...face.RtcRole }, Object.fromEntries(roles))
    assert.deepEqual(
        constants(face.AccessToken, 'kPrivilege'),
        named(
            rowsOf('access_token.rs', /^ {4}\w+ = (\d+), "\w+", "(\w+)", ".*";$/gm).map(([number, name]) => [
                name,
                Number(number),
            ]),
            capitalized,
        ),
    )
    const [RESOURCES, PERMISSIONS] = [/\["(messageChannels.*)"\]/, /\["(read.*)"\]/].map(pattern =>
        named(
            pattern
                .exec(source('service/permissions.rs'))[1]
                .split('", "')
                .map((name, number) => [name, number]),
            capitalized,
        ),
    )
    const { kRead, kWrite, ...resources } = { ...face.Rtm2Permissions }
    assert.deepEqual({ Read: kRead, Write: kWrite }, PERMISSIONS)
    assert.deepEqual(constants(resources, 'k'), RESOURCES)
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
    const documented = declarations(['index.d.ts', 'lib/generated/builders.d.cts']).replace(/\s*\n\s*\* /g, ' ')
    const punctuation = JSON.parse(constant('identity.rs', 'CHANNEL_NAME_PUNCTUATION')).trim()
    const longest = constant('identity.rs', 'MAX_CHANNEL_NAME_SIZE')
    assert.ok(documented.includes(`1 to ${longest} bytes: letters, digits, space and ${punctuation}`), punctuation)
    assert.ok(documented.includes(`1 to ${constant('identity.rs', 'MAX_USER_SIZE')} bytes`))
})
