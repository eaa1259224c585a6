// nginx keeps its connections to the server open while nobody asks, and cannot ask a POST again when the server closes
// one just then. So nginx's time has to end before the server's: then no POST after a pause is lost. Between the two
// lies a network that takes its time, since within one machine nginx hears of an end at once.
//
// AGORA_TOKEN   the command-line tool
// NGINX         nginx's program, "nginx" unless set
// LONG          set: as people run them, 5 000 POSTs with pauses of 10 to 70 seconds; takes twenty minutes

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import { Asker, PROXIES, distant, start, threeReplicas } from './fleet.mjs'

const { AGORA_TOKEN: tool, LONG } = process.env
/** Seconds, about the ends of nginx and of the server: all ask, and wait, together, so that every connection is idle. */
const TOGETHER = [0, 1.9, 1.95, 2, 2.05, 2.9, 2.95, 3, 3.05]
const RUN = LONG
    ? { nginx: 60, server: 75, connections: 200, posts: 25, pause: post => 10 * Math.sign(post) + 60 * Math.random() }
    : { nginx: 2, server: 3, connections: 40, posts: TOGETHER.length, pause: post => TOGETHER[post] }

test('no POST is lost after a pause', { timeout: 3_600_000 }, async t => {
    const { key, replicas } = await threeReplicas({ AGORA_TOKEN_IDLE_TIMEOUT: `${RUN.server}s` })
    const far = await Promise.all(replicas.map(replica => distant(replica, 50)))
    const { url, program } = await PROXIES.nginx(far, {
        changes: {
            'keepalive_timeout 60s;': `keepalive_timeout ${RUN.nginx}s;`,
            // A POST that is asked again hides what is tested here.
            'proxy_next_upstream error timeout invalid_header non_idempotent;': 'proxy_next_upstream off;',
        },
    })
    let tokens = 0
    let connections = 0
    const failures = []
    const ask = async number => {
        const asker = new Asker(url, key, number, { keepAliveTimeout: 100_000, keepAliveMaxTimeout: 100_000 })
        for (let post = 0; post < RUN.posts; post++) {
            await sleep(1000 * RUN.pause(post))
            await asker.ask().then(
                () => tokens++,
                error => failures.push(error),
            )
        }
        connections += asker.connections
        await asker.close()
    }
    await Promise.all(Array.from({ length: RUN.connections }, (_, number) => ask(number)))
    assert.deepEqual(failures, [], program.output)
    assert.equal(tokens, RUN.connections * RUN.posts)
    t.diagnostic(`${tokens} POSTs after pauses, over ${connections} connections to nginx, none lost`)
})

test("the server's time is longer than nginx's, unless said", async () => {
    const check = start([tool, 'serve', '--demo', '--check'])
    assert.equal(await check.ended(), 0, check.output)
    const [, seconds] = /^idle_timeout = "(\d+)s"/m.exec(check.output)
    assert.ok(Number(seconds) > 60, `${seconds} s`)
})
