// The renewal logic by itself, on a device whose clocks the tests move.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'

import { TokenRenewer } from '../../examples/web/token-renewer.js'
import { FakeDevice, settle } from './fake-device.mjs'

/** The server's clock at the beginning of every test, in Unix seconds. */
const SERVER_TIME = 1_700_000_000

/** A renewer with everything around it, and a record of what it did and when. */
class Scene {
    device = new FakeDevice()
    /** `fetch`, `join 1` and `renew 2` for the first and the second token, each with its second. */
    did = []
    errors = []
    warnings = []
    /** What the token server does: answers, fails, or takes its time. */
    serve = number => this.answer(number)
    /** What joining and renewing do besides being recorded. */
    hand = () => {}
    /** The signal that joining or renewing was given last. */
    handSignal = undefined

    constructor(options) {
        let number = 0
        const hand = name => async (token, signal) => {
            this.record(`${name} ${token}`)
            this.handSignal = signal
            await this.hand(name)
        }
        this.renewer = new TokenRenewer({
            fetchToken: async (signal, authorization) => {
                this.signal = signal
                this.record(authorization === undefined ? 'fetch' : `fetch as ${authorization}`)
                return this.serve(++number)
            },
            join: hand('join'),
            renewToken: hand('renew'),
            onError: (error, consequence) => this.errors.push({ error, ...consequence, at: this.device.now }),
            onWarning: warning => this.warnings.push(warning),
            host: this.device.host,
            ...options,
        })
    }

    /** As POST /v1/tokens answers, with a token of 40 seconds, the next one due 30 seconds before its end. */
    answer(number) {
        const serverTime = SERVER_TIME + Math.floor(this.device.world)
        return { token: `${number}`, serverTime, expiresAt: serverTime + 40, refreshAfter: serverTime + 10 }
    }

    /** The same without `refreshAfter`. */
    answerFor(number, lifetime) {
        const serverTime = SERVER_TIME + Math.floor(this.device.world)
        return { token: `${number}`, serverTime, expiresAt: serverTime + lifetime }
    }

    record(what) {
        this.did.push(`${what} at ${Number(this.device.now.toFixed(1))}`)
    }

    /** What was recorded since the last call. */
    take() {
        return this.did.splice(0)
    }

    /** In the channel with the first token. */
    static async joined(options) {
        const scene = new Scene(options)
        await scene.renewer.start()
        assert.deepEqual(scene.take(), ['fetch at 0', 'join 1 at 0'])
        return scene
    }
}

const refused = (status, retryAfter) => Object.assign(new Error(`status ${status}`), { status, retryAfter })
const fail = error => () => {
    throw error
}
const never = () => new Promise(() => {})

describe('start', () => {
    test('joins with the first token', () => Scene.joined())

    test('rejects with the first failure and tries nothing more', async () => {
        const scene = new Scene()
        scene.serve = fail(refused(503))
        await assert.rejects(scene.renewer.start(), /status 503/)
        await scene.device.advance(3600)
        assert.deepEqual(scene.did, ['fetch at 0'])
        assert.deepEqual(scene.errors, [])
        assert.ok(scene.device.idle)
    })

    test('rejects when joining fails', async () => {
        const scene = new Scene()
        scene.hand = fail(new Error('no such channel'))
        await assert.rejects(scene.renewer.start(), /no such channel/)
        assert.ok(scene.device.idle)
    })

    test('is for once', async () => {
        const { renewer } = await Scene.joined()
        await assert.rejects(renewer.start(), /starts once/)
    })
})

describe('the time of the next token', () => {
    test('is refreshAfter on the clock of the server, again and again', async () => {
        const scene = await Scene.joined()
        await scene.device.advance(20)
        assert.deepEqual(scene.take(), ['fetch at 10', 'renew 2 at 10', 'fetch at 20', 'renew 3 at 20'])
    })

    for (const [lifetime, seconds] of [
        [86_400, 77_760],
        [3600, 3240],
        [120, 90],
        [60, 30],
        [40, 20],
        [2, 5],
    ]) {
        test(`is ${seconds} without refreshAfter when the token lives for ${lifetime} seconds`, async () => {
            const scene = new Scene()
            scene.serve = number => scene.answerFor(number, lifetime)
            await scene.renewer.start()
            scene.take()
            await scene.device.advance(seconds - 0.1)
            assert.deepEqual(scene.take(), [])
            await scene.device.advance(0.1)
            const handed = lifetime > seconds ? 'renew' : 'join'
            assert.deepEqual(scene.take(), [`fetch at ${seconds}`, `${handed} 2 at ${seconds}`])
        })
    }

    test('counts from the question, not from an answer that took long', async () => {
        const scene = new Scene()
        const { promise, answer } = later()
        scene.serve = number => (number === 1 ? promise : scene.answer(number))
        const started = scene.renewer.start()
        await scene.device.advance(8)
        answer({ token: '1', serverTime: SERVER_TIME, expiresAt: SERVER_TIME + 40, refreshAfter: SERVER_TIME + 10 })
        await started
        await scene.device.advance(2)
        assert.deepEqual(scene.take(), ['fetch at 0', 'join 1 at 8', 'fetch at 10', 'renew 2 at 10'])
    })

    test('comes from the option for an answer without times', async () => {
        const scene = new Scene({ lifetime: 100 })
        scene.serve = number => ({ token: `${number}`, code: '200' })
        await scene.renewer.start()
        await scene.device.advance(70)
        assert.deepEqual(scene.take(), ['fetch at 0', 'join 1 at 0', 'fetch at 70', 'renew 2 at 70'])
    })

    test('is for the events alone without any', async () => {
        const scene = new Scene()
        scene.serve = number => ({ token: `${number}`, code: '200' })
        await scene.renewer.start()
        await scene.device.advance(86_400)
        scene.take()
        scene.renewer.renew()
        await settle()
        assert.deepEqual(scene.take(), ['fetch at 86400', 'renew 2 at 86400'])
    })

    test('comes from issuedAt where no serverTime is', async () => {
        const scene = new Scene()
        scene.serve = number => {
            const { serverTime: issuedAt, ...times } = scene.answer(number)
            return { issuedAt, ...times }
        }
        await scene.renewer.start()
        await scene.device.advance(10)
        assert.deepEqual(scene.take(), ['fetch at 0', 'join 1 at 0', 'fetch at 10', 'renew 2 at 10'])
        assert.deepEqual(scene.warnings, [])
    })

    test('is counted from serverTime where the token was made before', async () => {
        const scene = new Scene()
        scene.serve = number => ({ ...scene.answer(number), issuedAt: SERVER_TIME - 1000 })
        await scene.renewer.start()
        await scene.device.advance(10)
        assert.deepEqual(scene.take(), ['fetch at 0', 'join 1 at 0', 'fetch at 10', 'renew 2 at 10'])
    })

    test('is what it is without refreshAfter where that is null', async () => {
        const scene = new Scene()
        scene.serve = number => ({ ...scene.answerFor(number, 3600), issuedAt: null, refreshAfter: null })
        await scene.renewer.start()
        await scene.device.advance(3240)
        assert.deepEqual(scene.take(), ['fetch at 0', 'join 1 at 0', 'fetch at 3240', 'renew 2 at 3240'])
        assert.deepEqual(scene.warnings, [])
    })

    test('differs by chance, so that those who joined together ask apart', async () => {
        const asked = new Set()
        for (const chance of [0, 0.25, 0.5, 0.75]) {
            const scene = new Scene()
            scene.device.chance = chance
            scene.serve = number => scene.answerFor(number, 3600)
            await scene.renewer.start()
            scene.take()
            await scene.device.advance(3240)
            const [first] = scene.take()
            asked.add(first)
        }
        assert.deepEqual([...asked], ['fetch at 2916', 'fetch at 2997', 'fetch at 3078', 'fetch at 3159'])
    })

    for (const [name, refreshAfter] of [
        ['has passed', SERVER_TIME - 1],
        ['is not before the end', SERVER_TIME + 40],
        ['is no number', NaN],
    ]) {
        test(`is never now when refreshAfter ${name}`, async () => {
            const scene = new Scene()
            scene.serve = number => ({ ...scene.answer(number), refreshAfter })
            await scene.renewer.start()
            await scene.device.advance(4.9)
            assert.deepEqual(scene.take(), ['fetch at 0', 'join 1 at 0'])
            await scene.device.advance(15.1)
            assert.equal(scene.take()[0], 'fetch at 20')
            assert.match(scene.warnings[0], /^refreshAfter in the token server's answer is not /)
        })
    }
})

describe('an answer', () => {
    for (const [name, answer, ...warned] of [
        [
            'with fields of other names',
            { expires_at: SERVER_TIME + 40, issued_at: SERVER_TIME },
            'expires_at',
            'issued_at',
        ],
        ['with a lifetime', { expiresIn: 40, tokenType: 'bearer' }, 'expiresIn'],
        ['with times as text', { issuedAt: SERVER_TIME, expiresAt: '2023-11-14T22:14:00Z' }, 'expiresAt'],
        ['with times in milliseconds', { issuedAt: SERVER_TIME, expiresAt: SERVER_TIME * 1000 }, 'expiresAt'],
    ]) {
        test(`${name} is warned of, once, and renewed by the events`, async () => {
            const scene = new Scene()
            scene.serve = number => ({ token: `${number}`, ...answer })
            await scene.renewer.start()
            await scene.device.advance(86_400)
            scene.take()
            scene.renewer.renew()
            await settle()
            assert.deepEqual(scene.take(), ['fetch at 86400', 'renew 2 at 86400'])
            assert.deepEqual(
                scene.warnings.map(warning => warning.split(' ')[0]),
                warned,
            )
        })
    }

    test('with what a token server says beside is not warned of', async () => {
        const scene = new Scene()
        const beside = {
            appId: '0',
            channel: 'room',
            uid: 42,
            services: ['rtc'],
            code: '200',
            refreshToken: '',
            issuer: '',
        }
        scene.serve = number => ({ ...scene.answer(number), issuedAt: SERVER_TIME, ...beside })
        await scene.renewer.start()
        assert.deepEqual(scene.warnings, [])
    })

    test('without a token says what it has instead, and no values', async () => {
        const scene = new Scene()
        scene.serve = () => ({ rtcToken: '007secret', expire: 40 })
        const refused = /^TypeError: the token server answered without a token; it has: rtcToken, expire$/
        await assert.rejects(scene.renewer.start(), refused)
    })

    test('that is a bare token is none', async () => {
        const scene = new Scene()
        scene.serve = () => '007secret'
        await assert.rejects(scene.renewer.start(), /^TypeError: the token server answered without a token$/)
    })

    test('is warned of on the console, unless said', async t => {
        const { mock } = t.mock.method(console, 'warn', () => {})
        const scene = new Scene({ onWarning: undefined })
        scene.serve = () => ({ token: '1', expires_at: SERVER_TIME + 40 })
        await scene.renewer.start()
        scene.renewer.stop()
        assert.match(mock.calls[0].arguments[0], /^expires_at in the token server's answer is not read: the times/)
    })
})

describe('authorization', () => {
    const session = answers => async refusal => {
        const answer = answers.shift()
        if (answer instanceof Error) throw answer
        return `${answer}${refusal === undefined ? '' : ` after ${refusal.status}`}`
    }

    test('is asked before every request', async () => {
        const scene = new Scene({ authorization: session(['Ann', 'Bob']) })
        await scene.renewer.start()
        await scene.device.advance(10)
        const did = ['fetch as Ann at 0', 'join 1 at 0', 'fetch as Bob at 10', 'renew 2 at 10']
        assert.deepEqual(scene.take(), did)
    })

    for (const status of [401, 403]) {
        test(`renews the session of the app after ${status}, and the call goes on`, async () => {
            const scene = new Scene({ authorization: session(['Ann', 'Ann', 'Bob']) })
            scene.serve = number => (number === 2 ? fail(refused(status))() : scene.answer(number))
            await scene.renewer.start()
            scene.take()
            await scene.device.advance(10)
            const did = ['fetch as Ann at 10', `fetch as Bob after ${status} at 10`, 'renew 3 at 10']
            assert.deepEqual(scene.take(), did)
            assert.deepEqual(scene.errors, [])
        })

        test(`is asked once for a request: a second ${status} is final`, async () => {
            const scene = new Scene({ authorization: session(['Ann', 'Ann', 'Bob', 'Cid']) })
            await scene.renewer.start()
            scene.take()
            scene.serve = fail(refused(status))
            await scene.device.advance(3600)
            assert.deepEqual(scene.take(), ['fetch as Ann at 10', `fetch as Bob after ${status} at 10`])
            assert.deepEqual(
                scene.errors.map(({ error, final }) => [error.status, final]),
                [[status, true]],
            )
            assert.ok(scene.device.idle)
        })
    }

    test('is not asked again after 400, which no session changes', async () => {
        const scene = new Scene({ authorization: session(['Ann', 'Bob']) })
        scene.serve = fail(refused(400))
        await assert.rejects(scene.renewer.start(), /status 400/)
        assert.deepEqual(scene.take(), ['fetch as Ann at 0'])
    })

    test('that fails is tried again later', async () => {
        const scene = new Scene({ authorization: session(['Ann', new TypeError('Failed to fetch'), 'Bob']) })
        await scene.renewer.start()
        scene.take()
        await scene.device.advance(11)
        assert.deepEqual(scene.take(), ['fetch as Bob at 11', 'renew 2 at 11'])
        assert.equal(scene.errors[0].error.message, 'Failed to fetch')
    })

    test('that fails with 401 is final: the session is over', async () => {
        const scene = new Scene({ authorization: session(['Ann', 'Ann', refused(401), 'Bob']) })
        await scene.renewer.start()
        scene.take()
        scene.serve = fail(refused(403))
        await scene.device.advance(3600)
        assert.deepEqual(scene.take(), ['fetch as Ann at 10'])
        assert.deepEqual([scene.errors.length, scene.errors[0].error.status, scene.errors[0].final], [1, 401, true])
    })

    test('that never answers is an error in time', async () => {
        const scene = new Scene({ authorization: never, timeout: 3 })
        const started = scene.renewer.start()
        started.catch(() => {})
        await scene.device.advance(3)
        await assert.rejects(started, { name: 'TimeoutError', message: 'authorization took too long' })
        assert.deepEqual(scene.take(), [])
        assert.ok(scene.device.idle)
    })
})

describe('the events', () => {
    test('renew a token that will expire', async () => {
        const scene = await Scene.joined()
        await scene.device.advance(7)
        scene.renewer.renew()
        await settle()
        assert.deepEqual(scene.take(), ['fetch at 7', 'renew 2 at 7'])
    })

    test('join again after a token expired', async () => {
        const scene = await Scene.joined()
        await scene.device.advance(7)
        scene.renewer.rejoin()
        await settle()
        assert.deepEqual(scene.take(), ['fetch at 7', 'join 2 at 7'])
    })

    test('share one request, however many they are', async () => {
        const scene = await Scene.joined()
        const { promise, answer } = later()
        scene.serve = () => promise
        await scene.device.advance(7)
        for (let times = 0; times < 3; times++) {
            scene.renewer.renew()
            await scene.device.wake()
        }
        await scene.device.advance(5)
        assert.deepEqual(scene.take(), ['fetch at 7'])
        answer(scene.answer(2))
        await settle()
        assert.deepEqual(scene.take(), ['renew 2 at 12'])
    })

    test('join with a token that was asked for to renew', async () => {
        const scene = await Scene.joined()
        const { promise, answer } = later()
        scene.serve = () => promise
        await scene.device.advance(10)
        scene.renewer.rejoin()
        answer(scene.answer(2))
        await settle()
        assert.deepEqual(scene.take(), ['fetch at 10', 'join 2 at 10'])
    })

    test('join again when a token expires while it is renewed', async () => {
        const scene = await Scene.joined()
        const { promise, answer } = later()
        scene.hand = name => name === 'renew' && promise
        await scene.device.advance(10)
        scene.renewer.rejoin()
        answer()
        await scene.device.advance(5)
        assert.deepEqual(scene.take(), ['fetch at 10', 'renew 2 at 10', 'fetch at 15', 'join 3 at 15'])
    })

    test('do not make it ask all the time', async () => {
        const scene = await Scene.joined()
        scene.hand = name => scene.renewer[name === 'join' ? 'rejoin' : 'renew']()
        await scene.device.advance(5)
        scene.renewer.rejoin()
        await scene.device.advance(15)
        assert.deepEqual(
            scene.take().filter(what => what.startsWith('fetch')),
            ['fetch at 5', 'fetch at 10', 'fetch at 15', 'fetch at 20'],
        )
    })
})

describe('a failure', () => {
    test('is retried after twice as long each time, up to a bound, and reported', async () => {
        const scene = await Scene.joined()
        scene.serve = fail(new TypeError('Failed to fetch'))
        await scene.device.advance(110)
        assert.deepEqual(
            scene.errors.map(({ at, final, retryIn }) => [Math.round(at), final, Math.round(retryIn)]),
            [
                [10, false, 1],
                [11, false, 2],
                [13, false, 4],
                [17, false, 8],
                [25, false, 16],
                [41, false, 30],
                [71, false, 30],
                [101, false, 30],
            ],
        )
        assert.ok(scene.errors.every(({ error }) => error.message === 'Failed to fetch'))
    })

    test('is retried after a wait by chance', async () => {
        const scene = await Scene.joined()
        scene.device.chance = 0.25
        scene.serve = fail(refused(500))
        await scene.device.advance(12)
        assert.deepEqual(
            scene.errors.map(({ retryIn }) => retryIn),
            [0.25, 0.5, 1, 2],
        )
    })

    test('does not end it, even long after the token ended: then it joins', async () => {
        const scene = await Scene.joined()
        scene.serve = fail(refused(502))
        await scene.device.advance(6 * 3600)
        assert.ok(scene.errors.length > 700)
        assert.ok(scene.errors.every(({ final }) => !final))
        scene.take()
        scene.serve = number => scene.answer(number)
        await scene.device.advance(30)
        assert.match(scene.take()[1], /^join /)
    })

    test('waits as long as the server asks, and by chance a little longer', async () => {
        const scene = await Scene.joined()
        scene.device.chance = 0.5
        scene.serve = fail(refused(429, 20))
        await scene.device.advance(10 + 20.5)
        assert.deepEqual(
            scene.errors.map(({ at, retryIn }) => [at, retryIn]),
            [
                [10, 20.5],
                [30.5, 21],
            ],
        )
    })

    test('waits a year if it must, which no timer can', async () => {
        const scene = await Scene.joined({ longestRetryAfter: Infinity })
        scene.serve = fail(refused(503, 365 * 86_400))
        await scene.device.advance(86_400)
        assert.equal(scene.errors.length, 1)
    })

    test('waits ten minutes at most, unless said', async () => {
        const scene = await Scene.joined()
        scene.serve = number => (number === 2 ? fail(refused(503, 365 * 86_400))() : scene.answer(number))
        await scene.device.advance(610)
        assert.deepEqual(scene.take(), ['fetch at 10'])
        await scene.device.advance(1)
        assert.deepEqual(scene.take(), ['fetch at 611', 'join 3 at 611'])
    })

    for (const retryAfter of [-5, NaN, 'soon', undefined]) {
        test(`does not mind retryAfter being ${retryAfter}`, async () => {
            const scene = await Scene.joined()
            scene.serve = fail(refused(503, retryAfter))
            await scene.device.advance(10)
            assert.equal(Math.round(scene.errors[0].retryIn), 1)
        })
    }

    for (const status of [400, 401, 403]) {
        test(`is final with ${status}`, async () => {
            const scene = await Scene.joined()
            scene.serve = fail(refused(status))
            await scene.device.advance(10)
            scene.renewer.renew()
            scene.renewer.rejoin()
            await scene.device.wake()
            await scene.device.advance(3600)
            assert.deepEqual(scene.take(), ['fetch at 10'])
            assert.equal(scene.errors.length, 1)
            const [{ error, final, retryIn }] = scene.errors
            assert.deepEqual([error.status, final, retryIn], [status, true, Infinity])
            assert.ok(scene.device.idle)
        })
    }

    for (const status of [404, 408, 413, 429, 500, 503]) {
        test(`is retried with ${status}`, async () => {
            const scene = await Scene.joined()
            scene.serve = number => (number === 2 ? fail(refused(status))() : scene.answer(number))
            await scene.device.advance(11)
            assert.deepEqual(scene.take(), ['fetch at 10', 'fetch at 11', 'renew 3 at 11'])
        })
    }

    for (const [name, answer] of [
        ['no token', { expiresAt: SERVER_TIME + 40, serverTime: SERVER_TIME }],
        ['an empty token', { token: '', expiresAt: SERVER_TIME + 40, serverTime: SERVER_TIME }],
        ['expiresAt without serverTime', { token: '2', expiresAt: SERVER_TIME + 40 }],
        ['a token that has expired', { token: '2', expiresAt: SERVER_TIME, serverTime: SERVER_TIME }],
    ]) {
        test(`is an answer with ${name}`, async () => {
            const scene = await Scene.joined()
            scene.serve = () => answer
            await scene.device.advance(10)
            assert.deepEqual(scene.take(), ['fetch at 10'])
            assert.match(scene.errors[0].error.message, /^the token server answered with/)
        })
    }

    test('to renew is retried with another token', async () => {
        const scene = await Scene.joined()
        scene.hand = name => name === 'renew' && fail(new Error('not connected'))()
        await scene.device.advance(10)
        scene.hand = () => {}
        await scene.device.advance(1)
        assert.deepEqual(scene.take(), ['fetch at 10', 'renew 2 at 10', 'fetch at 11', 'renew 3 at 11'])
        assert.match(scene.errors[0].error.message, /not connected/)
    })

    test('to join is retried by joining', async () => {
        const scene = await Scene.joined()
        await scene.device.advance(7)
        scene.hand = fail(new Error('not connected'))
        scene.renewer.rejoin()
        await settle()
        scene.hand = () => {}
        await scene.device.advance(1)
        assert.deepEqual(scene.take(), ['fetch at 7', 'join 2 at 7', 'fetch at 8', 'join 3 at 8'])
    })

    test('is no answer in time, whatever the request does when aborted', async () => {
        const scene = await Scene.joined({ timeout: 3 })
        scene.serve = number => (number === 2 ? never() : scene.answer(number))
        await scene.device.advance(12.9)
        assert.ok(!scene.signal.aborted)
        const { signal } = scene
        await scene.device.advance(1.2)
        assert.ok(signal.aborted)
        assert.equal(scene.errors[0].error.name, 'TimeoutError')
        assert.deepEqual(scene.take(), ['fetch at 10', 'fetch at 14', 'renew 3 at 14'])
    })

    test('is a renewToken that never settles: another token is handed over', async () => {
        const scene = await Scene.joined({ joinTimeout: 4 })
        scene.hand = never
        await scene.device.advance(13.9)
        const signal = scene.handSignal
        assert.ok(!signal.aborted)
        scene.hand = () => {}
        await scene.device.advance(1.2)
        assert.ok(signal.aborted)
        assert.deepEqual(scene.take(), ['fetch at 10', 'renew 2 at 10', 'fetch at 15', 'renew 3 at 15'])
        const [{ error, final }] = scene.errors
        assert.deepEqual([error.name, error.message, final], ['TimeoutError', 'renewToken took too long', false])
    })

    test('is a join that never settles: it joins again', async () => {
        const scene = await Scene.joined()
        scene.hand = never
        await scene.device.advance(7)
        scene.renewer.rejoin()
        await scene.device.advance(29.9)
        scene.hand = () => {}
        await scene.device.advance(1.2)
        assert.deepEqual(scene.take(), ['fetch at 7', 'join 2 at 7', 'fetch at 38', 'join 3 at 38'])
        assert.equal(scene.errors[0].error.message, 'join took too long')
    })

    test('is a join at the start that never settles: the start rejects', async () => {
        const scene = new Scene()
        scene.hand = never
        const started = scene.renewer.start()
        started.catch(() => {})
        await scene.device.advance(30)
        await assert.rejects(started, { name: 'TimeoutError' })
        assert.ok(scene.handSignal.aborted)
        assert.ok(scene.device.idle)
    })
})

describe('a device that wakes', () => {
    test('joins at once when the token ended while it slept', async () => {
        const scene = await Scene.joined()
        scene.device.sleep(3600)
        await scene.device.wake()
        assert.deepEqual(scene.take(), ['fetch at 0', 'join 2 at 0'])
    })

    test('renews at once when it slept past the time for that', async () => {
        const scene = await Scene.joined()
        scene.device.sleep(15)
        await scene.device.wake()
        assert.deepEqual(scene.take(), ['fetch at 0', 'renew 2 at 0'])
    })

    test('asks for nothing while its token is fresh', async () => {
        const scene = await Scene.joined()
        await scene.device.advance(9)
        await scene.device.wake()
        assert.deepEqual(scene.take(), [])
    })

    test('notices within half a minute when nothing told it', async () => {
        const scene = new Scene()
        scene.serve = number => scene.answerFor(number, 3600)
        await scene.renewer.start()
        scene.take()
        scene.device.sleep(3600)
        await scene.device.advance(30)
        assert.deepEqual(scene.take(), ['fetch at 30', 'join 2 at 30'])
    })

    test('does not wait longer because its clock was set back', async () => {
        const scene = await Scene.joined()
        scene.device.setClock(-86_400)
        await scene.device.advance(10)
        assert.deepEqual(scene.take(), ['fetch at 10', 'renew 2 at 10'])
    })

    test('stays in the channel when its clock was set forward', async () => {
        const scene = await Scene.joined()
        scene.device.setClock(86_400)
        await scene.device.wake()
        assert.deepEqual(scene.take(), ['fetch at 0', 'renew 2 at 0'])
        await scene.device.advance(10)
        assert.deepEqual(scene.take(), ['fetch at 10', 'renew 3 at 10'])
    })

    test('joins to be safe when its clock jumped and the server tells no time', async () => {
        const scene = await Scene.joined({ lifetime: 40 })
        scene.serve = number => ({ token: `${number}` })
        scene.device.setClock(86_400)
        await scene.device.wake()
        assert.deepEqual(scene.take(), ['fetch at 0', 'join 2 at 0'])
    })

    test('does not wait for the end of a long delay, and starts over with short ones', async () => {
        const scene = await Scene.joined()
        scene.serve = fail(new TypeError('Failed to fetch'))
        await scene.device.advance(45)
        assert.equal(Math.round(scene.errors.at(-1).retryIn), 30)
        await scene.device.wake()
        assert.equal(Math.round(scene.errors.at(-1).at), 45)
        assert.equal(Math.round(scene.errors.at(-1).retryIn), 1)
    })

    test('waits as long as any other for what fails later', async () => {
        const scene = await Scene.joined()
        await scene.device.wake()
        scene.serve = fail(refused(503))
        await scene.device.advance(20)
        assert.deepEqual(
            scene.errors.map(({ at }) => Math.round(at)),
            [10, 11, 13, 17],
        )
    })

    test('does not ask more than once a second, however often it wakes', async () => {
        const scene = await Scene.joined()
        scene.serve = fail(new TypeError('Failed to fetch'))
        await scene.device.advance(17)
        const before = scene.errors.length
        for (let tenths = 0; tenths < 20; tenths++) {
            await scene.device.wake()
            await scene.device.advance(0.1)
        }
        assert.ok(scene.errors.length - before <= 2, `${scene.errors.length - before} times`)
    })

    test('waits as long as the server asked all the same', async () => {
        const scene = await Scene.joined()
        scene.serve = fail(refused(429, 60))
        await scene.device.advance(40)
        await scene.device.wake()
        await scene.device.advance(29)
        assert.equal(scene.errors.length, 1)
    })
})

describe('stop', () => {
    test('aborts a request and hands nothing over', async () => {
        const scene = await Scene.joined()
        const { promise, answer } = later()
        scene.serve = () => promise
        await scene.device.advance(10)
        scene.renewer.stop()
        assert.ok(scene.signal.aborted)
        answer(scene.answer(2))
        await scene.device.advance(3600)
        assert.deepEqual(scene.take(), ['fetch at 10'])
        assert.deepEqual(scene.errors, [])
        assert.ok(scene.device.idle)
    })

    test('hands over nothing that came at the same moment', async () => {
        const scene = await Scene.joined()
        scene.serve = number => {
            scene.renewer.stop()
            return scene.answer(number)
        }
        await scene.device.advance(10)
        assert.deepEqual(scene.take(), ['fetch at 10'])
    })

    for (const [name, seconds, serve] of [
        ['the next token', 5, undefined],
        ['a retry', 12, fail(refused(503))],
    ]) {
        test(`ends the wait for ${name}`, async () => {
            const scene = await Scene.joined()
            if (serve) scene.serve = serve
            await scene.device.advance(seconds)
            scene.take()
            scene.renewer.stop()
            scene.renewer.renew()
            scene.renewer.rejoin()
            await scene.device.advance(3600)
            assert.deepEqual(scene.take(), [])
            assert.ok(scene.device.idle)
        })
    }

    test('makes a start that is under way reject', async () => {
        const scene = new Scene()
        scene.serve = never
        const started = scene.renewer.start()
        scene.renewer.stop()
        await assert.rejects(started, { name: 'AbortError' })
        assert.deepEqual(scene.take(), ['fetch at 0'])
        assert.ok(scene.device.idle)
    })

    test('before the start keeps it from asking', async () => {
        const scene = new Scene()
        scene.renewer.stop()
        await assert.rejects(scene.renewer.start(), { name: 'AbortError' })
        assert.deepEqual(scene.did, [])
    })

    for (let steps = 0; steps < 8; steps++) {
        test(`${steps} steps after joining keeps no timer`, async () => {
            const scene = new Scene()
            scene.hand = async () => {
                queueMicrotask(async () => {
                    for (let step = 0; step < steps; step++) await undefined
                    scene.renewer.stop()
                })
            }
            await scene.renewer.start().catch(() => {})
            await scene.device.advance(60)
            assert.deepEqual(scene.take(), ['fetch at 0', 'join 1 at 0'])
            assert.ok(scene.device.idle)
        })
    }

    test('tells a join that is under way, which must not go on', async () => {
        const scene = await Scene.joined()
        const { promise, answer } = later()
        scene.hand = () => promise
        scene.renewer.rejoin()
        await scene.device.advance(5)
        assert.deepEqual(scene.take(), ['fetch at 5', 'join 2 at 5'])
        scene.renewer.stop()
        assert.ok(scene.handSignal.aborted)
        assert.equal(scene.handSignal.reason.name, 'AbortError')
        answer()
        await scene.device.advance(3600)
        assert.deepEqual([scene.take(), scene.errors], [[], []])
        assert.ok(scene.device.idle)
    })

    test('while joining keeps no timer', async () => {
        const scene = new Scene()
        const { promise, answer } = later()
        scene.hand = () => promise
        const started = scene.renewer.start()
        await settle()
        scene.renewer.stop()
        answer()
        await assert.rejects(started, { name: 'AbortError' })
        assert.ok(scene.device.idle)
    })
})

test('runs on the clock and timers of Node', async () => {
    let joined
    const renewer = new TokenRenewer({
        fetchToken: async () => ({ token: 'first', serverTime: SERVER_TIME, expiresAt: SERVER_TIME + 40 }),
        join: async token => {
            joined = token
        },
        renewToken: assert.fail,
        onError: assert.fail,
    })
    await renewer.start()
    assert.equal(joined, 'first')
    renewer.stop()
})

/** A promise and the function that resolves it. */
function later() {
    let answer
    const promise = new Promise(resolve => {
        answer = resolve
    })
    return { promise, answer }
}
