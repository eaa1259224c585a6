// What stands in for Agora's network. The page runs the real SDK; only the calls of its client that need the network
// are answered here. A token is judged by `agora-token verify`, on the clock of the page, and its own times say when
// the events come.

import { spawnSync } from 'node:child_process'

import { AGORA_TOKEN, CREDENTIALS } from './processes.mjs'

/** The calls that are not the SDK's own. */
export const STOOD_IN_FOR = ['connectionState', 'join', 'leave', 'publish', 'renewToken']

/** Stands in for Agora's network in `page`, which has to be loaded. */
export class Edge {
    /** Every token that was handed over. */
    tokens = []
    #page

    static async behind(page) {
        const edge = new Edge()
        edge.#page = page
        await page.exposeFunction('judge', ticket => edge.#judge(ticket))
        await page.evaluate(standIn)
        return edge
    }

    /** What the client did and what happened to it: `{ what, at }`, in seconds of the page's clock. */
    get events() {
        return this.#page.evaluate(() => window.edge.events)
    }

    /** `connectionState`, `published` and `live` tracks, and how many answers are `pending`. */
    get state() {
        return this.#page.evaluate(() => window.edge.state())
    }

    /** From now on no event tells the client of the end of a token. */
    silence() {
        return this.#page.evaluate(() => window.edge.silence())
    }

    /** From now on `join` or `leave` waits, until {@link release}. */
    hold(name) {
        return this.#page.evaluate(held => window.edge.hold(held), name)
    }

    release() {
        return this.#page.evaluate(() => window.edge.release())
    }

    /**
     * @param {{ appId: string, channel: string, uid: number, token: string, age: number }} ticket with the seconds, on
     *   the clock of the page, since the token server gave the token
     */
    #judge({ appId, channel, uid, token, age }) {
        if (typeof uid !== 'number') return { refusal: `the uid is a ${typeof uid}` }
        const at = Math.floor(Date.now() / 1000) + age
        const joined = ['--app-id', appId, '--channel', channel, '--uid', `${uid}`]
        const done = spawnSync(AGORA_TOKEN, ['verify', ...joined, '--at', `${at}`, '--json', '-'], {
            input: token,
            encoding: 'utf8',
            env: { ...process.env, ...CREDENTIALS },
        })
        if (done.stdout === '') throw new Error(`agora-token verify said: ${done.stderr}`)
        this.tokens.push(token)
        const { valid, refusals, token: decoded } = JSON.parse(done.stdout)
        return valid ? { left: decoded.expiresAt - at } : { refusal: refusals.map(({ code }) => code).join(', ') }
    }
}

/** Runs in the page. */
async function standIn() {
    const { default: AgoraRTC } = await import('agora-rtc-sdk-ng')
    const WARNING = 30
    const events = []
    /** The page's time at which the token server gave each token. */
    const given = new Map()
    let pending = 0
    let silent = false
    let client
    let connectionState = 'DISCONNECTED'
    let joined
    let published = []
    /** Of the microphone and camera, as long as the page keeps them. */
    let sources = []
    let timers = []
    /** What `join` and `leave` wait for. */
    const gates = {}
    const openers = []

    const live = () => sources.filter(({ readyState }) => readyState === 'live')
    const seconds = () => performance.now() / 1000
    const record = what => events.push({ what, at: seconds() })

    const fetch = window.fetch
    window.fetch = (...request) =>
        whileCounted(async () => {
            record('fetch')
            const response = await fetch(...request)
            const text = await response.text()
            given.set(JSON.parse(text).token, seconds())
            return new Response(text, response)
        })

    async function whileCounted(work) {
        pending++
        try {
            return await work()
        } finally {
            pending--
        }
    }

    /** As the edge takes a token: it knows when that ends. What is held is not under way. */
    const admit = async ticket => {
        await gates.join
        return whileCounted(async () => {
            const age = Math.floor(seconds() - given.get(ticket.token))
            const { refusal, left } = await window.judge({ ...ticket, age })
            if (refusal) throw new Error(refusal)
            joined = ticket
            timers.forEach(clearTimeout)
            timers = [
                setTimeout(() => tell('token-privilege-will-expire'), Math.max(0, left - WARNING) * 1000),
                setTimeout(expire, left * 1000),
            ]
        })
    }

    function tell(event) {
        if (silent) return
        record(event)
        client.emit(event)
    }

    function expire() {
        reset()
        tell('token-privilege-did-expire')
    }

    function reset() {
        timers.forEach(clearTimeout)
        connectionState = 'DISCONNECTED'
        published = []
    }

    const createClient = AgoraRTC.createClient
    AgoraRTC.createClient = config => {
        client = createClient.call(AgoraRTC, config)
        return Object.defineProperties(client, {
            connectionState: { get: () => connectionState },
            join: {
                async value(appId, channel, token, uid) {
                    if (connectionState !== 'DISCONNECTED') throw new Error(`join while ${connectionState}`)
                    connectionState = 'CONNECTING'
                    try {
                        await admit({ appId, channel, token, uid })
                    } catch (error) {
                        reset()
                        throw error
                    }
                    connectionState = 'CONNECTED'
                    record('join')
                    return uid
                },
            },
            leave: {
                async value() {
                    if (connectionState !== 'DISCONNECTED') connectionState = 'DISCONNECTING'
                    await gates.leave
                    reset()
                    record('leave')
                },
            },
            publish: {
                async value(tracks) {
                    if (connectionState !== 'CONNECTED') throw new Error(`publish while ${connectionState}`)
                    sources = tracks.map(track => track.getMediaStreamTrack())
                    published = live()
                    record(`publish ${published.length}`)
                },
            },
            renewToken: {
                async value(token) {
                    if (connectionState !== 'CONNECTED') throw new Error(`renewToken while ${connectionState}`)
                    await admit({ ...joined, token })
                    record('renew')
                },
            },
        })
    }

    window.edge = {
        events,
        state: () => ({ connectionState, published: published.length, live: live().length, pending }),
        silence: () => {
            silent = true
        },
        hold: name => {
            gates[name] = new Promise(resolve => openers.push(resolve))
        },
        release: () => openers.forEach(open => open()),
    }
}
