// Random input that a seed reproduces.

import { createHash } from 'node:crypto'

const MAX_U32 = 0xffffffff
const CHANNEL_CHARACTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 !#$%&()+-:;<=.>?@[]^_{}|~,'
// First and last code point of what user names are written in.
const SCRIPTS = [
    [0x20, 0x7e],
    [0xa1, 0x17f],
    [0x3b1, 0x3c9],
    [0x4e00, 0x9fff],
    [0x1f300, 0x1f64f],
]

export class Random {
    #bytes = Buffer.alloc(0)
    #seed
    #block = 0

    constructor(seed) {
        this.#seed = seed
    }

    u32() {
        if (this.#bytes.length === 0) {
            this.#bytes = createHash('sha512').update(`${this.#seed}/${this.#block++}`).digest()
        }
        const number = this.#bytes.readUInt32LE()
        this.#bytes = this.#bytes.subarray(4)
        return number
    }

    /** From `least` to `most`, both possible. */
    between(least, most) {
        return least + Math.floor((this.u32() / 2 ** 32) * (most - least + 1))
    }

    /** Between, with a liking for the ends. */
    number(least, most) {
        return this.pick([least, most, this.between(least, most), Math.min(most, least + this.between(0, 1000))])
    }

    pick(list) {
        return list[this.between(0, list.length - 1)]
    }

    list(most, make) {
        return Array.from({ length: this.between(0, most) }, make)
    }

    /** 1 to 63 documented characters that are not blank. */
    channelName() {
        const name = Array.from({ length: this.number(1, 63) }, () => this.pick(CHANNEL_CHARACTERS)).join('')
        return name.trim() === '' ? 'room' : name
    }

    /** Not empty, and at most `size` bytes of UTF-8. */
    text(size) {
        const [first, last] = this.pick(SCRIPTS)
        let text = ''
        for (;;) {
            const next = text + String.fromCodePoint(this.between(first, last))
            if (Buffer.byteLength(next) > size) return text || 'u'
            text = next
        }
    }

    user() {
        return this.pick(['0', '*', ' ', '4294967295', this.text(this.number(1, 255)), this.text(40)])
    }

    /** `[[resource type, permission type, resources], …]`, each pair once. */
    permissions() {
        const pairs = this.list(5, () => [this.between(0, 4), this.between(0, 1)])
        const once = [...new Map(pairs.map(pair => [pair.join(), pair])).values()]
        return once.map(pair => [...pair, this.list(4, () => this.text(this.number(1, 60)))])
    }

    /** `[[number, time], …]`, each number once. */
    privileges() {
        return [...new Map(this.list(5, () => [this.pick([1, 2, 3, 4, 0, 65535]), this.number(0, MAX_U32)]))]
    }

    lifetime() {
        return this.number(1, 999_999_999)
    }

    /** An argument of a builder, by its name in agora_token.h. */
    argument(name, isOld) {
        if (name === 'channel_name') return this.channelName()
        if (name === 'uid') return this.number(0, MAX_U32)
        if (name === 'permissions') return this.permissions()
        if (name.endsWith('role')) return this.pick(isOld ? [0, 1, 2, 101] : [1, 2])
        if (name === 'privilege_expired_ts') return this.pick([0, this.number(1_000_000_000, MAX_U32)])
        if (name.endsWith('privilege_expire')) return this.number(0, 999_999_999)
        return name.endsWith('token_expire') ? this.lifetime() : this.user()
    }
}
