// The arguments of a call as bytes.

'use strict'

// What stands in front of a value.
const MARKS = { undefined: 0, symbol: 5, function: 7, bigint: 8 }
const [NULL, BOOLEAN, NUMBER, TEXT, OBJECT, UNITS, BYTES, ARRAY, HELD] = [1, 2, 3, 4, 6, 9, 10, 11, 12]

/** So many entries of one array the bridge takes, and nothing of a longer one. */
const LONGEST = 2 ** 20
// An array that holds itself ends here: nothing that the bridge takes is nested deeper, or has more entries in all.
const DEEPEST = 10
const MOST_ENTRIES = 2 ** 21
/** Bytes of the largest message. */
const LARGEST = 2 ** 28
/** Bytes of a message whose memory is kept. */
const KEPT = 2 ** 20
/** Units of the longest text that is cheaper to copy by hand. */
const SHORT = 64

const encoder = new TextEncoder()
const isUint8Array = value => ArrayBuffer.isView(value) && value[Symbol.toStringTag] === 'Uint8Array'

class TooLarge extends Error {}

class Message {
    static TooLarge = TooLarge
    /** The number of a function and its arguments, of which a handle is made. */
    static handleOf

    #all = new Uint8Array(1024)
    #view = new DataView(this.#all.buffer)
    #size = 0
    #entries = 0

    get bytes() {
        return this.#all.subarray(0, this.#size)
    }

    /** An App Certificate may be among them. */
    wipe() {
        this.bytes.fill(0)
        if (this.#all.length > KEPT) this.#move(1024)
        this.#size = 0
        this.#entries = 0
    }

    #move(size) {
        const old = this.bytes
        this.#all = new Uint8Array(size)
        this.#view = new DataView(this.#all.buffer)
        this.#all.set(old.subarray(0, size))
        old.fill(0)
    }

    /** Takes so many bytes more, and gives where they begin. */
    #take(count) {
        const start = this.#size
        if (start + count > LARGEST) throw new TooLarge()
        if (start + count > this.#all.length) this.#move(2 * (start + count))
        this.#size += count
        return start
    }

    #mark(mark, ...words) {
        const start = this.#take(1 + 4 * words.length)
        this.#all[start] = mark
        words.forEach((word, at) => this.#view.setUint32(start + 1 + 4 * at, word, true))
        return start
    }

    /** The same with room for so many bytes behind, and gives where they begin. */
    #sized(mark, count) {
        const start = this.#take(1 + count)
        this.#all[start] = mark
        return start + 1
    }

    put(value, depth = 0) {
        switch (typeof value) {
            case 'string':
                return this.#text(value)
            case 'number': {
                const start = this.#sized(NUMBER, 8)
                return this.#view.setFloat64(start, value, true)
            }
            case 'boolean': {
                const start = this.#sized(BOOLEAN, 1)
                this.#all[start] = value ? 1 : 0
                return
            }
            case 'object':
                return this.#object(value, depth)
            default:
                this.#mark(MARKS[typeof value])
        }
    }

    #text(text) {
        const start = this.#mark(TEXT, 0)
        if (!this.#ascii(text)) {
            const room = this.#take(3 * text.length)
            const { written } = encoder.encodeInto(text, this.#all.subarray(room, this.#size))
            this.#all.fill(0, room + written, this.#size)
            this.#size = room + written
            // Half a surrogate pair would be replaced.
            if (written !== text.length && !text.isWellFormed()) return this.#units(text, start)
        }
        this.#view.setUint32(start + 1, this.#size - start - 5, true)
    }

    /** Copies a short text, if it is ASCII. */
    #ascii(text) {
        if (text.length > SHORT) return false
        const room = this.#take(text.length)
        let all = 0
        for (let at = 0; at < text.length; at++) {
            const unit = text.charCodeAt(at)
            all |= unit
            this.#all[room + at] = unit
        }
        if (all < 0x80) return true
        this.#all.fill(0, room, this.#size)
        this.#size = room
        return false
    }

    #units(text, start) {
        this.#all.fill(0, start, this.#size)
        this.#size = start
        this.#mark(UNITS, 2 * text.length)
        const room = this.#take(2 * text.length)
        for (let at = 0; at < text.length; at++) this.#view.setUint16(room + 2 * at, text.charCodeAt(at), true)
    }

    #object(value, depth) {
        if (value === null) return this.#mark(NULL)
        if (isUint8Array(value)) {
            this.#mark(BYTES, value.length)
            const start = this.#take(value.length)
            return this.#all.set(value, start)
        }
        if (Array.isArray(value)) return this.#array(value, depth)
        const made = Message.handleOf(value)
        if (made === undefined) return this.#mark(OBJECT)
        this.#list(made[1], depth, this.#mark(HELD, 0, made[1].length, made[0]))
    }

    #array(array, depth) {
        if (array.length > LONGEST) return this.#mark(ARRAY, 0, array.length)
        this.#entries += array.length
        if (depth === DEEPEST || this.#entries > MOST_ENTRIES) return this.#mark(OBJECT)
        this.#list(array, depth, this.#mark(ARRAY, 0, array.length))
    }

    /** The entries of a list, whose size goes behind its mark. */
    #list(list, depth, start) {
        const { length } = list
        const first = this.#size
        for (let at = 0; at < length; at++) this.put(list[at], depth + 1)
        this.#view.setUint32(start + 1, this.#size - first, true)
    }
}

module.exports = { Message }
