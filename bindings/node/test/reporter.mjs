// For test.mjs: a line for every test, with what it counted, and for a group of tests with how many they are; and a last
// line with the counts. Skipped is failed.

import { basename } from 'node:path'
import { inspect } from 'node:util'

const SUMMARY = /^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) /

export default async function* report(events) {
    let passed = 0
    let failed = 0
    // Tests that passed in the groups that are open, the outermost first.
    const inGroups = []
    for await (const { type, data } of events) {
        const { nesting = 0, details } = data ?? {}
        const isGroup = details?.type === 'suite'
        const name = `${basename(data.file ?? '')}: ${data.name}`
        if (type === 'test:pass' && isGroup) {
            // It is no test itself.
            const tests = inGroups[nesting] ?? 0
            inGroups[nesting] = 0
            if (nesting > 0) inGroups[nesting - 1] = (inGroups[nesting - 1] ?? 0) + tests
            else yield `ok     ${name}: ${tests}\n`
        } else if (type === 'test:pass' && data.skip === undefined && data.todo === undefined) {
            passed++
            if (nesting > 0) inGroups[nesting - 1] = (inGroups[nesting - 1] ?? 0) + 1
            else yield `ok     ${name}\n`
        } else if (type === 'test:fail' && isGroup && details.error?.failureType === 'subtestsFailed') {
            // Its tests have failed, and are counted.
            inGroups[nesting] = 0
        } else if (type === 'test:pass' || type === 'test:fail') {
            failed++
            const why = details.error
                ? inspect(details.error.cause ?? details.error)
                : `skipped: ${data.skip ?? data.todo}`
            yield `FAILED ${name}\n${why}\n`
        } else if (type === 'test:diagnostic' && !SUMMARY.test(data.message)) {
            yield `       ${data.message}\n`
        }
    }
    yield `${passed} passed, ${failed} failed\n`
}
