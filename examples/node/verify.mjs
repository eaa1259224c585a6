// Reads a token from standard input and says whether it lets user 42 into the channel "room" now: exit code 0 if it
// does. Set AGORA_APP_CERTIFICATE.

import { text } from 'node:stream/consumers'

import { AgoraTokenError, verify } from 'agora-token-native'

const { AGORA_APP_CERTIFICATE: appCertificate } = process.env
if (appCertificate === undefined) {
    console.error('set AGORA_APP_CERTIFICATE')
    process.exit(2)
}

try {
    const token = await text(process.stdin)
    const verdict = verify(token.trimEnd(), appCertificate, { channelName: 'room', uid: 42 })
    console.log(JSON.stringify(verdict)) // all that is wrong with it, and what it holds
    verdict.assertValid() // throws the first of it
    console.log('valid')
} catch (error) {
    if (!(error instanceof AgoraTokenError)) throw error
    console.error(`${error.code}: ${error.message}`)
    process.exit(1)
}
