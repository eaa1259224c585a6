// Every case of tests/vectors, each a test of its own.

import assert from 'node:assert/strict'
import { crc32 } from 'node:zlib'

import * as face from 'agora-token-native'

import { BUILDERS, call } from './calls.mjs'
import { SERVICES } from './generated/tables.mjs'
import {
    APP_CERTIFICATE,
    APP_ID,
    camelCase,
    content,
    eachVector,
    judge,
    outcome,
    payload,
    permissionsOf,
    refusal,
    textOf,
} from './support.mjs'

const { AccessToken, AccessToken2, inspect } = face

eachVector('valid.json', each => {
    const built = build(each)
    if (each.version === '007') {
        for (const token of [built, each.token]) {
            assert.equal(payload(token), each.payload_hex)
            const read = AccessToken2.parse(token)
            assert.equal(hex(read.signature), each.signature_hex)
            assert.ok(read.complete && read.unreadBytes === 0)
            assert.ok(read.verifySignature(each.app_certificate))
            assert.deepEqual(read.services, servicesOf(each))
        }
    } else {
        assert.equal(built, each.token, 'nothing is compressed, so the text is the same')
        const read = AccessToken.parse(each.token)
        assert.equal(hex(read.message), each.message_hex)
        assert.equal(read.channelCrc, each.crc_channel_name)
        assert.equal(read.userCrc, each.crc_uid)
        assert.ok(read.verifySignature(each.app_certificate, each.channel_name, each.account))
    }
    // Where one call of a builder makes this token, it makes it here, or refuses it as the file says.
    for (const name of each.one_call?.functions ?? []) {
        let made
        assert.equal(
            outcome(() => (made = callByName(name, each, each.one_call.args))),
            each.one_call.expect,
        )
        if (made) assert.deepEqual(content(made), content(each.token))
    }
})

eachVector('malformed.json', each => {
    if (!each.op.startsWith('build')) return checkReading(each)
    let built
    assert.equal(
        outcome(() => (built = build(each))),
        each.expect.error,
    )
    if (!built) return
    const read = each.op === 'build_007' ? AccessToken2.parse(built) : AccessToken.parse(built)
    assert.equal(hex(read.signature), each.expect.signature_hex)
    if (each.op === 'build_007') assert.equal(payload(built).length / 2, each.expect.payload_size)
})

eachVector('official-strings.json', checkReading)

eachVector('builder-refusals.json', each => {
    const attempt = () => callByName(each.function, each, each.args)
    if (each.expect === 'ok') return compare(each.token, attempt())
    const error = refusal(attempt)
    assert.equal(error.code, each.expect)
    assert.equal(error.field, camelCase(each.field))
})

const hex = bytes => Buffer.from(bytes).toString('hex')
const byNumber = object => Object.entries(object).map(([key, value]) => [Number(key), value])

function callByName(name, each, args) {
    const builder = BUILDERS.find(known => known.name === name)
    const value = argument => {
        if (argument === 'permissions') return permissionsOf(args.permissions)
        const given = args[argument] ?? each[argument]
        return typeof given === 'number' ? given : textOf(given)
    }
    return call(builder, Object.fromEntries(builder.names.map(argument => [argument, value(argument)])))
}

/** The low-level object of a case, built. */
function build(each) {
    if (each.version === '007' || each.op === 'build_007') {
        const token = new AccessToken2(each.app_id, each.app_certificate)
        Object.assign(token, { issueTs: each.issue_ts, expire: each.expire, salt: each.salt })
        servicesOf(each).forEach(service => token.addService(service))
        return token.build()
    }
    const token = new AccessToken(each.app_id, each.app_certificate, textOf(each.channel_name), textOf(each.account))
    Object.assign(token, { salt: each.salt, expiresAt: each.ts })
    byNumber(each.privileges).forEach(([privilege, ts]) => token.addPrivilege(privilege, ts))
    return token.build()
}

function serviceOf(each) {
    const { className, fields } = SERVICES[each.type]
    const valueOf = name => (name === 'permissions' ? permissionsOf(each[name]) : textOf(each[name]))
    const values = fields.map(name => (typeof each[name] === 'number' ? each[name] : valueOf(name)))
    const service = new face[className](...values)
    byNumber(each.privileges).forEach(([privilege, expire]) => service.addPrivilege(privilege, expire))
    return service
}

/** Stably ascending by type, as they stand in a token. */
const servicesOf = each => each.services.map(serviceOf).sort((one, other) => one.type - other.type)

// Tokens that the mechanism reads, or refuses for another reason, and that are too large for a verifier.
const BEYOND_THE_BOUNDS = [
    'services_40000_fpa',
    'payload_over_64k',
    'privileges_40000',
    'huge_base64',
    'payload_at_cap',
    'truncated_services_65535',
    'truncated_privileges_65535',
    'truncated_rtm2_permissions_65535',
    'truncated_rtm2_resources_65535',
    'p6_huge_base64',
]
// AccessTokens that are signed as they stand, and whose privileges could be a part of another account.
const AMBIGUOUS = ['p6_unsorted_privileges', 'p6_unknown_privilege']
// Damaged tokens of which a verifier says only that nobody signed them.
const UNSIGNED = ['truncated_service_count']

/** The verdict of a verifier of the project that the token names. */
function verdictOn(each, token, expected = {}, options = {}) {
    const found = each.app_id ?? each.expect?.decoded?.app_id
    const appId = /^[0-9a-f]{32}$/i.test(found) ? found : APP_ID
    return judge(token, expected, { appId, certificates: [each.app_certificate ?? APP_CERTIFICATE], ...options })
}

/** A verifier reads less than the mechanism does, and nothing of what nobody signed. */
function checkVerifiersReading(each, token) {
    // There is no asking a verifier for the other generation.
    if (each.expect.parse === 'TOKEN_VERSION' && /^00[67]/.test(token)) return
    if (each.expect.verify === 'INVALID_APP_CERTIFICATE') return
    const { refusals, token: read } = verdictOn(each, token)
    const code = refusals.find(({ code }) => /^TOKEN_(?!EXPIRED|ISSUED|AMBIGUOUS|APP_ID)/.test(code))?.code ?? 'ok'
    if (BEYOND_THE_BOUNDS.includes(each.id)) {
        assert.equal(code, 'TOKEN_TOO_LARGE')
    } else if (UNSIGNED.includes(each.id)) {
        assert.equal(code, 'ok')
        assert.deepEqual(
            refusals.map(refusal => refusal.code),
            ['SIGNATURE_MISMATCH'],
        )
        assert.equal(read, null)
    } else {
        assert.equal(code, each.expect.parse)
    }
}

function checkReading(each) {
    const token = textOf(each.token)
    const { expect } = each
    checkVerifiersReading(each, token)
    const readers = { '007': AccessToken2.parse, '006': AccessToken.parse }
    if (each.op === 'parse_any') {
        for (const reader of [...Object.values(readers), inspect])
            assert.equal(
                outcome(() => reader(token)),
                expect.parse,
            )
        return
    }
    const version = each.op.slice(-3)
    let read
    assert.equal(
        outcome(() => (read = readers[version](token))),
        expect.parse,
    )
    if (!read) return
    compare(expect.decoded, token)
    if (expect.payload_hex && version === '007') assert.equal(payload(token), expect.payload_hex)
    if (version === '007') {
        assert.equal(read.complete, expect.complete)
        assert.equal(read.unreadBytes, expect.unread_bytes)
    }
    if (expect.verify) checkVerification(each, token, read)
    if (expect.at_now) {
        const verdict = verdictOn(each, token, {}, { clock: each.now })
        const codes = verdict.refusals.map(error => error.code)
        if (expect.at_now === 'ok') assert.ok(verdict.valid, codes)
        else assert.ok(codes.includes(expect.at_now), codes)
    }
}

/** verifySignature says whether; verify, which knows more, says why not. */
function checkVerification(each, token, read) {
    const whom = [textOf(each.channel_name ?? ''), textOf(each.account ?? '')]
    const check = () => read.verifySignature(each.app_certificate ?? '', ...(each.op.endsWith('006') ? whom : []))
    if (each.expect.verify === 'INVALID_APP_CERTIFICATE') {
        assert.equal(refusal(check).code, each.expect.verify)
        return
    }
    assert.equal(check(), each.expect.verify === 'ok')
    const expected = each.op.endsWith('006') ? wishes(read, whom) : {}
    if (BEYOND_THE_BOUNDS.includes(each.id)) return
    const { refusals, certificate, token: document } = verdictOn(each, token, expected, { ignoreTime: true })
    const codes = refusals.map(refusal => refusal.code)
    assert.equal(document === null, certificate === null)
    if (AMBIGUOUS.includes(each.id)) {
        assert.equal(each.expect.verify, 'ok')
        assert.deepEqual(codes, ['TOKEN_AMBIGUOUS'])
        return
    }
    // A verdict goes on where the official way stops: there may be more.
    assert.equal(codes[0] ?? 'ok', each.expect.verify)
}

/** A messaging token of 006 has its user where others have the channel; to a verifier a user is a user. */
function wishes({ privileges }, [channel, account]) {
    const isMessaging = face.AccessToken.kPrivilegeRtmLogin in privileges
    return isMessaging ? { account: channel } : { channel, account }
}

/** Compares what stands in a token, and its document, with what the file says. */
function compare(expected, token) {
    assert.ok(expected, 'nothing to compare with')
    const document = inspect(token)
    const members = {
        issue_ts: 'issuedAt',
        expire: 'expiresIn',
        expires_at: 'expiresAt',
        salt: 'salt',
        signature_hex: 'signature',
        ts: 'expiresAt',
        crc_channel_name: 'channelCrc',
        crc_uid: 'userCrc',
    }
    for (const [name, member] of Object.entries(members)) {
        if (name in expected) assert.equal(document[member], expected[name], name)
    }
    if (document.version === '006') {
        const read = AccessToken.parse(token)
        assert.deepEqual(read.toJSON(), document)
        if ('app_id' in expected) assert.deepEqual(read.appId, textOf(expected.app_id))
        assert.deepEqual({ ...read.privileges }, expected.privileges)
        if ('channel_name' in expected) {
            assert.equal(read.channelCrc, crc32(textOf(expected.channel_name)))
            assert.equal(read.userCrc, crc32(textOf(expected.account)))
        }
        return
    }
    const read = AccessToken2.parse(token)
    assert.deepEqual(read.toJSON(), document)
    if ('app_id' in expected) assert.deepEqual(read.appId, textOf(expected.app_id))
    const found = [...read.services, ...(read.unknownService ? [read.unknownService] : [])]
    assert.equal(found.length, expected.services.length)
    assert.equal(document.services.length, expected.services.length)
    expected.services.forEach((service, index) => {
        const entry = document.services[index]
        assert.deepEqual([entry.type, entry.name], [service.type, service.name])
        if ('privilege_count' in service) {
            assert.equal(Object.keys(found[index].privileges).length, service.privilege_count)
        } else if (service.name === 'unknown') {
            assert.deepEqual(found[index], { type: service.type, privileges: service.privileges })
        } else {
            assert.deepEqual(found[index], serviceOf(service))
        }
    })
}
