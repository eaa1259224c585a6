// The server under test: one that runs already, or one of ours that a command starts.
//
// CONTRACT_COMMAND  a JSON list of words; {port} in one of them is replaced, and PORT is set besides
// CONTRACT_URL      where a server listens, in place of a command; it has the sample credentials

import assert from 'node:assert/strict'

import { APP_CERTIFICATE, APP_ID } from './oracle.mjs'
import { Program, freePort, listens } from './program.mjs'

const { CONTRACT_COMMAND, CONTRACT_URL } = process.env

/** Whether the tests start the server, and so can choose its settings and read what it writes. */
export const ours = CONTRACT_URL === undefined

export class Server {
    url = CONTRACT_URL
    #program

    /** Starts the command with `settings` in the environment, and waits until it listens. */
    static async start(settings = {}) {
        const server = new Server()
        if (ours) assert.ok(await server.#launch(settings), `it has ended: ${server.output}`)
        return server
    }

    /** Starts it with settings that it should end over; what it has written then. */
    static async startInVain(settings) {
        const server = new Server()
        const listening = await server.#launch(settings)
        const code = await server.stop()
        assert.ok(!listening, 'it has started')
        assert.notEqual(code, 0)
        return server.output
    }

    /** Everything it has written. */
    get output() {
        return this.#program.output
    }

    async stop() {
        return this.#program?.stop()
    }

    /** Whether it came to listen; else it has ended. */
    async #launch(settings) {
        assert.ok(CONTRACT_COMMAND, 'CONTRACT_COMMAND or CONTRACT_URL names the server')
        const port = await freePort()
        this.url = `http://127.0.0.1:${port}`
        const command = JSON.parse(CONTRACT_COMMAND).map(word => word.replace('{port}', String(port)))
        this.#program = new Program(command, {
            AGORA_APP_ID: APP_ID,
            AGORA_APP_CERTIFICATE: APP_CERTIFICATE,
            PORT: String(port),
            ...settings,
        })
        return this.#program.until(() => listens(port))
    }
}
