// The mechanism of both generations: with the same time and salt both sides make the same bytes of anything.

import assert from 'node:assert/strict'

import * as peer from './peer.mjs'

const MAX_U32 = 0xffffffff
// Of 006: the official writer holds a token in 1,024 bytes.
const MOST_PRIVILEGES = 150

/** A random 007 token description: any services in any order, some more than once. */
export function description2(random) {
    const services = random.list(random.between(1, 7), () => random.service())
    const number = () => random.number(0, MAX_U32)
    return [random.appId(), random.appCertificate(), number(), number(), number(), services]
}

export async function accessToken2Case(library, differences, random, _number, inputs) {
    const description = description2(random)
    inputs.description = description
    const certificate = description[1]

    const [ours, signature] = await library.get('access_token2', ...description)
    const theirs = peer.describe2(...description).build()
    const [oursPacked, theirsPacked] = [peer.payload(ours), peer.payload(theirs)]
    if (!oursPacked.equals(theirsPacked)) assert.fail(firstDifference(oursPacked, theirsPacked))
    assert.equal(signature, oursPacked.subarray(2, 34).toString('hex'), 'the signature is given as it is packed')

    for (const token of [ours, theirs]) {
        const parsed = peer.parse2(token)
        assert.ok(parsed?.verifySignature(certificate), 'the official reader verifies it')
        const document = await library.get('parse', token)
        assert.deepEqual(document, peer.document2(parsed, differences), 'both read the same')
        await library.get('verify_signature2', token, certificate)
    }
}

export async function accessTokenCase(library, random, _number, inputs) {
    const text = () => (random.chance(8) ? '' : random.text(random.chance(20) ? 65535 : random.number(1, 600)))
    const number = () => random.number(0, MAX_U32)
    const privileges = random.privileges(random.chance(8) ? MOST_PRIVILEGES : 6)
    const description = [random.appId(), random.appCertificate(), text(), text(), number(), number(), privileges]
    inputs.description = description
    const [, certificate, channel, account] = description

    const token = await library.get('access_token', ...description)
    assert.ok(token === peer.build(...description), 'both make the same token')
    const document = await library.get('parse', token)
    assert.deepEqual(document, peer.document(peer.parse(token)), 'both read the same')
    await library.get('verify_signature', token, certificate, channel, account)
}

function firstDifference(ours, theirs) {
    const at = ours.findIndex((byte, index) => byte !== theirs[index])
    const from = at === -1 ? ours.length : at
    const show = bytes => bytes.subarray(Math.max(0, from - 8), from + 24).toString('hex')
    return `payloads of ${ours.length} and ${theirs.length} bytes differ at ${from}: ${show(ours)}, ${show(theirs)}`
}
