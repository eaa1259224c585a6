// Our library against the official npm package agora-token, both ways, with random input.
//
// AGORA_TOKEN_LIBRARY  our shared library; the C ABI is what is tested
// INTEROP_CASES        cases of each part, 1000 unless more
// INTEROP_SEED         what a failed run printed, to see it fail again

import assert from 'node:assert/strict'

import { builderCase } from './builders.mjs'
import { Library } from './library.mjs'
import { accessToken2Case, accessTokenCase } from './mechanism.mjs'
import { BUILDERS } from './peer.mjs'
import { credentialsCase, damaged2Case, damagedCase, mechanismCase } from './refusals.mjs'
import { Report, Tally } from './report.mjs'

const library = new Library()
const builders = await library.get('builders')
assert.deepEqual(Object.keys(builders).sort(), Object.keys(BUILDERS).sort(), 'every builder has its official twin')

const report = new Report('npm')
const differences = new Tally(
    'known difference, the official package',
    'grants the user of an APaaS room nothing',
    'writes APaaS role 0 as -1, none',
    'reads a negative APaaS role as a positive one',
    'builds 006 tokens with any App ID and certificate',
)
const damaged2 = new Tally(
    'damaged 007 token',
    'both refuse to read',
    'ours alone refuses to read',
    'both read and refuse to verify',
)
const damaged = new Tally('damaged 006 token', 'both refuse to read', 'ours alone refuses to read')

await report.part(`${Object.keys(builders).length} builders both ways`, (...rest) =>
    builderCase(library, builders, differences, ...rest),
)
await report.part('AccessToken2 of any services', (...rest) => accessToken2Case(library, differences, ...rest))
await report.part('AccessToken of any privileges', (...rest) => accessTokenCase(library, ...rest))
await report.part('builders with bad credentials', (...rest) =>
    credentialsCase(library, builders, differences, ...rest),
)
await report.part('AccessToken2 that cannot be built', (...rest) => mechanismCase(library, ...rest))
await report.part('damaged 007 tokens', (...rest) => damaged2Case(library, differences, damaged2, ...rest))
await report.part('damaged 006 tokens', (...rest) => damagedCase(library, damaged, ...rest))
for (const tally of [differences, damaged2, damaged]) report.met(tally)

library.close()
process.exitCode = report.finish() ? 0 : 1
