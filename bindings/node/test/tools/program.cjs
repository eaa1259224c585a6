// What bundlers take apart and put together again.

const { AgoraTokenError, Issuer, Verifier } = require('agora-token-native')

const credentials = { appId: '970CA35de60c44645bbae8a215061b33', appCertificate: '5CFd2fd1755d40ecb72977518be15d3b' }
const issuer = new Issuer(credentials)

async function main() {
    const [{ token }, { error }] = await issuer.issueMany([42, 0], { channel: 'room', role: 'publisher' })
    if (!(error instanceof AgoraTokenError)) throw new Error('no error')
    new Verifier(credentials).verify(token, { channel: 'room', uid: 42 })
    console.log('valid')
}

main()
