// A panic ends at the bridge. The module here is built for this test, with a function that panics.

import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'

const module = process.env.AGORA_TOKEN_PANICKING_MODULE

test(
    'an injected panic becomes a refusal',
    { skip: module ? false : 'npm test does not build that module: see test.mjs' },
    () => {
        const native = createRequire(import.meta.url)(module)
        for (let time = 0; time < 3; time++) {
            assert.deepEqual(native.injectPanic(), ['INTERNAL', '', 'internal error: please report it'])
        }
        assert.equal(native.drawStamp().length, 2)
    },
)
