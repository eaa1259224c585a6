// Mints a token with which user 42 joins the channel "room" and publishes, good for one hour, and prints it.
// Set AGORA_APP_ID and AGORA_APP_CERTIFICATE; the certificate never leaves your server.

import { AgoraTokenError, RtcRole, RtcTokenBuilder } from 'agora-token-native'

const { AGORA_APP_ID: appId, AGORA_APP_CERTIFICATE: appCertificate } = process.env
if (appId === undefined || appCertificate === undefined) {
    console.error('set AGORA_APP_ID and AGORA_APP_CERTIFICATE')
    process.exit(2)
}

try {
    console.log(RtcTokenBuilder.buildTokenWithUid(appId, appCertificate, 'room', 42, RtcRole.PUBLISHER, 3600))
} catch (error) {
    if (!(error instanceof AgoraTokenError)) throw error
    console.error(`${error.code}: ${error.message}`)
    process.exit(1)
}
