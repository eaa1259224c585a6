// The two servers of the tests: the token server, and one for the files of the page.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** Of the official test suites. */
export const CREDENTIALS = {
    AGORA_APP_ID: '970CA35de60c44645bbae8a215061b33',
    AGORA_APP_CERTIFICATE: '5CFd2fd1755d40ecb72977518be15d3b',
}

/** The command-line tool, whose `serve` and `verify` are used. */
export const AGORA_TOKEN = process.env.AGORA_TOKEN ?? 'agora-token'

/** A process that prints the port it listens on, on 127.0.0.1. */
class Listener {
    #process
    #ended

    constructor(program, words, environment) {
        this.#process = spawn(program, words, {
            env: { ...process.env, ...environment },
            stdio: ['ignore', 'pipe', 'pipe'],
        })
        this.#ended = once(this.#process, 'exit')
        this.#ended.catch(() => {})
    }

    /** @param {RegExp} announced whose first group is the port */
    port(announced) {
        return new Promise((resolve, reject) => {
            let said = ''
            const hear = text => {
                said += text
                const found = announced.exec(said)
                if (found) resolve(Number(found[1]))
            }
            this.#process.stdout.on('data', hear)
            this.#process.stderr.on('data', hear)
            this.#process.on('error', reject)
            this.#process.on('exit', status => reject(new Error(`it ended with ${status} and said: ${said}`)))
        })
    }

    async stop() {
        this.#process.kill()
        await this.#ended
    }
}

/** `agora-token serve --demo` on a free port, which it keeps when started again. */
export class TokenServer {
    #listener
    #port = 0

    /** @param {string} [lifetime] of its tokens */
    constructor(lifetime = '40s') {
        this.lifetime = lifetime
    }

    get url() {
        return `http://127.0.0.1:${this.#port}`
    }

    async start() {
        const words = ['serve', '--demo', '--listen', `127.0.0.1:${this.#port}`, '--lifetime', this.lifetime]
        this.#listener = new Listener(AGORA_TOKEN, words, CREDENTIALS)
        this.#port = await this.#listener.port(/127\.0\.0\.1:([1-9]\d*)/)
    }

    async stop() {
        await this.#listener?.stop()
        this.#listener = undefined
    }
}

/** The files of examples/web, as its README serves them. */
export class FileServer {
    #listener

    async start() {
        const folder = fileURLToPath(new URL('../../examples/web', import.meta.url))
        const words = ['-u', '-m', 'http.server', '0', '--bind', '127.0.0.1', '--directory', folder]
        this.#listener = new Listener(process.env.PYTHON ?? 'python3', words, {})
        this.url = `http://127.0.0.1:${await this.#listener.port(/ port (\d+)/)}`
    }

    stop() {
        return this.#listener?.stop()
    }
}
