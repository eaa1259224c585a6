// What the tests share: where the checkout is, its vectors, the official package, the public sample credentials.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { inflateSync } from 'node:zlib'

import { AgoraTokenError, Issuer, Rtm2Permissions, Verifier, inspect } from 'agora-token-native'

/** test.mjs runs copies of the tests beside the installed package, and says where they come from. */
export const HOME = process.env.AGORA_TOKEN_NODE_HOME ?? fileURLToPath(new URL('..', import.meta.url))
export const CHECKOUT = join(HOME, '../..')

/** Of the official test suites. */
export const APP_ID = '970CA35de60c44645bbae8a215061b33'
export const APP_CERTIFICATE = '5CFd2fd1755d40ecb72977518be15d3b'

export const CREDENTIALS = { appId: APP_ID, appCertificate: APP_CERTIFICATE }
export const issuer = new Issuer(CREDENTIALS)
export const verifier = new Verifier(CREDENTIALS)

/** The verdict on a token by other certificates or options than those of `verifier`. */
export const judge = (token, expected = {}, { certificates = [APP_CERTIFICATE], ...options } = {}) =>
    new Verifier({ appId: APP_ID, certificates, ...options }).verdict(token, expected)

const requireOfDevelopment = createRequire(join(HOME, 'package.json'))
/** The official package, or a module inside of it. */
export const official = (path = '') => requireOfDevelopment(`agora-token${path}`)

/** The older official package. */
export const accessToken = () => requireOfDevelopment('agora-access-token')

export const read = path => readFileSync(join(CHECKOUT, path), 'utf8')

/** The files that declare what the package exports. */
export const DECLARATIONS = [
    'index.d.ts',
    'lib/permissions.d.cts',
    'lib/service.d.cts',
    'lib/generated/builders.d.cts',
    'lib/generated/constants.d.cts',
    'lib/generated/services.d.cts',
]
/** The same for the official modules. */
export const COMPAT_DECLARATIONS = [
    'compat/access-token.d.cts',
    'compat/access-token2.d.cts',
    'compat/service.d.cts',
    'compat/generated/builders.d.cts',
    'compat/generated/services.d.cts',
]
export const declarations = files => files.map(file => read(`bindings/node/${file}`)).join('\n')

/** `channel_name`, as the vectors have it, is `channelName` here. */
export const camelCase = name => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase())

/** A group of tests, one of each case of a file in `tests`, which must be as many as the file announces. */
export function eachCase(file, cases, count, nameOf, check) {
    describe(file, () => {
        for (const each of cases) test(nameOf(each), () => check(each))
        test('as a whole', () => {
            assert.ok(count > 0)
            assert.equal(cases.length, count)
        })
    })
}

/** The same of a file of vectors. */
export function eachVector(file, check) {
    const { count, cases } = JSON.parse(read(`tests/vectors/${file}`))
    eachCase(file, cases, count, each => each.id, check)
}

/** A text of the vectors: a string, or bytes written in hexadecimal or as a repetition. */
export function textOf(value) {
    if (typeof value === 'string') return value
    if ('hex' in value) {
        const bytes = Buffer.from(value.hex, 'hex')
        return bytes.equals(Buffer.from(bytes.toString())) ? bytes.toString() : bytes
    }
    return (value.prefix ?? '') + value.repeat[0].repeat(value.repeat[1])
}

/** What a call is refused with, or 'ok'. */
export function outcome(call) {
    try {
        call()
        return 'ok'
    } catch (error) {
        if (error instanceof AgoraTokenError) return error.code
        throw error
    }
}

/** The error that a call must be refused with. */
export function refusal(call) {
    try {
        call()
    } catch (error) {
        assert.ok(error instanceof AgoraTokenError, `${error}`)
        assert.ok(error instanceof Error)
        return error
    }
    return assert.fail('not refused')
}

/** The bytes of a 007 token: two compressors may write them differently. */
export const payload = token => inflateSync(Buffer.from(token.slice(3), 'base64')).toString('hex')

/** What two tokens of the same arguments have in common. */
export function content(token) {
    const { issuedAt, expiresAt, salt, signature, ...rest } = inspect(token)
    return rest
}

/** Permissions of the vectors: texts by permission type by resource type. */
export function permissionsOf(value) {
    const permissions = new Rtm2Permissions()
    for (const [resourceType, byPermission] of Object.entries(value)) {
        permissions.details[resourceType] = {}
        for (const [permissionType, resources] of Object.entries(byPermission)) {
            permissions.add(Number(resourceType), Number(permissionType), resources.map(textOf))
        }
    }
    return permissions
}
