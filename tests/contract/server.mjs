// The server under test: one that runs already, or one of ours that a command starts.
//
// CONTRACT_COMMAND  a JSON list of words; {port} in one of them is replaced, and PORT is set besides
// CONTRACT_URL      where a server listens, in place of a command; it has the sample credentials

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

import { APP_CERTIFICATE, APP_ID } from './oracle.mjs'

const { CONTRACT_COMMAND, CONTRACT_URL } = process.env
const WITHOUT_SETTINGS = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('AGORA_')))

/** Whether the tests start the server, and so can choose its settings and read what it writes. */
export const ours = CONTRACT_URL === undefined

export class Server {
    /** Everything it has written. */
    output = ''
    #ended

    /** Starts the command with `settings` in the environment, and waits until it listens. */
    static async start(settings = {}) {
        const server = new Server()
        if (!ours) return Object.assign(server, { url: CONTRACT_URL })
        assert.ok(await server.#launch(settings), `it has ended: ${server.output}`)
        return server
    }

    /** Starts it with settings that it should end over; what it has written then. */
    static async startInVain(settings) {
        const server = new Server()
        const listening = await server.#launch(settings)
        if (listening) await server.stop()
        assert.ok(!listening, 'it has started')
        assert.notEqual(server.child.exitCode, 0)
        return server.output
    }

    /** Whether it came to listen; else it has ended. */
    async #launch(settings) {
        assert.ok(CONTRACT_COMMAND, 'CONTRACT_COMMAND or CONTRACT_URL names the server')
        const port = await freePort()
        this.url = `http://127.0.0.1:${port}`
        const [program, ...words] = JSON.parse(CONTRACT_COMMAND).map(word => word.replace('{port}', String(port)))
        const env = {
            ...WITHOUT_SETTINGS,
            AGORA_APP_ID: APP_ID,
            AGORA_APP_CERTIFICATE: APP_CERTIFICATE,
            PORT: String(port),
            ...settings,
        }
        this.child = spawn(program, words, { env, stdio: ['ignore', 'pipe', 'pipe'] })
        this.#ended = once(this.child, 'close')
        for (const stream of [this.child.stdout, this.child.stderr]) {
            stream.setEncoding('utf8').on('data', text => (this.output += text))
        }
        while (!(await listens(port))) {
            const ended = await Promise.race([this.#ended, pause(20, null)])
            if (ended !== null) return false
        }
        return true
    }

    async stop() {
        this.child?.kill()
        await this.#ended
    }
}

/** A port that nothing listens on. */
async function freePort() {
    const probe = createServer().listen(0, '127.0.0.1')
    await once(probe, 'listening')
    const { port } = probe.address()
    probe.close()
    await once(probe, 'close')
    return port
}

async function listens(port) {
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
