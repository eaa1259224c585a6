// A device for a TokenRenewer whose clocks stand still until a test moves them.

import { setImmediate } from 'node:timers/promises'

/** Lets everything run that needs no time. */
export const settle = () => setImmediate()

export class FakeDevice {
    /** What `random` gives: the longest of every wait by chance, nearly. */
    chance = 1 - Number.EPSILON
    #steady = 0
    /** Years off, so that nobody who relies on it passes. */
    #wall = Date.UTC(2001, 8, 9)
    #slept = 0
    #timers = new Map()
    #wakes = new Set()
    #next = 0

    host = {
        steady: () => this.#steady,
        wall: () => this.#wall,
        random: () => this.chance,
        setTimeout: (callback, delay) => {
            // As browsers do.
            this.#timers.set(++this.#next, { callback, at: this.#steady + Math.trunc(delay) })
            return this.#next
        },
        clearTimeout: timer => this.#timers.delete(timer),
        onWake: wake => {
            this.#wakes.add(wake)
            return () => this.#wakes.delete(wake)
        },
    }

    /** Seconds since the test began. */
    get now() {
        return this.#steady / 1000
    }

    /** Seconds since the test began, by everybody else's clocks. */
    get world() {
        return this.now + this.#slept
    }

    /** Whether nothing waits any more. */
    get idle() {
        return this.#timers.size === 0 && this.#wakes.size === 0
    }

    /** Lets time pass, timer by timer. */
    async advance(seconds) {
        const end = this.#steady + Math.round(seconds * 1000)
        await settle()
        for (let next = this.#first(end); next !== undefined; next = this.#first(end)) {
            const [timer, { callback, at }] = next
            this.#timers.delete(timer)
            this.#pass(at - this.#steady)
            callback()
            await settle()
        }
        this.#pass(end - this.#steady)
    }

    /** The device's clock goes on, everything else on the device stands still. */
    sleep(seconds) {
        this.#wall += seconds * 1000
        this.#slept += seconds
    }

    /** Somebody sets the device's clock, which looks like a sleep from inside. */
    setClock(seconds) {
        this.#wall += seconds * 1000
    }

    async wake() {
        for (const wake of this.#wakes) wake()
        await settle()
    }

    #pass(milliseconds) {
        this.#steady += milliseconds
        this.#wall += milliseconds
    }

    #first(end) {
        const due = [...this.#timers].filter(([, { at }]) => at <= end)
        return due.sort(([, a], [, b]) => a.at - b.at)[0]
    }
}
