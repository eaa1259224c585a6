// What examples/deploy gives those who watch the server: each file against its schema, and all with the server's
// metrics and with what docs/oncall.md says.
//
// AGORA_TOKEN   the command-line tool
// PROMTOOL      Prometheus' tool, "promtool" unless set

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'

import { ServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1'
import selfsigned from 'selfsigned'
import { parse } from 'yaml'

import { APP_CERTIFICATE } from '../contract/oracle.mjs'
import { freePort } from '../contract/program.mjs'
import { start } from './fleet.mjs'

const { AGORA_TOKEN: tool, PROMTOOL: promtool = 'promtool' } = process.env
const pathOf = relative => fileURLToPath(new URL(relative, import.meta.url))
const read = relative => readFileSync(pathOf(`../../${relative}`), 'utf8')

const ALERTS = 'examples/deploy/prometheus/alerts.yml'
const monitor = parse(read('examples/deploy/prometheus/service-monitor.yaml'))
const dashboard = JSON.parse(read('examples/deploy/grafana/agora-token.json'))
const alerts = parse(read(ALERTS)).groups.flatMap(({ rules }) => rules)
const handbook = read('docs/oncall.md')

const folder = mkdtempSync(join(tmpdir(), 'agora-token-monitoring-'))
after(() => rmSync(folder, { recursive: true }))

/** What a program says that succeeds. */
function run(program, ...words) {
    const { status, stdout, stderr, error } = spawnSync(program, words, { cwd: pathOf('.'), encoding: 'utf8' })
    if (status !== 0) throw error ?? new Error(`${program} ended with ${status}: ${stdout}${stderr}`)
    return stdout
}

test('the ServiceMonitor has its values right, by the schema of the operator', () => {
    new ServiceMonitor(structuredClone(monitor)).validate()
    const wrong = structuredClone(monitor)
    wrong.spec.endpoints[0].interval = 'often'
    assert.throws(() => new ServiceMonitor(wrong).validate(), /interval must match pattern/)
})

// A field that nobody knows is left alone by schemas; the compiler refuses it.
describe('the types of their makers know every field of', () => {
    const compile = (type, value) => {
        const source = join(folder, 'value.ts')
        const from = JSON.stringify(pathOf('types.js'))
        const text = `export const it: Value<'${type}'> = ${JSON.stringify(value)}`
        writeFileSync(source, `import type { Value } from ${from}\n${text}\n`)
        const words = ['--noEmit', '--strict', '--skipLibCheck', '--target', 'es2022', '--module', 'esnext']
        run('npx', '--no', '--', 'tsc', ...words, '--moduleResolution', 'bundler', '--types', '', source)
    }
    for (const [name, type, value, breakIt] of [
        ['ServiceMonitor', 'monitor', monitor, wrong => (wrong.spec.endpoints[0].intervall = '15s')],
        ['dashboard', 'dashboard', dashboard, wrong => (wrong.panels[1].grydPos = {})],
    ]) {
        test(`the ${name}`, () => {
            compile(type, value)
            const wrong = structuredClone(value)
            breakIt(wrong)
            assert.throws(() => compile(type, wrong), /does not exist in type/)
        })
    }
})

describe('the dashboard', () => {
    const { panels, templating } = dashboard

    test('has no two panels in one place or of one id', () => {
        assert.equal(new Set(panels.map(({ id }) => id)).size, panels.length)
        const taken = new Set()
        for (const { title, gridPos } of panels) {
            const { x, y, w, h } = gridPos
            assert.ok(x + w <= 24, title)
            for (let column = x; column < x + w; column++) {
                for (let line = y; line < y + h; line++) {
                    assert.ok(!taken.has(`${column} ${line}`), title)
                    taken.add(`${column} ${line}`)
                }
            }
        }
    })

    test('asks for variables that it has', () => {
        const has = new Set([...templating.list.map(({ name }) => name), '__rate_interval'])
        const used = new Set([...JSON.stringify(dashboard).matchAll(/\$\{?(\w+)/g)].map(([, name]) => name))
        assert.deepEqual(
            [...used].filter(name => !has.has(name) && name !== '__all'),
            [],
        )
    })

    test('asks what Prometheus understands', () => {
        const rules = questions().map((expr, index) => ({ record: `panel:${index}`, expr }))
        const path = join(folder, 'dashboard.json')
        writeFileSync(path, JSON.stringify({ groups: [{ name: 'dashboard', rules }] }))
        assert.match(run(promtool, 'check', 'rules', path), new RegExp(`SUCCESS: ${rules.length} rules found`))
    })
})

describe('the alerts', () => {
    test('are rules, by promtool', () => {
        assert.match(run(promtool, 'check', 'rules', pathOf(`../../${ALERTS}`)), /SUCCESS/)
    })

    test('fire when they should, and not while all is well, by promtool', () => {
        assert.match(run(promtool, 'test', 'rules', 'alerts.test.yml'), /SUCCESS/)
        const tested = new Set(read('tests/deploy/alerts.test.yml').match(/(?<=alertname: )\w+/g))
        assert.deepEqual([...tested].sort(), alerts.map(({ alert }) => alert).sort())
    })

    test('have each a section in docs/oncall.md, and no section is of another', () => {
        const sections = [...handbook.matchAll(/^### (AgoraToken\w+)$/gm)].map(([, name]) => name)
        assert.deepEqual(sections.sort(), alerts.map(({ alert }) => alert).sort())
        for (const { alert, annotations } of alerts) {
            assert.equal(annotations.runbook, `docs/oncall.md#${alert.toLowerCase()}`)
        }
    })
})

test('the metrics that are asked for are those of the server', async t => {
    const text = await metricsOfEveryKind()
    const kinds = new Set([...text.matchAll(/^# TYPE (\w+) \w+$/gm)].map(([, name]) => name))
    const has = name => new RegExp(`^${name}[{ ]`, 'm').test(text)
    const texts = [...alerts.map(({ expr }) => expr), ...questions(), handbook]
    const asked = new Set(texts.flatMap(text => text.match(/\b(agora_token|process)_[a-z_]+\b/g) ?? []))
    assert.deepEqual(
        [...asked].filter(name => !has(name)),
        [],
    )
    t.diagnostic(`${asked.size} names of the server's ${kinds.size} metrics are asked for`)
})

/** Of a server with TLS and an identity provider, which has answered a request. */
async function metricsOfEveryKind() {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const jwks = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'a', alg: 'ES256', use: 'sig' }] }
    const provider = createServer((_, response) => response.end(JSON.stringify(jwks))).listen(0, '127.0.0.1')
    await once(provider, 'listening')
    const { cert, private: key } = await selfsigned.generate([{ name: 'commonName', value: 'localhost' }], {
        keyType: 'ec',
    })
    const file = (name, text) => {
        writeFileSync(join(folder, name), text)
        return JSON.stringify(join(folder, name))
    }
    const [listen, admin] = [await freePort(), await freePort()]
    const config = file(
        'watched.toml',
        `
        listen = "127.0.0.1:${listen}"
        admin_listen = "127.0.0.1:${admin}"
        app_id = "970CA35de60c44645bbae8a215061b33"
        app_certificate_file = ${file('app_certificate', APP_CERTIFICATE)}
        tls_certificate = ${file('cert.pem', cert)}
        tls_key = ${file('key.pem', key)}
        [policies.members]
        max_lifetime = "1h"
        [[jwt_issuers]]
        name = "accounts"
        jwks_url = "http://127.0.0.1:${provider.address().port}/jwks"
        issuer = "https://accounts.example.com"
        audience = "agora-token"
        policy = "members"
    `,
    )
    try {
        const program = start([tool, 'serve', '--config', JSON.parse(config)])
        await program.untilListening(admin)
        await fetch(`http://127.0.0.1:${admin}/healthz`)
        const metrics = async () => (await fetch(`http://127.0.0.1:${admin}/metrics`)).text()
        assert.ok(await program.until(async () => /provider_keys.* 1$/m.test(await metrics())), program.output)
        return await metrics()
    } finally {
        provider.close()
    }
}

/** The dashboard's questions, with values for its variables. */
function questions() {
    return dashboard.panels
        .flatMap(({ targets = [] }) => targets)
        .map(({ expr }) => expr.replaceAll('$__rate_interval', '1m').replaceAll(/\$(job|instance)/g, '.*'))
}
