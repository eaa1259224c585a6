// A token server's answer: lets the user named on the command line into the channel "room" and into messaging, for one
// hour, and prints the token with the times a client needs, as JSON.
//
//     node issue.mjs alice
//
// Set AGORA_APP_ID and AGORA_APP_CERTIFICATE; the certificate never leaves your server.

import { AgoraTokenError, Grant, Issuer, RtcRole } from 'agora-token-native'

const { AGORA_APP_ID: appId, AGORA_APP_CERTIFICATE: appCertificate } = process.env
if (appId === undefined || appCertificate === undefined) {
    console.error('set AGORA_APP_ID and AGORA_APP_CERTIFICATE')
    process.exit(2)
}

try {
    const issuer = new Issuer(appId, appCertificate)
    const user = process.argv[2] ?? '' // an empty one is refused, as "undefined" and "0" are
    const grant = Grant.rtcRtm({ channel: 'room', user, role: RtcRole.PUBLISHER, lifetime: 3600 })
    console.log(JSON.stringify(issuer.issue(grant)))
} catch (error) {
    if (!(error instanceof AgoraTokenError)) throw error
    console.error(`${error.code}: ${error.message}`)
    process.exit(1)
}
