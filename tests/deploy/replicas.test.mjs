// Three replicas of the server behind HAProxy, as examples/deploy has them: one is killed and one restarted while many
// callers ask, and nobody notices.
//
// AGORA_TOKEN   the command-line tool
// HAPROXY       HAProxy's program, "haproxy" unless set

import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'

import { Caller, now } from '../contract/caller.mjs'
import { APP_CERTIFICATE, assertHoldsNoSecret, assertToken } from '../contract/oracle.mjs'
import { Program, freePort } from '../contract/program.mjs'

const { AGORA_TOKEN: tool, HAPROXY: haproxy = 'haproxy' } = process.env
const CALLERS = 40
/** So many tokens come between one event and the next. */
const STRETCH = 1000

const folder = mkdtempSync(join(tmpdir(), 'agora-token-replicas-'))
const started = []
after(async () => {
    await Promise.all(started.map(program => program.stop('SIGKILL')))
    rmSync(folder, { recursive: true })
})

const example = name => readFileSync(new URL(`../../examples/deploy/${name}`, import.meta.url), 'utf8')

/** A file in the folder, with what it holds. */
function file(name, text) {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
}

/** `text` with one thing in it, and only one, replaced by another. */
function replaced(text, from, to) {
    assert.equal(text.split(from).length, 2, `${from} is there once`)
    return text.replace(from, to)
}

function start(command, settings) {
    const program = new Program(command, settings)
    started.push(program)
    return program
}

class Replica {
    /** What it wrote in earlier lives. */
    #before = ''

    constructor(port, config) {
        this.port = port
        this.settings = {
            AGORA_TOKEN_LISTEN: `127.0.0.1:${port}`,
            AGORA_TOKEN_CONFIG: config,
            AGORA_APP_CERTIFICATE_FILE: file('app_certificate', `${APP_CERTIFICATE}\n`),
            AGORA_TOKEN_TRUSTED_PROXIES: '127.0.0.1',
            // All callers here have one address and one key.
            AGORA_TOKEN_LIMIT_PER_ADDRESS: '0',
            AGORA_TOKEN_LIMIT_PER_CALLER: '0',
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

/** A key of a caller, and the settings in which it has the place of the one that nobody has. */
async function settingsWithKey() {
    const maker = start([tool, 'serve', '--new-key', 'backend'], {})
    assert.equal(await maker.ended(), 0, maker.output)
    const [, key] = /^(agtk_\S+)$/m.exec(maker.output)
    const [, hash] = /^sha256 = "(\w+)"$/m.exec(maker.output)
    return { key, config: file('serve.toml', replaced(example('serve.toml'), '0'.repeat(64), hash)) }
}

async function proxy(replicas) {
    const port = await freePort()
    const tls = ':443 ssl crt /etc/haproxy/tokens.pem alpn h2,http/1.1'
    let config = replaced(example('haproxy.cfg'), tls, `127.0.0.1:${port}`)
    replicas.forEach((replica, index) => {
        config = replaced(config, `10.0.0.1${index + 1}:8082`, `127.0.0.1:${replica.port}`)
    })
    const path = file('haproxy.cfg', config)
    const check = start([haproxy, '-c', '-f', path], {})
    assert.equal(await check.ended(), 0, check.output)
    assert.doesNotMatch(check.output, /\[WARNING\]/)
    const program = start([haproxy, '-db', '-f', path], {})
    await program.untilListening(port)
    return { url: `http://127.0.0.1:${port}`, program }
}

/** Callers who ask without a pause, each for a user and a channel of its own, until they are told to stop. */
class Load {
    tokens = 0
    failures = []
    #stopping = false

    constructor(url, key) {
        this.done = Promise.all(Array.from({ length: CALLERS }, (_, number) => this.#ask(url, key, number)))
    }

    async #ask(url, key, number) {
        const caller = new Caller(url)
        const headers = { 'content-type': 'application/json', 'authorization': `Bearer ${key}` }
        for (let call = 0; !this.#stopping; call++) {
            const uid = 1 + number
            const [channel, role] = [`team-${number}-${call}`, 1 + (call % 2)]
            try {
                const body = JSON.stringify({ uid, ChannelName: channel, role })
                const { status, text, earliest } = await caller.call({ headers, body })
                assert.equal(status, 200, text)
                assertToken(JSON.parse(text).token, { uid, channel, role, lifetime: 3600, earliest, latest: now() })
                this.tokens += 1
            } catch (error) {
                this.failures.push(error)
                break
            }
        }
        await caller.close()
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

test('one replica killed and one restarted under load: no request fails', { timeout: 300_000 }, async t => {
    const { key, config } = await settingsWithKey()
    const replicas = []
    for (let count = 0; count < 3; count++) replicas.push(new Replica(await freePort(), config))
    await Promise.all(replicas.map(replica => replica.start()))
    const [killed, restarted, untouched] = replicas
    const { url, program } = await proxy(replicas)

    const load = new Load(url, key)
    await load.more(STRETCH)
    for (const replica of replicas) assert.ok(replica.minted > 0, 'every replica has its share')

    assert.equal(await killed.program.stop('SIGKILL'), 'SIGKILL')
    await load.more(STRETCH)

    assert.equal(await restarted.program.stop('SIGTERM'), 0, restarted.output)
    await load.more(STRETCH)
    await restarted.start()
    await load.until(() => restarted.minted > 0)
    await load.more(STRETCH)
    await load.stop()

    for (const replica of replicas) assertHoldsNoSecret(replica.output)
    assertHoldsNoSecret(program.output)
    assert.ok(untouched.minted > 0)
    t.diagnostic(`${load.tokens} tokens for ${CALLERS} callers, every one of them as asked for`)
})
