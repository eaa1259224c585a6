// The token server of Agora's guide: POST /fetch_rtc_token {"uid": 42, "ChannelName": "room", "role": 1} answers
// {"token": "007…", "code": "200"}, or what is wrong in place of the token, and the HTTP status as the code.
//
// It asks nobody who they are, so it listens on the loopback interface only: for more, see `agora-token serve`.
//
//     npm ci    # in this folder; the next line takes the tarball from beside the checkout, where README.md packs it
//     npm install --no-save ../../../../agora-token-native-0.1.0.tgz
//     node token_server.mjs
//
// Set AGORA_APP_ID and AGORA_APP_CERTIFICATE; PORT is 8082 and AGORA_TOKEN_LIFETIME 3600 seconds unless set.

import { AgoraTokenError, Grant, Issuer } from 'agora-token-native'
import Fastify from 'fastify'
import { isInteger, parse } from 'lossless-json'

/** How the request calls what a grant has. */
const NAMES = { channel: 'ChannelName' }

const { AGORA_TOKEN_LIFETIME = '3600', PORT = '8082' } = process.env
const lifetime = Number(AGORA_TOKEN_LIFETIME)

const issuer = Issuer.fromEnv()
new Grant({ channel: 'room', uid: 1, role: 1, lifetime }) // throws what is wrong with it now, not at a request

const refusal = (statusCode, reason) => Object.assign(new Error(reason), { statusCode })

/** The fields of a JSON object by their names in lower case. Here 1.0 is no integer, which JSON.parse cannot tell. */
function fields(body) {
    try {
        const text = new TextDecoder('utf-8', { fatal: true }).decode(body)
        const object = parse(text, undefined, digits => (isInteger(digits) ? Number(digits) : NaN))
        return Object.fromEntries(Object.entries(object).map(([name, value]) => [name.toLowerCase(), value]))
    } catch {
        throw refusal(400, 'the body must be a JSON object of uid, ChannelName and role')
    }
}

function grant(body) {
    const { uid, channelname: channel, role } = fields(body)
    if (!Number.isInteger(uid)) throw refusal(400, 'uid must be an integer from 1 to 4294967295')
    if (uid === 0) throw refusal(403, 'uid 0 would let in any user')
    if (channel === '*') throw refusal(403, 'ChannelName "*" would let into any channel')
    // A name for a role is not among what the guide's clients send.
    if (!Number.isInteger(role)) throw refusal(400, 'role must be 1 or 2')
    return { channel, uid, role, lifetime }
}

const server = Fastify({ bodyLimit: 64 * 1024 })

server.removeAllContentTypeParsers()
server.addContentTypeParser('*', { parseAs: 'buffer' }, async (request, body) => body)

server.addHook('onRequest', async (request, reply) => {
    reply.headers({
        'Access-Control-Allow-Origin': '*',
        'Access-Control-Allow-Methods': 'POST, OPTIONS',
        'Access-Control-Allow-Headers': 'content-type, authorization',
        'Cache-Control': 'no-store',
    })
})

server.all('/fetch_rtc_token', async (request, reply) => {
    if (request.method === 'OPTIONS') return reply.code(204).send()
    if (request.method !== 'POST') {
        reply.header('Allow', 'POST, OPTIONS')
        throw refusal(405, 'POST is expected')
    }
    return { token: issuer.issue(grant(request.body)).token, code: '200' }
})

server.setErrorHandler((error, request, reply) => {
    const { statusCode = error instanceof AgoraTokenError ? 400 : 500 } = error
    const reason = error.message.replace(/^\w+/, name => NAMES[name] ?? name)
    return reply.code(statusCode).send({ token: reason, code: String(statusCode) })
})
server.setNotFoundHandler(() => {
    throw refusal(404, 'only /fetch_rtc_token is here')
})

console.log(await server.listen({ host: '127.0.0.1', port: Number(PORT) }))
