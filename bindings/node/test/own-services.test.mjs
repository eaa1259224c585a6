// agora-token-native/compat: services of a program's own, built and read by the official names.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { AccessToken2 as Face } from 'agora-token-native'
import * as ours from 'agora-token-native/compat/src/AccessToken2'

import { APP_CERTIFICATE, APP_ID, official, payload } from './support.mjs'

const theirs = official('/src/AccessToken2')
const OWN = 300

/** The same service over either package. */
const whiteboard = ({ Service }) =>
    class Whiteboard extends Service {
        constructor(type = OWN) {
            super(type)
            this.room = 'bréd\0'
        }

        pack() {
            const text = Buffer.from(this.room)
            const size = Buffer.alloc(2)
            size.writeUInt16LE(text.length)
            return Buffer.concat([super.pack(), size, text])
        }

        unpack(buffer) {
            const reader = super.unpack(buffer)
            this.room = reader.getString().toString()
            return reader
        }
    }

function tokenWith(module, services) {
    const token = new module.AccessToken2(APP_ID, APP_CERTIFICATE, 1_700_000_000, 3600)
    token.salt = 7
    services.forEach(service => token.add_service(service))
    return token.build()
}

function mixed(module, type) {
    const own = new (whiteboard(module))(type)
    own.add_privilege(1, 600)
    const rtc = new module.ServiceRtc('room', 42)
    rtc.add_privilege(module.ServiceRtc.kPrivilegeJoinChannel, 600)
    return tokenWith(module, [own, rtc])
}

/** Reads with services registered, which are taken away afterwards. */
function registered(module, types, read) {
    const Whiteboard = whiteboard(module)
    for (const type of types) {
        module.AccessToken2.kServices[type] = class extends Whiteboard {
            constructor() {
                super(type)
            }
        }
    }
    try {
        return read()
    } finally {
        for (const type of types) delete module.AccessToken2.kServices[type]
    }
}

test('a service of a program makes the token that the official package makes', () => {
    for (const type of [0, OWN, 65535]) assert.equal(payload(mixed(ours, type)), payload(mixed(theirs, type)))
})

test('a service that is not registered is signed, and ends the reading', () => {
    for (const [type, types] of [
        [OWN, [1]],
        [0, []],
    ]) {
        const read = new ours.AccessToken2('', '', 0, 0)
        assert.ok(read.from_string(mixed(ours, type)) && read.verifySignature(APP_CERTIFICATE))
        assert.deepEqual(
            read.services.map(service => service.service_type()),
            types,
        )
        const face = Face.parse(mixed(ours, type))
        assert.deepEqual([face.complete, face.unknownService.type], [false, type])
    }
})

test('a service that is registered is read, and so are those behind it', () => {
    for (const type of [0, OWN]) {
        const [one, other] = [ours, theirs].map(module =>
            registered(module, [type], () => {
                const read = new module.AccessToken2('', '', 0, 0)
                assert.ok(read.from_string(mixed(theirs, type)) && read.verifySignature(APP_CERTIFICATE))
                const [own] = read.getServices(type)
                assert.equal(own.room, 'bréd\0')
                const [rtc] = read.getServices(1)
                const texts = [rtc.__channel_name, rtc.__uid].map(text => [Buffer.isBuffer(text), `${text}`])
                return [own.room, own.__privileges, texts, read.services.map(service => service.pack().toString('hex'))]
            }),
        )
        assert.deepEqual(one, other)
    }
})

test('every known service packs what it read', () => {
    const permissions = new ours.Rtm2Permissions()
    permissions.add(4, 1, ['b', Buffer.from([0xff])])
    permissions.add(0, 0, [])
    const services = [
        new ours.ServiceRtc('room', 42),
        new ours.ServiceRtm('me'),
        new ours.ServiceStreaming('room', 'you'),
        new ours.ServiceFpa(),
        new ours.ServiceChat(Buffer.from([0xff])),
        new ours.ServiceFCdn('room', 0),
        new ours.ServiceApaas('class', 'me', -7),
        new ours.ServiceRtm2('me', permissions),
        new ours.ServiceConvoAI(),
        new ours.ServiceStt(),
    ]
    services.forEach(service => service.add_privilege(3, 600))
    const read = new ours.AccessToken2('', '', 0, 0)
    assert.ok(read.from_string(tokenWith(ours, services)))
    const packed = list => list.map(service => service.pack().toString('hex'))
    assert.deepEqual(packed(read.services), packed(services))
})

test('a service that packs itself wrong makes no token', () => {
    const { Service } = ours
    for (const packed of [Buffer.alloc(0), Buffer.from([0x2c]), Buffer.from([1, 0, 0, 0]), undefined, 'text', 7]) {
        const liar = new (class extends Service {
            pack = () => packed
        })(OWN)
        assert.equal(tokenWith(ours, [liar]), '')
    }
    const long = new (whiteboard(ours))()
    long.room = 'a'.repeat(65536)
    assert.equal(tokenWith(ours, [long]), '')
})

test('a service that wants more than there is fails the reading', () => {
    const { Service } = ours
    const text = tokenWith(ours, [new Service(OWN)])
    registered(ours, [OWN], () => {
        const read = new ours.AccessToken2('', '', 0, 0)
        assert.equal(read.from_string(text), false)
        assert.deepEqual([read.services, read.verifySignature(APP_CERTIFICATE)], [[], false])
    })
})
