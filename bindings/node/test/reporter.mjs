// For test.mjs: a line for every test, with what it counted, and a last line with the counts. Skipped is failed.

import { basename } from 'node:path'
import { inspect } from 'node:util'

const SUMMARY = /^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) /

export default async function* report(events) {
    let passed = 0
    let failed = 0
    for await (const { type, data } of events) {
        // A group of tests that passed is none itself.
        if (type === 'test:pass' && data.details.type === 'suite') continue
        if (type === 'test:pass' && data.skip === undefined && data.todo === undefined) {
            passed++
            yield `ok     ${basename(data.file ?? '')}: ${data.name}\n`
        } else if (type === 'test:pass' || type === 'test:fail') {
            failed++
            const why = data.details.error
                ? inspect(data.details.error.cause ?? data.details.error)
                : `skipped: ${data.skip ?? data.todo}`
            yield `FAILED ${basename(data.file ?? '')}: ${data.name}\n${why}\n`
        } else if (type === 'test:diagnostic' && !SUMMARY.test(data.message)) {
            yield `       ${data.message}\n`
        }
    }
    yield `${passed} passed, ${failed} failed\n`
}
