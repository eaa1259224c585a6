// The typed way to mint: an issuer for a project, of which each token is made by a grant.

'use strict'

const native = require('./native.cjs')
const check = require('./check.cjs')
const { fromEnvironment, withCredentials } = require('./credentials.cjs')
const { AgoraTokenError, errorOf, given } = require('./error.cjs')
const { optionsOf, valuesFor, valuesOf, valuesOfGrant } = require('./grant.cjs')
const { isUser } = require('./identity.cjs')
const { check: checkNames, drawn, environment, fixed, unixTime } = require('./options.cjs')

const SOURCES = new Set(['clock', 'salt'])
const NAMES = new Set(['appId', 'appCertificate', ...SOURCES])

/** So many tokens are minted between two turns of the event loop. */
const BATCH = 1024
/** More rows than any event has users: an array with a length and nothing in it is longer. */
const MOST_ROWS = 10_000_000

/** Where the bridge writes the times of a token: made, ends, fetch the next. An array of its own a token costs more. */
const TIMES = new Float64Array(3)

class Issuer {
    // Private, so that nothing which shows an object shows it.
    #native
    #clock
    #salt
    /** Whether time or salt come from outside. */
    #isTest

    constructor(credentials, sources) {
        const { appId, appCertificate, clock, salt } = withCredentials(credentials, sources, 'issuer', NAMES)
        this.#native = given(native.newIssuer(appId, appCertificate))
        this.#clock = clock
        this.#salt = salt
        this.#isTest = clock !== undefined || salt !== undefined
        this.appId = appId
        Object.freeze(this)
        // A source that is always the same is refused now, not at a request.
        given(native.checkStamp(unixTime(fixed(clock)), fixed(salt)))
    }

    static fromEnv(sources, env = environment()) {
        return new Issuer({ ...checkNames(sources ?? {}, 'issuer', SOURCES), ...fromEnvironment(env) })
    }

    issue(grant) {
        return this.#mint(valuesOfGrant(grant))
    }

    #mint(values) {
        const token = given(
            this.#isTest
                ? native.issueAt(this.#native, TIMES, ...this.#stamp(), ...values)
                : native.issue(this.#native, TIMES, ...values),
        )
        return new IssuedToken(token, TIMES[0], TIMES[1], TIMES[2])
    }

    #stamp() {
        return [unixTime(drawn(this.#clock)), drawn(this.#salt)]
    }

    async issueMany(rows, template) {
        const iterator = iteratorOf(rows, template === undefined ? 'grants' : 'users')
        if (template !== undefined) return this.#mintAll(iterator, this.#byUser(template))
        return this.#mintAll(iterator, {
            read: valuesOfGrant,
            mint: grants => native.issueGrants(this.#native, grants),
            one: grant => this.issue(grant),
        })
    }

    #byUser(template) {
        const options = optionsOf(template)
        for (const name of ['user', 'uid', 'account']) {
            if (options[name] !== undefined) {
                throw errorOf('INVALID_USER_ACCOUNT', name, 'is given beside users; a grant without its user expected')
            }
        }
        // The user of it is a placeholder.
        const values = valuesOf({ ...options, user: 1 })
        given(native.checkGrant(...values))
        return {
            read: userRow,
            mint: users => native.issueUsers(this.#native, users, values),
            one: user => this.#mint(valuesFor(user, values)),
        }
    }

    async #mintAll(iterator, { read, mint, one }) {
        const results = []
        for (let done = false; !done;) {
            const batch = []
            const places = []
            while (batch.length < BATCH) {
                const next = iterator.next()
                done = next.done === true
                if (done) break
                const place = results.push(undefined) - 1
                if (place >= MOST_ROWS) throw errorOf('TOO_MANY_ENTRIES', 'rows', `are more than ${MOST_ROWS}`)
                try {
                    if (this.#isTest) results[place] = one(next.value)
                    else {
                        batch.push(read(next.value))
                        places.push(place)
                    }
                } catch (error) {
                    results[place] = refused(error)
                }
                // Rows that are refused at once are rows, too: the event loop gets its turn.
                if (results.length % BATCH === 0) break
            }
            const minted = given(await given(mint(batch)))
            for (const [at, place] of places.entries()) {
                const [token, ...rest] = minted.slice(4 * at, 4 * at + 4)
                results[place] = token === null ? refused(errorOf(...rest)) : new IssuedToken(token, ...rest)
            }
        }
        return results
    }
}

/** A user of many as the bridge takes one: a uid, an account, or `null` for any. */
function userRow(user) {
    if (isUser(user)) return user.uid ?? user.account
    return user ?? check.refuse('INVALID_USER_ACCOUNT', 'user', user, 'a number, a string or a User')
}

/** The row of one that is refused. */
function refused(error) {
    if (!(error instanceof AgoraTokenError)) throw error
    return Object.freeze({ error })
}

function iteratorOf(rows, field) {
    const isIterable = check.isObject(rows) && typeof rows[Symbol.iterator] === 'function'
    return isIterable ? rows[Symbol.iterator]() : check.refuse('NO_SERVICES', field, rows, 'an array')
}

class IssuedToken {
    constructor(token, issuedAt, expiresAt, refreshAfter) {
        this.token = token
        this.issuedAt = issuedAt
        this.expiresAt = expiresAt
        this.refreshAfter = refreshAfter
        Object.freeze(this)
    }

    /** What is logged ends up in many places: only the JSON for the client holds the token. */
    [Symbol.for('nodejs.util.inspect.custom')](depth, how, inspect) {
        return `${this.constructor.name} ${inspect({ ...this, token: '[redacted]' }, how)}`
    }
}

module.exports = { IssuedToken, Issuer }
