// Reads a token from standard input and says whether it lets user 42 into the channel "room" now: exit code 0 if it
// does. Set AGORA_APP_ID and AGORA_APP_CERTIFICATE.

import { text } from 'node:stream/consumers'

import { AgoraTokenError, VerificationError, Verifier } from 'agora-token-native'

try {
    const verifier = Verifier.fromEnv()
    const token = await text(process.stdin)
    const verdict = verifier.verify(token.trimEnd(), { channel: 'room', uid: 42 })
    console.log(JSON.stringify(verdict)) // which certificate signed it, and what it holds
    console.log('valid')
} catch (error) {
    if (!(error instanceof AgoraTokenError)) throw error
    // Everything that is wrong with the token, or what kept us from looking at it.
    const all = error instanceof VerificationError ? error.refusals : [error]
    for (const { code, message } of all) console.error(`${code}: ${message}`)
    process.exit(error instanceof VerificationError ? 1 : 2)
}
