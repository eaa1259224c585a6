// A backend on Express whose users join channels. Its users are logged in already: a JWT of theirs says who they are.
//
//     POST /channels/:channel/token      the token with which the caller joins: {token, issuedAt, expiresAt, refreshAfter}
//     GET  /channels/:channel/recording  for who holds a token of that channel, in the header Agora-Token
//     POST /channels/:channel/invitations {"users": […]}  a token for each of many users, or why there is none
//
// The client of examples/web renews with the first. Run it:
//
//     npm ci    # in this folder; the next line takes the tarball from beside the checkout, where README.md packs it
//     npm install --no-save ../../../../agora-token-native-0.1.0.tgz
//     node server.mjs
//
// Set AGORA_APP_ID, AGORA_APP_CERTIFICATE and SESSION_SECRET, which signs the JWTs; PORT is 3000 unless set. While
// certificates are rotated, AGORA_APP_CERTIFICATE_SECONDARY is good too.

import { AgoraTokenError, Issuer, User, VerificationError, Verifier } from 'agora-token-native'
import express from 'express'
import { jwtVerify } from 'jose'

const { SESSION_SECRET, PORT = '3000' } = process.env
if (!SESSION_SECRET) throw new Error('set SESSION_SECRET')
const secret = new TextEncoder().encode(SESSION_SECRET)

// What is wrong with the credentials is thrown here, before anybody asks.
const issuer = Issuer.fromEnv()
const verifier = Verifier.fromEnv({ leeway: 10 })

const app = express()
app.use(express.json({ limit: '1mb' }))

/** Who is logged in: `sub` is the user, and `hosts` are the channels in which the user publishes. */
app.use(async (request, response, next) => {
    const [, jwt = ''] = /^Bearer (.*)$/.exec(request.get('authorization') ?? '') ?? []
    try {
        const { payload } = await jwtVerify(jwt, secret, { algorithms: ['HS256'], requiredClaims: ['sub', 'exp'] })
        // A number is a uid, any other text an account: never one for the other.
        response.locals.user = User.from(payload.sub)
        response.locals.hosts = Array.isArray(payload.hosts) ? payload.hosts : []
    } catch {
        return response.status(401).json({ error: 'log in first' })
    }
    next()
})

app.post('/channels/:channel/token', (request, response) => {
    const { user, hosts } = response.locals
    const { channel } = request.params
    const role = hosts.includes(channel) ? 'publisher' : 'subscriber'
    response.set('Cache-Control', 'no-store').json(issuer.issue({ channel, user, role, rtm: true, lifetime: 3600 }))
})

app.get('/channels/:channel/recording', (request, response) => {
    const { channel } = request.params
    verifier.verify(request.get('agora-token') ?? '', { channel, user: response.locals.user })
    response.json({ url: `/recordings/${encodeURIComponent(channel)}.mp4` })
})

app.post('/channels/:channel/invitations', async (request, response) => {
    const { channel } = request.params
    if (!response.locals.hosts.includes(channel)) return response.status(403).json({ error: 'for hosts' })
    const { users } = request.body ?? {}
    if (!Array.isArray(users)) return response.status(400).json({ error: 'users must be a list' })
    // Off the event loop; one bad user keeps nobody else from a token.
    const rows = await issuer.issueMany(users, { channel, role: 'subscriber', lifetime: 7200 })
    response.set('Cache-Control', 'no-store')
    response.json(
        rows.map(({ token, error }, row) =>
            error ? { user: users[row], error: error.message } : { user: users[row], token },
        ),
    )
})

/** Who is at fault says what to answer; what is wrong with the server is for its log alone. */
function statusOf(error) {
    if (error instanceof VerificationError)
        return ['CHANNEL_MISMATCH', 'USER_MISMATCH'].includes(error.code) ? 403 : 401
    return { caller: 400, configuration: 500, system: 503 }[error.fault]
}

app.use((error, request, response, next) => {
    if (!(error instanceof AgoraTokenError)) return next(error)
    const status = statusOf(error)
    if (status >= 500) console.error(error)
    const { code, message } = error
    response.status(status).json(status < 500 ? { error: message, code } : { error: 'something is wrong here' })
})

const server = app.listen(Number(PORT), '127.0.0.1', error => {
    if (error) throw error
    console.log(`http://127.0.0.1:${server.address().port}`)
})
