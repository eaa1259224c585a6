// What a program does with agora-token-wasm, wherever it runs.

import { AgoraTokenError, Issuer, Verifier, backend, diagnose, inspect } from 'agora-token-wasm'

const credentials = { appId: '970CA35de60c44645bbae8a215061b33', appCertificate: '5CFd2fd1755d40ecb72977518be15d3b' }
const issuer = new Issuer(credentials)

const [{ token }, { error }] = await issuer.issueMany([42, 0], { channel: 'room', role: 'publisher' })
if (!(error instanceof AgoraTokenError)) throw new Error('no error')
new Verifier(credentials).verify(token, { channel: 'room', uid: 42 })
if (inspect(token).services[0].channel !== 'room') throw new Error('another channel')
if (diagnose(token, { channel: 'lobby' }).findings[0].code !== 'CHANNEL_DIFFERS') throw new Error('nothing found')
console.log(backend)
