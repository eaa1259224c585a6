// Every one-call builder, both ways: the same arguments to both, each one's token read and verified by the other.

import assert from 'node:assert/strict'

import * as peer from './peer.mjs'

const OFFICIAL_READERS_SALTS = 99_999_999
const OTHER_CERTIFICATE = '0'.repeat(32)
const DAY = 24 * 3600

/** One case for the builder whose turn it is. */
export async function builderCase(library, builders, differences, random, number, inputs) {
    const names = Object.keys(builders)
    const name = names[number % names.length]
    const args = builders[name].map(parameter => random.argument(name, parameter))
    Object.assign(inputs, { name, args })
    const named = Object.fromEntries(builders[name].map(([parameter], index) => [parameter, args[index]]))

    const before = now()
    const ours = await library.get('build', name, args)
    const theirs = peer.BUILDERS[name](...args)
    const clock = { before, after: now() }

    const check = ours.startsWith('007') ? check007 : check006
    await check(library, differences, { name, named, ours, theirs, clock })
}

const now = () => Math.floor(Date.now() / 1000)

async function check007(library, differences, { name, named, ours, theirs, clock }) {
    const { app_id: appId, app_certificate: certificate, channel_name: channel = null } = named
    const documents = []
    for (const token of [ours, theirs]) {
        const parsed = peer.parse2(token)
        assert.ok(parsed, 'the official reader reads it')
        assert.ok(parsed.verifySignature(certificate), 'the official reader verifies it')
        assert.ok(!parsed.verifySignature(OTHER_CERTIFICATE), 'the official reader refuses another certificate')

        const document = await library.get('parse', token)
        assert.deepEqual(document, peer.document2(parsed, differences), 'both read the same')
        assert.ok(clock.before <= document.issuedAt && document.issuedAt <= clock.after, 'issued now')
        assert.ok(document.salt >= 1 && document.salt <= OFFICIAL_READERS_SALTS, 'a salt that every reader takes')
        documents.push(document)

        await library.get('verify_signature2', token, certificate)
        await library.get('check', token, certificate, document.issuedAt, appId, channel)
        const { status } = await library.call('verify_signature2', token, OTHER_CERTIFICATE)
        assert.equal(status, 'SIGNATURE_MISMATCH')

        const again = peer.rebuild2(parsed, certificate, differences)
        assert.deepEqual(peer.payload(token), peer.payload(again), 'the official writer signs the same bytes')
    }
    const expected = officially(name, named, documents[0], differences)
    assert.deepEqual(timeless(documents[1]), timeless(expected), 'the same arguments say the same')
}

/** What the official package puts where our builder puts this document. */
function officially(name, named, document, differences) {
    if (!name.endsWith('_room_user_token2')) return document
    const different = structuredClone(document)
    const apaas = different.services.find(service => service.name === 'apaas')
    assert.deepEqual([apaas.role, apaas.privileges], [named.role, { roomUser: named.token_expire }])
    apaas.privileges = {}
    differences.saw('grants the user of an APaaS room nothing')
    if (apaas.role === 0) {
        apaas.role = -1
        differences.saw('writes APaaS role 0 as -1, none')
    }
    return different
}

function timeless(document) {
    return { ...document, issuedAt: null, expiresAt: null, salt: null, signature: null }
}

async function check006(library, differences, { name, named, ours, theirs, clock }) {
    const { app_id: appId, app_certificate: certificate } = named
    const account = named.user_account ?? (named.uid === 0 ? '' : String(named.uid))
    // A messaging token has its user in the channel's place.
    const [channel, user] = name === 'agora_build_rtm_token' ? [account, ''] : [named.channel_name, account]
    const documents = []
    for (const token of [ours, theirs]) {
        const parsed = peer.parse(token)
        assert.ok(parsed, 'the official reader reads it')
        const document = await library.get('parse', token)
        assert.deepEqual(document, peer.document(parsed), 'both read the same')
        const issuedAt = document.expiresAt - DAY
        assert.ok(clock.before <= issuedAt && issuedAt <= clock.after, 'ends in a day')
        documents.push(document)

        const privileges = Object.entries(parsed.messages).map(([number, time]) => [Number(number), time])
        const again = [appId, certificate, channel, user, parsed.salt, parsed.ts, privileges]
        assert.ok(token === peer.build(...again), 'the official writer makes the same token')
        assert.ok(token === (await library.get('access_token', ...again)), 'our writer makes the same token')

        await library.get('verify_signature', token, certificate, channel, user)
        for (const [status, ...claim] of [
            ['SIGNATURE_MISMATCH', OTHER_CERTIFICATE, channel, user],
            ['CHANNEL_MISMATCH', certificate, `${channel}?`, user],
            ['USER_MISMATCH', certificate, channel, `${user}?`],
        ]) {
            assert.equal((await library.call('verify_signature', token, ...claim)).status, status)
        }
    }
    const timeless006 = document => ({ ...document, expiresAt: null, salt: null, signature: null })
    assert.deepEqual(timeless006(documents[1]), timeless006(documents[0]), 'the same arguments say the same')
}
