// The same in a worker at the edge, which mints within a request.

import { AgoraTokenError, Issuer, Verifier, backend } from 'agora-token-wasm'

export default {
    async fetch() {
        const credentials = {
            appId: '970CA35de60c44645bbae8a215061b33',
            appCertificate: '5CFd2fd1755d40ecb72977518be15d3b',
        }
        const issuer = new Issuer(credentials)
        const [{ token }, { error }] = await issuer.issueMany([42, 0], { channel: 'room', role: 'publisher' })
        if (!(error instanceof AgoraTokenError)) throw new Error('no error')
        new Verifier(credentials).verify(token, { channel: 'room', uid: 42 })
        return new Response(backend)
    },
}
