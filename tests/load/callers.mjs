// Those who ask: half of them servers with an API key, half of them users with a JWT.

import assert from 'node:assert/strict'
import { createHash, createHmac, randomBytes } from 'node:crypto'

import { Caller, now } from '../contract/caller.mjs'
import { assertToken } from '../contract/oracle.mjs'

/** Every so manieth call asks for what is another's, and is to be refused. */
const TRESPASS = 10

/** Of those who have JWTs. */
export const JWT_SECRET = randomBytes(32).toString('base64url')

/** One caller: who it is, what it may have, and what it presents. */
export function identity(number) {
    const common = { number, uid: 1000 + number, channel: `team-${number}` }
    if (number % 2 === 0) return { ...common, kind: 'jwt', credential: jwt(String(common.uid)) }
    const key = `agtk_${randomBytes(32).toString('base64url')}`
    return { ...common, kind: 'key', credential: key, sha256: createHash('sha256').update(key).digest('hex') }
}

function jwt(sub) {
    const part = value => Buffer.from(JSON.stringify(value)).toString('base64url')
    const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub, exp: now() + 3600 })}`
    return `${text}.${createHmac('sha256', JWT_SECRET).update(text).digest('base64url')}`
}

/** The body with which somebody asks for what it may have. */
export const request = ({ uid, channel }) => JSON.stringify({ uid, channel, role: 'publisher' })

/**
 * The answer grants this identity what it asked for, with one of the lifetimes and one of the certificates that may
 * have been the server's meanwhile.
 */
export function assertOwn({ status, text, earliest, latest }, { uid, channel }, { lifetimes, certificates }) {
    assert.equal(status, 200, text)
    const { token, ...answer } = JSON.parse(text)
    assert.deepEqual([answer.uid, answer.channel, answer.role], [uid, channel, 'publisher'])
    const lifetime = answer.expiresAt - answer.issuedAt
    assert.ok(lifetimes.includes(lifetime), `a lifetime of ${lifetime} s, ${lifetimes} expected`)
    const expected = { uid, channel, role: 1, lifetime, earliest, latest }
    const errors = certificates.map(certificate => failure(() => assertToken(token, { ...expected, certificate })))
    assert.ok(errors.includes(undefined), errors[0])
}

function failure(check) {
    try {
        check()
        return undefined
    } catch (error) {
        return error
    }
}

/** All of them at once, without a pause, until they are told to stop. */
export class Crowd {
    tokens = 0
    refusals = 0
    failures = []
    /** Set when the server is about to end: from then on a connection may be closed before an answer begins. */
    mayBeTurnedAway = false
    turnedAway = 0
    #stopping = false

    /** `settings` has the lifetimes and the certificates that the server may have at the time. */
    constructor(url, identities, settings) {
        this.done = Promise.all(identities.map(self => this.#ask(url, self, identities, settings)))
    }

    async #ask(url, self, identities, settings) {
        const caller = new Caller(url)
        const headers = { 'content-type': 'application/json', 'authorization': `Bearer ${self.credential}` }
        try {
            for (let call = 1; !this.#stopping; call++) {
                const trespass = call % TRESPASS === 0
                const other = identities[(self.number + 1) % identities.length]
                const before = { ...settings }
                const body = request(trespass ? other : self)
                const answer = await caller.call({ path: '/v1/tokens', headers, body })
                if (trespass) {
                    assert.equal(answer.status, 403, answer.text)
                    this.refusals += 1
                } else {
                    assertOwn(answer, self, {
                        lifetimes: [...before.lifetimes, ...settings.lifetimes],
                        certificates: [...before.certificates, ...settings.certificates],
                    })
                    this.tokens += 1
                }
            }
        } catch (error) {
            if (this.mayBeTurnedAway && /^(ECONNREFUSED|ECONNRESET|EPIPE|UND_ERR_SOCKET)$/.test(error.code)) {
                this.turnedAway += 1
            } else {
                this.failures.push(error)
            }
        } finally {
            await caller.close().catch(() => {})
        }
    }

    assertNoFailure() {
        if (this.failures.length > 0) throw this.failures[0]
    }

    async stop() {
        this.#stopping = true
        await this.done
        this.assertNoFailure()
    }
}
