// A token server's answer: lets the user named on the command line into the channel "room" and into messaging, for one
// hour, and prints the token with the times a client needs, as JSON.
//
//     node issue.mjs alice
//
// Set AGORA_APP_ID and AGORA_APP_CERTIFICATE; the certificate never leaves your server.

import { AgoraTokenError, Issuer } from 'agora-token-native'

try {
    const issuer = Issuer.fromEnv()
    const account = process.argv[2] ?? '' // an empty one is refused, as "undefined" and "0" are
    const issued = issuer.issue({ channel: 'room', account, role: 'publisher', rtm: true, lifetime: 3600 })
    console.log(JSON.stringify(issued))
} catch (error) {
    if (!(error instanceof AgoraTokenError)) throw error
    console.error(`${error.code}: ${error.message}`)
    process.exit(error.fault === 'caller' ? 1 : 2)
}
