// What the official package refuses, ours refuses with a status that says why; what ours reads, both read the same.

import assert from 'node:assert/strict'
import { deflateSync } from 'node:zlib'

import * as peer from './peer.mjs'
import { description2 } from './mechanism.mjs'
import { SERVICES } from './services.mjs'

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const STRANGERS = ' \n*=-_.'
const TOO_LONG = {
    channel: 'INVALID_CHANNEL_NAME',
    account: 'INVALID_USER_ACCOUNT',
    userId: 'INVALID_USER_ID',
    roomUuid: 'INVALID_ROOM_UUID',
    userUuid: 'INVALID_USER_UUID',
}

/** A builder with an App ID or a certificate that may be no 32 hexadecimal digits. */
export async function credentialsCase(library, builders, differences, random, number, inputs) {
    const names = Object.keys(builders)
    const name = names[number % names.length]
    const args = builders[name].map(parameter => random.argument(name, parameter))
    for (const index of random.pick([[0], [1], [0, 1]])) args[index] = spoiledId(random, args[index])
    Object.assign(inputs, { name, args })

    const refused = (appId, certificate) => peer.BUILDERS.agora_build_chat_app_token2(appId, certificate, 600) === ''
    const expected = refused(args[0], random.appCertificate())
        ? 'INVALID_APP_ID'
        : refused(random.appId(), args[1])
          ? 'INVALID_APP_CERTIFICATE'
          : 'OK'
    const theirs = peer.BUILDERS[name](...args)
    if (name.includes('token2')) {
        assert.equal(theirs === '', expected !== 'OK')
    } else if (expected !== 'OK') {
        assert.notEqual(theirs, '')
        differences.saw('builds 006 tokens with any App ID and certificate')
    }
    assert.equal((await library.call('build', name, args)).status, expected)
}

function spoiledId(random, id) {
    const at = random.between(0, id.length - 1)
    return random.pick([
        () => '',
        () => id.slice(0, at),
        () => id + id.slice(0, random.between(1, 32)),
        () => id.slice(0, at) + random.text(4) + id.slice(at + 1),
        () => `${id}\n`,
        () => ` ${id.slice(1)}`,
        () => `${id.slice(0, 8)}-${id.slice(8)}`,
        () => id.replace(/\d/, digit => String.fromCodePoint(0xff10 + Number(digit))),
        () => ' '.repeat(32),
        () => [...id].reverse().join(''),
    ])()
}

/** What the format cannot carry: a token without services, or with a text of more than 65,535 bytes. */
export async function mechanismCase(library, random, _number, inputs) {
    const description = description2(random)
    const services = description.at(-1)
    const long = Buffer.alloc(random.between(65536, 70000), random.pick(['a', 'ü', '好'])).toString('hex')
    let expected
    if (random.chance(4)) {
        services.length = 0
        expected = 'NO_SERVICES'
    } else if (random.chance(4)) {
        services.push({ type: 'rtm2', texts: [''], privileges: [], permissions: [[0, 0, ['', long]]] })
        expected = 'INVALID_PERMISSIONS'
    } else {
        const { abiName, texts } = random.pick(SERVICES.filter(service => service.texts.length > 0))
        const which = random.between(0, texts.length - 1)
        const service = { type: abiName, texts: texts.map((_, index) => (index === which ? long : '')), privileges: [] }
        if (abiName === 'apaas') service.role = 0
        if (abiName === 'rtm2') service.permissions = []
        services.splice(random.between(0, services.length), 0, service)
        expected = TOO_LONG[texts[which][0]]
    }
    Object.assign(inputs, { expected, types: services.map(({ type }) => type) })

    const theirs = peer.describe2(...description)
    if (expected === 'NO_SERVICES') assert.equal(theirs.build(), '')
    else assert.throws(() => theirs.build(), RangeError)
    assert.equal((await library.call('access_token2', ...description)).status, expected)
}

/** A 007 token of the official writer with some damage to its text or to what is in it. */
export async function damaged2Case(library, differences, outcomes, random, _number, inputs) {
    const description = description2(random)
    const [, certificate] = description
    const good = peer.describe2(...description).build()
    const token = random.chance(2)
        ? spoiledText(random, good)
        : `007${deflateSync(spoiledBytes(random, peer.payload(good))).toString('base64')}`
    Object.assign(inputs, { description })

    const theirs = peer.parse2(token)
    const { status, value: document } = await library.call('parse', token)
    const verified = await library.call('verify_signature2', token, certificate)
    if (status !== 'OK') {
        assert.match(status, /^TOKEN_/)
        assert.match(verified.status, /^TOKEN_/)
        outcomes.saw(theirs ? 'ours alone refuses to read' : 'both refuse to read')
        return
    }
    assert.ok(theirs, 'the official reader reads it too')
    assert.deepEqual(comparable(document), comparable(peer.document2(theirs, differences)), 'both read the same')
    if (theirs.verifySignature(certificate)) {
        assert.equal(verified.status, 'OK')
        outcomes.saw('both verify: the damage changed nothing that is signed')
    } else {
        assert.match(verified.status, /^(SIGNATURE_MISMATCH|TOKEN_APP_ID)$/)
        outcomes.saw('both read and refuse to verify')
    }
}

/** Without what the official reader does not tell, and without RTM2, where it replaces bytes that are no UTF-8. */
function comparable({ complete, unreadBytes, ...document }) {
    const services = document.services.filter(({ name }) => name !== 'unknown' && name !== 'rtm2')
    return { ...document, services }
}

/** The same for 006, whose official code reads and does not verify. */
export async function damagedCase(library, outcomes, random, _number, inputs) {
    const number = () => random.number(0, 0xffffffff)
    const [channel, account] = [random.channelName(), random.user()]
    const [appId, certificate] = [random.appId(), random.appCertificate()]
    const good = peer.build(appId, certificate, channel, account, number(), number(), random.privileges(6))
    const content = Buffer.from(good.slice(35), 'base64')
    const token = random.chance(2)
        ? spoiledText(random, good)
        : good.slice(0, 35) + spoiledBytes(random, content).toString('base64')
    Object.assign(inputs, { channel, account })

    const theirs = peer.parse(token)
    const { status, value: document } = await library.call('parse', token)
    const verified = await library.call('verify_signature', token, certificate, channel, account)
    if (status !== 'OK') {
        assert.match(status, /^TOKEN_/)
        assert.match(verified.status, /^TOKEN_/)
        outcomes.saw(theirs ? 'ours alone refuses to read' : 'both refuse to read')
        return
    }
    assert.ok(theirs, 'the official reader reads it too')
    assert.deepEqual(document, peer.document(theirs), 'both read the same')
    assert.equal(verified.status === 'OK', token === good, 'verified only when undamaged')
    outcomes.saw(token === good ? 'undamaged by chance' : 'both read, ours refuses to verify')
}

function spoiledText(random, token) {
    const at = random.between(0, token.length - 1)
    const character = () => random.pick(random.chance(3) ? STRANGERS : BASE64)
    return random.pick([
        () => token.slice(0, at),
        () => token.slice(0, at) + character() + token.slice(at + 1),
        () => token.slice(0, at) + character() + token.slice(at),
        () => token.slice(0, at) + token.slice(at + 1),
        () => token + character(),
        () => random.pick(['', '0', '005', '006', '007', '008', '7.0', ' 00']) + token.slice(3),
    ])()
}

function spoiledBytes(random, bytes) {
    const at = random.between(0, bytes.length - 1)
    const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)]
    const some = () => Buffer.from(random.list(random.between(1, 8), () => random.between(0, 255)))
    return random.pick([
        () => before,
        () => Buffer.concat([before, some(), after]),
        () => Buffer.concat([before, after.subarray(random.between(1, 8))]),
        () => Buffer.concat([before, Buffer.from([after[0] ^ (1 << random.between(0, 7))]), after.subarray(1)]),
        () => Buffer.concat([bytes, some()]),
    ])()
}
