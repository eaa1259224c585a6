// Numbers, texts and maps as they stand in a token, for services of a program's own: little-endian, and what has a length
// has it in front, in 16 bits. The names are those of the official code.

'use strict'

const lenient = require('./lenient.cjs')

class ByteBuf {
    #parts = []

    #put(size, write) {
        const part = Buffer.alloc(size)
        write(part)
        this.#parts.push(part)
        return this
    }

    pack() {
        return Buffer.concat(this.#parts)
    }

    putUint16(value) {
        return this.#put(2, part => part.writeUInt16LE(lenient.u16(value)))
    }

    putUint32(value) {
        return this.#put(4, part => part.writeUInt32LE(lenient.u32(value)))
    }

    putInt16(value) {
        return this.#put(2, part => part.writeInt16LE(lenient.i16(value)))
    }

    putInt32(value) {
        return this.#put(4, part => part.writeInt32LE(value))
    }

    putBytes(bytes) {
        this.putUint16(bytes.length)
        this.#parts.push(Buffer.from(bytes))
        return this
    }

    putString(value) {
        return this.putBytes(Buffer.from(lenient.text(value)))
    }

    #putMap(map, put) {
        const entries = Object.entries(map ?? {})
        this.putUint16(entries.length)
        for (const [key, value] of entries) put(this.putUint16(key), value)
        return this
    }

    putTreeMap(map) {
        return this.#putMap(map, (buffer, value) => buffer.putString(value))
    }

    putTreeMapUInt32(map) {
        return this.#putMap(map, (buffer, value) => buffer.putUint32(value))
    }
}

/** Reads one value after the other; what ends too early throws a RangeError. */
class ReadByteBuf {
    constructor(bytes) {
        this.buffer = bytes
        this.position = 0
    }

    #take(size) {
        if (this.buffer.length - this.position < size) throw new RangeError('the content ends too early')
        this.position += size
        return this.buffer.subarray(this.position - size, this.position)
    }

    getUint16() {
        return this.#take(2).readUInt16LE()
    }

    getUint32() {
        return this.#take(4).readUInt32LE()
    }

    getInt16() {
        return this.#take(2).readInt16LE()
    }

    getString() {
        return Buffer.from(this.#take(this.getUint16()))
    }

    getTreeMapUInt32() {
        const map = {}
        for (let left = this.getUint16(); left > 0; left--) map[this.getUint16()] = this.getUint32()
        return map
    }

    /** What was not read yet. */
    pack() {
        return Buffer.from(this.buffer.subarray(this.position))
    }
}

module.exports = { ByteBuf, ReadByteBuf }
