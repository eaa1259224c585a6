// Our library, reached through bridge.py; or another program that speaks as it does, named by AGORA_TOKEN_BRIDGE_PROGRAM.

import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** Offers `call`, one request after the other, until `close`. */
export class Library {
    #child
    #replies

    constructor() {
        const bridge = new URL('bridge.py', import.meta.url).pathname
        const { PYTHON = 'python3', AGORA_TOKEN_BRIDGE_PROGRAM: program } = process.env
        const [command, args] = program === undefined ? [PYTHON, [bridge]] : [program, []]
        this.#child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] })
        this.#child.stdin.on('error', () => {}) // The missing reply tells.
        this.#replies = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]()
    }

    /** The name of the status, and the value when it is OK. */
    async call(method, ...args) {
        this.#child.stdin.write(`${JSON.stringify([method, ...args])}\n`)
        const { value: line, done } = await this.#replies.next()
        if (done) throw new Error(`the bridge ended during ${method}`)
        return JSON.parse(line)
    }

    /** The value of a call that must succeed. */
    async get(method, ...args) {
        const { status, value } = await this.call(method, ...args)
        if (status !== 'OK') throw new Error(`our ${method} gave ${status}`)
        return value
    }

    close() {
        this.#child.stdin.end()
    }
}
