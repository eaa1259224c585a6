// Programs that the tests start, and when they are ready.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

const WITHOUT_OUR_SETTINGS = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('AGORA_')),
)

export class Program {
    /** Everything it has written. */
    output = ''
    #child
    #ended

    /**
     * Starts a command, a list of words, with `settings` in its environment, and none of ours from outside. What it
     * writes goes to `file`, a descriptor, if it is too much to keep.
     */
    constructor([program, ...words], settings, file = 'pipe') {
        const env = { ...WITHOUT_OUR_SETTINGS, ...settings }
        this.#child = spawn(program, words, { env, stdio: ['ignore', file, file] })
        this.#ended = once(this.#child, 'close').then(([code, signal]) => signal ?? code)
        this.#ended.catch(() => {}) // Who waits for it is told.
        for (const stream of [this.#child.stdout, this.#child.stderr]) {
            stream?.setEncoding('utf8').on('data', text => (this.output += text))
        }
    }

    get pid() {
        return this.#child.pid
    }

    signal(name) {
        this.#child.kill(name)
    }

    /** Its exit code, or the signal that ended it. */
    ended() {
        return this.#ended
    }

    /** Ends it by a signal. */
    stop(signal = 'SIGTERM') {
        this.signal(signal)
        return this.#ended
    }

    /** Waits until something holds; false when the program ends before. */
    async until(condition) {
        while (!(await condition())) {
            const ended = await Promise.race([this.#ended.then(() => true), pause(20, false)])
            if (ended) return false
        }
        return true
    }

    /** Waits until somebody listens on the port. */
    async untilListening(port) {
        assert.ok(await this.until(() => listens(port)), `it has ended: ${this.output}`)
    }
}

/** A port that nothing listens on. */
export async function freePort() {
    const probe = createServer().listen(0, '127.0.0.1')
    await once(probe, 'listening')
    const { port } = probe.address()
    probe.close()
    await once(probe, 'close')
    return port
}

export async function listens(port) {
    const socket = connect(port, '127.0.0.1')
    try {
        await once(socket, 'connect')
        return true
    } catch {
        return false
    } finally {
        socket.destroy()
    }
}
