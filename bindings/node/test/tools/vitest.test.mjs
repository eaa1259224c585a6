import { createRequire } from 'node:module'

import { expect, test } from 'vitest'

createRequire(import.meta.url)('./cases.cjs')(test, expect)

// By the runner's own loader, too.
test('import and require give the same', async () => {
    const { Issuer } = await import('agora-token-native')
    expect(typeof Issuer.fromEnv).toBe('function')
})
