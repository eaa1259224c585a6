// Replicas of the token server as examples/deploy has them, proxies before them, and callers.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'

import { Caller, now } from '../contract/caller.mjs'
import { APP_CERTIFICATE, assertToken } from '../contract/oracle.mjs'
import { Program, freePort } from '../contract/program.mjs'

const { AGORA_TOKEN: tool, HAPROXY: haproxy = 'haproxy', NGINX: nginx = 'nginx' } = process.env
const PLACES = ['10.0.0.11:8082', '10.0.0.12:8082', '10.0.0.13:8082']

const folder = mkdtempSync(join(tmpdir(), 'agora-token-fleet-'))
const started = []
after(async () => {
    await Promise.all(started.map(({ program, signal }) => program.stop(signal)))
    rmSync(folder, { recursive: true })
})

const example = name => readFileSync(new URL(`../../examples/deploy/${name}`, import.meta.url), 'utf8')

/** A file in the folder, with what it holds. */
function file(name, text) {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
}

/** `text` with each of these things, which are in it once, replaced by another. */
export function replaced(text, changes) {
    for (const [from, to] of Object.entries(changes)) {
        assert.equal(text.split(from).length, 2, `${from} is there once`)
        text = text.replace(from, () => to)
    }
    return text
}

/** A program that `signal` ends after the tests. */
export function start(command, settings = {}, signal = 'SIGKILL') {
    const program = new Program(command, settings)
    started.push({ program, signal })
    return program
}

export class Replica {
    /** What it wrote in earlier lives. */
    #before = ''

    /** `settings` are variables of the environment. */
    constructor(port, config, settings = {}) {
        this.port = port
        this.settings = {
            AGORA_TOKEN_LISTEN: `127.0.0.1:${port}`,
            AGORA_TOKEN_ADMIN_LISTEN: 'none',
            AGORA_TOKEN_CONFIG: config,
            AGORA_APP_CERTIFICATE_FILE: file('app_certificate', `${APP_CERTIFICATE}\n`),
            AGORA_TOKEN_TRUSTED_PROXIES: '127.0.0.1',
            // All callers here have one address and one key.
            AGORA_TOKEN_LIMIT_PER_ADDRESS: '0',
            AGORA_TOKEN_LIMIT_PER_CALLER: '0',
            ...settings,
        }
    }

    async start() {
        if (this.program) this.#before += this.program.output
        this.program = start([tool, 'serve'], this.settings)
        await this.program.untilListening(this.port)
    }

    get output() {
        return this.#before + this.program.output
    }

    /** How many tokens it has minted in this life. */
    get minted() {
        return this.program.output.split('"event":"minted"').length - 1
    }
}

/** Three of them that listen, with the key of a caller. */
export async function threeReplicas(settings) {
    const { key, config } = await settingsWithKey()
    const replicas = []
    for (let count = 0; count < 3; count++) replicas.push(new Replica(await freePort(), config, settings))
    await Promise.all(replicas.map(replica => replica.start()))
    return { key, replicas }
}

/** A network on the way to a replica, over which everything takes so many milliseconds. */
export async function distant(replica, delay) {
    const carry = (from, to) => {
        from.on('data', data => setTimeout(() => to.writable && to.write(data), delay))
        from.on('end', () => setTimeout(() => to.end(), delay))
        from.on('error', () => to.destroy())
    }
    const network = createServer({ allowHalfOpen: true, noDelay: true }, near => {
        const far = connect({ port: replica.port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true })
        carry(near, far)
        carry(far, near)
    })
    network.listen(0, '127.0.0.1').unref()
    await once(network, 'listening')
    return { port: network.address().port }
}

/** A key of a caller, and the settings in which it has the place of the one that nobody has. */
async function settingsWithKey() {
    const maker = start([tool, 'serve', '--new-key', 'backend'])
    assert.equal(await maker.ended(), 0, maker.output)
    const [, key] = /^(agtk_\S+)$/m.exec(maker.output)
    const [, hash] = /^sha256 = "(\w+)"$/m.exec(maker.output)
    return { key, config: file('serve.toml', replaced(example('serve.toml'), { ['0'.repeat(64)]: hash })) }
}

/** The replicas' addresses in place of those of an example. */
const addresses = replicas =>
    Object.fromEntries(PLACES.map((place, index) => [place, `127.0.0.1:${replicas[index].port}`]))

/** HAProxy and nginx by their examples, without TLS, and unless `limit` without the limit of an address. */
export const PROXIES = {
    HAProxy: async (replicas, { limit = false } = {}) => {
        const port = await freePort()
        const config = replaced(example('haproxy.cfg'), {
            ':443 ssl crt /etc/haproxy/tokens.pem alpn h2,http/1.1': `127.0.0.1:${port}`,
            ...(limit ? {} : { 'gt 50': 'gt 1000000' }),
            ...addresses(replicas),
        })
        const path = file('haproxy.cfg', config)
        const check = start([haproxy, '-c', '-f', path])
        assert.equal(await check.ended(), 0, check.output)
        assert.doesNotMatch(check.output, /\[WARNING\]/)
        return listening(port, start([haproxy, '-db', '-f', path]))
    },

    nginx: async (replicas, { limit = false, changes = {} } = {}) => {
        const port = await freePort()
        const config = replaced(example('nginx.conf'), {
            'listen 443 ssl http2;': `listen 127.0.0.1:${port};`,
            'ssl_certificate /etc/nginx/tokens.pem;': '',
            'ssl_certificate_key /etc/nginx/tokens.key;': '',
            '/run/nginx.pid': join(folder, `nginx-${port}.pid`),
            // Nobody can open a pipe of Node by this name.
            '/dev/stdout': join(folder, 'nginx.log'),
            // Debian has these where only root may write.
            'server_tokens off;': ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
                .map(kind => `${kind}_temp_path ${folder};`)
                .join(' '),
            ...(limit ? {} : { 'rate=50r/s': 'rate=1000000r/s' }),
            ...addresses(replicas),
            ...changes,
        })
        const path = file(`nginx-${port}.conf`, config)
        const words = ['-p', folder, '-e', 'stderr', '-c', path]
        const check = start([nginx, '-t', ...words])
        assert.equal(await check.ended(), 0, check.output)
        assert.doesNotMatch(check.output, /\[warn\]/)
        // Its workers outlive it when it is killed.
        return listening(port, start([nginx, ...words, '-g', 'daemon off;'], {}, 'SIGTERM'))
    },
}

async function listening(port, program) {
    await program.untilListening(port)
    return { url: `http://127.0.0.1:${port}`, program }
}

/** One caller with a connection of its own, who asks for a token and looks at it. */
export class Asker {
    #caller
    #headers
    #number
    #calls = 0

    constructor(url, key, number, options) {
        this.#caller = new Caller(url, options)
        this.#headers = { 'content-type': 'application/json', 'authorization': `Bearer ${key}` }
        this.#number = number
    }

    async ask() {
        const call = this.#calls++
        const uid = 1 + this.#number
        const [channel, role] = [`team-${this.#number}-${call}`, 1 + (call % 2)]
        const body = JSON.stringify({ uid, ChannelName: channel, role })
        const { status, text, earliest } = await this.#caller.call({ headers: this.#headers, body })
        assert.equal(status, 200, text)
        assertToken(JSON.parse(text).token, { uid, channel, role, lifetime: 3600, earliest, latest: now() })
    }

    /** How often it had to connect. */
    get connections() {
        return this.#caller.connections
    }

    close() {
        return this.#caller.close()
    }
}

/** Callers who ask without a pause, each for a user and a channel of its own, until they are told to stop. */
export class Load {
    tokens = 0
    failures = []
    #stopping = false

    constructor(url, key, callers) {
        this.done = Promise.all(Array.from({ length: callers }, (_, number) => this.#ask(url, key, number)))
    }

    async #ask(url, key, number) {
        const asker = new Asker(url, key, number)
        try {
            for (; !this.#stopping; this.tokens++) await asker.ask()
        } catch (error) {
            this.failures.push(error)
        }
        await asker.close()
    }

    /** Waits for so many tokens more. */
    async more(count) {
        const wanted = this.tokens + count
        await this.until(() => this.tokens >= wanted)
    }

    /** Waits until something holds, while no call fails. */
    async until(condition) {
        while (this.failures.length === 0 && !condition()) await pause(20)
        assert.deepEqual(this.failures, [])
    }

    async stop() {
        this.#stopping = true
        await this.done
        assert.deepEqual(this.failures, [])
    }
}
