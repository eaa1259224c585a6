// The bridge as WebAssembly: the functions of the native module, by the same names. A call crosses as one message each way;
// the other end is bindings/node/src/host/wasm.rs.

'use strict'

const { Message } = require('./message.cjs')
const { readReply } = require('./reply.cjs')

/** Memory that grew past so many bytes for one call is given back after it. */
const KEPT_MEMORY = 2 ** 22
/** So many bytes at the beginning of the module's memory are its stack, where a call leaves copies of its arguments. */
const STACK = 65_536

const refused = (code, reason) => [code, '', reason]

/** What an object of the face stands on: the call that makes it, which is made again by every call that uses it. */
class Handle {
    #number
    #args

    constructor(number, args) {
        this.#number = number
        this.#args = args
    }

    static {
        Message.handleOf = value => (#args in value ? [value.#number, value.#args] : undefined)
    }
}

/** Random numbers, drawn ahead. */
const drawn = new Uint32Array(64)
let left = 0

// What the module asks of its surroundings. Nothing is thrown through it.
const IMPORTS = {
    agora_token: {
        now_seconds: () => Math.floor(Date.now() / 1000),
        random_bits() {
            try {
                if (left === 0) {
                    crypto.getRandomValues(drawn)
                    left = drawn.length
                }
                return drawn[--left]
            } catch {
                return NaN
            }
        },
    },
}

/** An instance of the module, with memory of its own, of which nothing is in use between calls. */
class Instance {
    #exports
    #bytes

    constructor(compiled) {
        this.#exports = new WebAssembly.Instance(compiled, IMPORTS).exports
        const at = this.#exports.bridge_start()
        /** The names of its functions, by their numbers. */
        this.names = readReply(this.bytes, at).value
    }

    /** The memory as it is now: it moves where it grows. */
    get bytes() {
        const { buffer } = this.#exports.memory
        if (this.#bytes?.buffer !== buffer) this.#bytes = new Uint8Array(buffer)
        return this.#bytes
    }

    /** What a function gives for the arguments of a message. */
    call(number, count, message) {
        const room = this.#exports.bridge_room(message.length)
        this.bytes.set(message, room)
        const at = this.#exports.bridge_call(number, count)
        const { bytes } = this
        const reply = readReply(bytes, at)
        bytes.fill(0, at, at + reply.size)
        bytes.fill(0, 0, STACK)
        return reply
    }

    get isSpent() {
        return this.bytes.length > KEPT_MEMORY
    }
}

/** The functions of the module. */
function bridge(compiled) {
    let instance
    let spare

    function call(number, args) {
        // Arguments may have getters, which may come here again.
        const message = spare ?? new Message()
        spare = undefined
        try {
            for (const each of args) message.put(each)
            return run(number, args, message.bytes)
        } catch (error) {
            if (!(error instanceof Message.TooLarge)) throw error
            return refused('PAYLOAD_TOO_LARGE', 'the call takes more memory than there is for one')
        } finally {
            message.wipe()
            spare = message
        }
    }

    function run(number, args, message) {
        let reply
        try {
            instance ??= new Instance(compiled)
            reply = instance.call(number, args.length, message)
            if (instance.isSpent) instance = undefined
        } catch {
            // What stopped in the middle is not used again, nor what it was given.
            const broken = instance
            instance = undefined
            broken?.bytes.fill(0)
            return refused('INTERNAL', 'internal error: please report it')
        }
        if (reply.numbers.length > 0) args.find(each => each instanceof Float64Array)?.set(reply.numbers)
        return reply.isHandle ? new Handle(number, args) : reply.value
    }

    const functions = { backend: 'wasm' }
    instance = new Instance(compiled)
    for (const [number, name] of instance.names.entries()) {
        functions[name] = (...args) => call(number, args)
    }
    for (const name of ['issueGrants', 'issueUsers']) functions[name] = later(functions[name])
    return functions
}

/** Without setImmediate a timer, which waits a millisecond or more between two batches. */
const soon = globalThis.setImmediate ?? (work => setTimeout(work, 0))

/** Gives a promise, so that between two batches the event loop gets its turn. */
function later(mint) {
    return (...args) => {
        const reply = mint(...args)
        return reply.length === 3 ? reply : new Promise(resolve => soon(() => resolve(reply)))
    }
}

module.exports = { bridge }
