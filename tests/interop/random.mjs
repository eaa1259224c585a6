// Random input that a seed reproduces: numbers, texts and what a token is made of.

import { createHash } from 'node:crypto'

import { SERVICES } from './services.mjs'

const MAX_U32 = 0xffffffff
const APP_ID = '970CA35de60c44645bbae8a215061b33'
const APP_CERTIFICATE = '5CFd2fd1755d40ecb72977518be15d3b'
const CHANNEL_CHARACTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 !#$%&()+-:;<=.>?@[]^_{}|~,'
// First and last code point of what user names are written in.
const SCRIPTS = [
    [0x20, 0x7e],
    [0xa1, 0x17f],
    [0x3b1, 0x3c9],
    [0x5d0, 0x5ea],
    [0x4e00, 0x9fff],
    [0x1f300, 0x1f64f],
]

export class Random {
    #state

    /** The same words give the same sequence. */
    constructor(...words) {
        this.#state = createHash('sha256').update(words.join('/')).digest().readUInt32LE()
    }

    /** Mulberry32. */
    u32() {
        this.#state = (this.#state + 0x6d2b79f5) >>> 0
        let mixed = this.#state
        mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
        return (mixed ^ (mixed >>> 14)) >>> 0
    }

    /** From `least` to `most`, both possible. */
    between(least, most) {
        return least + Math.floor((this.u32() / 2 ** 32) * (most - least + 1))
    }

    chance(of) {
        return this.between(1, of) === 1
    }

    pick(list) {
        return list[this.between(0, list.length - 1)]
    }

    list(length, make) {
        return Array.from({ length }, make)
    }

    /** Between, with a liking for the ends and for small numbers. */
    number(least, most) {
        const bits = this.between(1, 32)
        return this.pick([least, most, this.between(least, most), Math.min(most, least + (this.u32() >>> (32 - bits)))])
    }

    /** The public sample credentials; the case of their letters counts, so it varies. */
    appId() {
        return this.#recased(APP_ID)
    }

    appCertificate() {
        return this.#recased(APP_CERTIFICATE)
    }

    #recased(hex) {
        return this.chance(2) ? hex : [...hex].map(c => (this.chance(2) ? c.toUpperCase() : c.toLowerCase())).join('')
    }

    /** A channel name of documented characters that is not blank. */
    channelName() {
        const characters = this.list(this.number(1, 63), () => this.pick(CHANNEL_CHARACTERS))
        return characters.join('').trim() === '' ? 'room' : characters.join('')
    }

    /** Text of at most `size` bytes of UTF-8, not empty. */
    text(size) {
        const script = this.pick(SCRIPTS)
        let text = ''
        for (let left = size; ;) {
            const next = String.fromCodePoint(this.between(...(this.chance(8) ? this.pick(SCRIPTS) : script)))
            left -= Buffer.byteLength(next)
            if (left < 0) return text || 'u'
            text += next
        }
    }

    /** A user account or ID that the builders take: not "*", which is any user. */
    user() {
        const user = this.chance(8) ? this.pick(['0', ' ', '4294967295', 'user23']) : this.text(this.number(1, 255))
        return user === '*' ? 'user' : user
    }

    /** What the mechanism takes for a text: any bytes, seldom very many. */
    bytes(most = 65535) {
        const short = this.pick([0, this.between(1, 64), this.between(1, 600)])
        const length = this.chance(40) ? this.between(most - 2, most) : short
        if (this.chance(3)) return Buffer.from(this.list(length, () => this.between(0, 255)))
        return Buffer.from(length === 0 ? '' : this.text(length))
    }

    /** [[resource type, permission type, [hex, ...]], ...], each pair once, in any order. */
    permissions() {
        const type = known => (this.chance(4) ? this.number(0, 65535) : this.between(0, known))
        const pairs = new Map()
        for (let count = this.between(0, 6); count > 0; count--) {
            const pair = [type(4), type(1)]
            const resources = this.list(this.pick([0, 1, this.between(0, 12)]), () => this.text(this.number(1, 80)))
            pairs.set(pair.join(), [...pair, resources.map(text => Buffer.from(text).toString('hex'))])
        }
        return [...pairs.values()]
    }

    /** [[number, time], ...], each number once, in any order. */
    privileges(most) {
        const number = () => (this.chance(3) ? this.number(0, 65535) : this.between(1, 4))
        return [...new Map(this.list(this.between(0, most), () => [number(), this.number(0, MAX_U32)]))]
    }

    /** A service of any type, as the mechanism takes it. */
    service() {
        const service = this.pick(SERVICES)
        const described = {
            type: service.abiName,
            texts: service.texts.map(() => this.bytes().toString('hex')),
            privileges: this.privileges(6),
        }
        if (service.abiName === 'apaas') described.role = this.number(-32768, 32767)
        if (service.abiName === 'rtm2') described.permissions = this.permissions()
        return described
    }

    /** A value for a parameter of a one-call builder, by its name in the header. */
    argument(builder, [name, type]) {
        const is006 = !builder.includes('token2')
        if (name === 'app_id') return this.appId()
        if (name === 'app_certificate') return this.appCertificate()
        if (name === 'channel_name') return this.channelName()
        if (name === 'uid') return this.number(0, MAX_U32)
        if (name === 'permissions') return this.permissions()
        if (name === 'role' && type === 'int16_t') return this.pick([-1, 0, this.number(-32768, 32767)])
        if (name.endsWith('role')) return this.pick(is006 ? [0, 1, 2, 101] : [1, 2])
        if (name === 'privilege_expired_ts') return this.pick([0, this.number(1e9, MAX_U32)])
        if (name.endsWith('privilege_expire')) return this.number(0, 999_999_999)
        if (name.endsWith('token_expire')) return this.number(1, 999_999_999)
        if (type === 'char*') return this.user()
        throw new Error(`${builder} has a parameter that is not known here: ${name}`)
    }
}
