// Counts cases, and prints what failed with what reproduces it.

import { randomInt } from 'node:crypto'

import { Random } from './random.mjs'

const LEAST_CASES = 1000
const SHOWN_FAILURES = 5
const SHOWN_CHARACTERS = 3000
const SHOWN_OF_TEXT = 60

/** Things that the cases must meet, each at least once. */
export class Tally {
    #counts

    constructor(what, ...names) {
        this.what = what
        this.#counts = new Map(names.map(name => [name, 0]))
    }

    saw(name) {
        this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1)
    }

    entries() {
        return [...this.#counts]
    }
}

export class Report {
    #seed = process.env.INTEROP_SEED || String(randomInt(2 ** 32))
    #cases = Math.max(LEAST_CASES, Number(process.env.INTEROP_CASES) || 0)
    #passed = 0
    #failed = 0

    constructor(peer) {
        this.peer = peer
        console.log(`interop ${peer}: INTEROP_SEED=${this.#seed} INTEROP_CASES=${this.#cases}`)
    }

    /**
     * Runs a part's cases. Each gets a random source of its own, its number, and an object for its inputs, which
     * are shown when it throws.
     */
    async part(name, run) {
        let failed = 0
        for (let number = 0; number < this.#cases; number++) {
            const inputs = {}
            try {
                await run(new Random(this.#seed, name, number), number, inputs)
            } catch (error) {
                failed += 1
                if (failed <= SHOWN_FAILURES) this.#show(`${name}, case ${number}`, inputs, error)
            }
        }
        this.#count(this.#cases - failed, failed)
        console.log(`interop ${this.peer}: ${name}: ${this.#cases} cases, ${failed} failed`)
    }

    /** Counts a tally's names: what no case has met is a failure. */
    met(tally) {
        for (const [name, count] of tally.entries()) {
            this.#count(Number(count > 0), Number(count === 0))
            console.log(`interop ${this.peer}: ${tally.what} ${name}: ${count > 0 ? `${count} times` : 'NEVER MET'}`)
        }
    }

    /** The last line; whether all is well. */
    finish() {
        console.log(`${this.#passed} passed, ${this.#failed} failed`)
        return this.#failed === 0
    }

    #count(passed, failed) {
        this.#passed += passed
        this.#failed += failed
    }

    #show(where, inputs, error) {
        console.log(`FAILED ${where} (INTEROP_SEED=${this.#seed})`)
        console.log(`  inputs: ${JSON.stringify(inputs, shortened).slice(0, SHOWN_CHARACTERS)}`)
        const text = error.name === 'AssertionError' ? error.message : error.stack
        console.log(`  ${text.slice(0, SHOWN_CHARACTERS).replaceAll('\n', '\n  ')}`)
    }
}

function shortened(_key, value) {
    if (typeof value !== 'string' || value.length <= SHOWN_OF_TEXT) return value
    return `${value.slice(0, SHOWN_OF_TEXT)}… (${value.length})`
}
