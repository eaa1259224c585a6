// Mints a token with the core as WebAssembly in Node, as a host without a bridge would: the module that Go embeds, and
// the header's structures. Prints the token.
//
// node wasm.mjs MODULE, with AGORA_APP_ID and AGORA_APP_CERTIFICATE in the environment

import { randomInt } from 'node:crypto'
import { readFileSync } from 'node:fs'

// Of agora_token.h, with pointers of four bytes.
const BUILDER_TOKEN2_WITH_UID = 4
const CALL_ISSUE_TS = 2
const CALL_SALT = 4
const VALUE_TEXT = 1
const VALUE_INT64 = 2
const ROLE_PUBLISHER = 1
const VALUE_SIZE = 24

const { instance } = await WebAssembly.instantiate(readFileSync(process.argv[2]))
const { memory, agora_build: build, agora_string_free: free } = instance.exports

// A page of our own: the module's allocator takes others.
let next = memory.grow(1) * 65536
const view = new DataView(memory.buffer)
const bytes = new Uint8Array(memory.buffer)

const { AGORA_APP_ID, AGORA_APP_CERTIFICATE } = process.env
const arguments_ = [AGORA_APP_ID, AGORA_APP_CERTIFICATE, 'room', 42, ROLE_PUBLISHER, 3600, 0]

const call = room(16)
const stamp = [
    BUILDER_TOKEN2_WITH_UID,
    CALL_ISSUE_TS | CALL_SALT,
    Math.floor(Date.now() / 1000),
    randomInt(1, 99999999),
]
stamp.forEach((word, place) => view.setUint32(call + 4 * place, word, true))
const values = room(VALUE_SIZE * arguments_.length)
arguments_.forEach((argument, place) => write(values + VALUE_SIZE * place, argument))
const out = room(4)
const status = build(call, values, arguments_.length, out, 0)
if (status !== 0) throw new Error(`agora_build answered ${status}`)

// Memory that grew has another buffer.
const after = Buffer.from(memory.buffer)
const token = after.readUInt32LE(out)
console.log(after.toString('latin1', token, after.indexOf(0, token)))
free(token)

function write(at, argument) {
    if (typeof argument === 'number') {
        view.setUint32(at, VALUE_INT64, true)
        view.setBigInt64(at + 8, BigInt(argument), true)
        return
    }
    const text = Buffer.from(argument)
    const place = room(text.length)
    bytes.set(text, place)
    view.setUint32(at, VALUE_TEXT, true)
    view.setBigUint64(at + 8, BigInt(text.length), true)
    view.setUint32(at + 16, place, true)
}

function room(size) {
    const at = next
    next += (size + 7) & ~7
    return at
}
