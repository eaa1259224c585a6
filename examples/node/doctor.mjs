// Reads a token from standard input and says why it does not let user 42 into the channel "room" now: exit code 1 if
// something keeps the user out. Set AGORA_APP_CERTIFICATE to have the signature checked as well.

import { text } from 'node:stream/consumers'

import { diagnose } from 'agora-token-native'

const { AGORA_APP_CERTIFICATE: appCertificate } = process.env

// As it came, with the newline that may be what is wrong with it.
const { findings } = diagnose(await text(process.stdin), {
    channel: 'room',
    uid: 42,
    service: 'rtc',
    appCertificate,
})
for (const { code, severity, cause, fix } of findings) {
    console.log(`${severity} ${code}: ${cause}\n  ${fix}`)
}
if (findings.length === 0) console.log('nothing is wrong')
process.exitCode = findings.some(finding => finding.severity === 'error') ? 1 : 0
