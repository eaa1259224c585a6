// The server under load: its settings, how they change, its memory, and what it has logged.

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { closeSync, createReadStream, mkdtempSync, openSync } from 'node:fs'
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'

import { APP_CERTIFICATE, APP_ID, assertHoldsNoSecret } from '../contract/oracle.mjs'
import { Program, freePort, listens } from '../contract/program.mjs'
import { JWT_SECRET } from './callers.mjs'

const HOUR = 3600
const HALF_AN_HOUR = 1800

export class LoadedServer {
    /** What the server may go by at the moment: two of a kind while one takes the place of the other. */
    settings = { lifetimes: [HOUR], certificates: [APP_CERTIFICATE] }
    #folder = mkdtempSync(join(tmpdir(), 'agora-token-load-'))
    #log = join(this.#folder, 'log')

    static async start(tool, identities) {
        const server = new LoadedServer()
        server.identities = identities
        server.port = await freePort()
        server.url = `http://127.0.0.1:${server.port}`
        server.#write('app_certificate', APP_CERTIFICATE)
        server.#write('jwt_secret', JWT_SECRET)
        server.#write('serve.toml', server.#toml())
        const log = openSync(server.#log, 'w')
        server.program = new Program([tool, 'serve', '--config', join(server.#folder, 'serve.toml')], {}, log)
        closeSync(log)
        assert.ok(await server.program.until(() => listens(server.port)), `it has ended: ${server.#read()}`)
        return server
    }

    /** Every API key has a policy of its own; the users of JWTs are told apart by their subjects. */
    #toml() {
        const [lifetime] = this.settings.lifetimes.slice(-1)
        const terms = `roles = ["publisher"]\nmax_lifetime = ${lifetime}`
        const ofKeys = this.identities
            .filter(({ kind }) => kind === 'key')
            .map(
                ({ number, uid, channel, sha256 }) => `
[policies.key-${number}]
channels = ["${channel}"]
uids = [${uid}]
${terms}

[[api_keys]]
name = "key-${number}"
sha256 = "${sha256}"
policy = "key-${number}"
`,
            )
        return `listen = "127.0.0.1:${this.port}"
app_id = "${APP_ID}"
app_certificate_file = "${join(this.#folder, 'app_certificate')}"
# All callers here have one address.
limit_per_address = 0
limit_per_caller = 0
connections_per_address = 0
admin_listen = "none"

[[jwt_issuers]]
name = "users"
algorithm = "HS256"
key_file = "${join(this.#folder, 'jwt_secret')}"
issuer = "*"
audience = "*"
policy = "users"

[policies.users]
channels = [${this.identities.filter(({ kind }) => kind === 'jwt').map(({ channel }) => `"${channel}"`)}]
subject = true
${terms}
${ofKeys.join('')}`
    }

    /** Replaced as a whole, as a careful administrator does. */
    #write(name, text) {
        writeFileSync(join(this.#folder, `${name}.new`), text)
        renameSync(join(this.#folder, `${name}.new`), join(this.#folder, name))
    }

    /** Another certificate, which the server finds by itself. */
    async rotateCertificate() {
        const certificate = randomBytes(16).toString('hex')
        await this.#change('certificates', certificate, () => this.#write('app_certificate', certificate))
    }

    /** Shorter lifetimes for everybody, which it takes at a signal. */
    async reloadPolicies() {
        await this.#change('lifetimes', HALF_AN_HOUR, () => {
            this.#write('serve.toml', this.#toml())
            this.program.signal('SIGHUP')
        })
    }

    async #change(kind, value, change) {
        const reloads = await this.#reloads()
        this.settings[kind] = [...this.settings[kind], value]
        change()
        while ((await this.#reloads()) === reloads) await pause(20)
        this.settings[kind] = [value]
    }

    async #reloads() {
        const metrics = await (await fetch(`${this.url}/metrics`)).text()
        assert.doesNotMatch(metrics, /reloads_total\{outcome="refused"\} [1-9]/)
        return Number(/reloads_total\{outcome="taken"\} (\d+)/.exec(metrics)?.[1] ?? 0)
    }

    /** What it has in memory, in MiB. */
    memory() {
        const [, kilobytes] = /^VmRSS:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${this.program.pid}/status`, 'utf8'))
        return Number(kilobytes) / 1024
    }

    /** Tells it to end, and waits until it takes no more connections. */
    async beginToEnd() {
        this.program.signal('SIGTERM')
        while (await listens(this.port)) await pause(20)
    }

    /** The lines of the log, none of which holds a secret. */
    async *log() {
        const secrets = [JWT_SECRET, ...this.identities.map(({ credential }) => credential)]
        for await (const line of createInterface({ input: createReadStream(this.#log) })) {
            assertHoldsNoSecret(line)
            for (const secret of [...secrets, ...this.settings.certificates]) assert.ok(!line.includes(secret))
            yield JSON.parse(line)
        }
    }

    #read() {
        return readFileSync(this.#log, 'utf8')
    }

    async remove() {
        await this.program.stop('SIGKILL')
        rmSync(this.#folder, { recursive: true })
    }
}
