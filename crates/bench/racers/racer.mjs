// The Node racer: the package that the argument names, and beside the native one the peer that npm carries.
// `node racer.mjs PACKAGE`; speaks as src/main.rs does.

import { createInterface } from 'node:readline'

import peer from 'agora-token'
import peerAccessToken2 from 'agora-token/src/AccessToken2.js'
import peer006 from 'agora-token/src/RtcTokenBuilder.js'

const [, , ours] = process.argv
const { Issuer, RtcRole, RtcTokenBuilder, RtcTokenBuilder006, Verifier } = await import(ours)

// The public sample credentials of the official test suites.
const APP_ID = '970CA35de60c44645bbae8a215061b33'
const APP_CERTIFICATE = '5CFd2fd1755d40ecb72977518be15d3b'
const LIFETIME = 3600

/** Channel names and uids, by the rule of src/inputs.rs. */
function inputs() {
    let state = 1
    const number = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0)
    const part = () => number().toString(16).padStart(8, '0')
    return Array.from({ length: 1021 }, () => [part() + part() + part() + part(), (number() % 3294967296) + 1000000000])
}

const INPUTS = inputs()
const CREDENTIALS = { appId: APP_ID, appCertificate: APP_CERTIFICATE }
const issuer = new Issuer(CREDENTIALS)
const verifier = new Verifier(CREDENTIALS)
const build007 = ([channel, uid]) =>
    RtcTokenBuilder.buildTokenWithUid(APP_ID, APP_CERTIFICATE, channel, uid, RtcRole.PUBLISHER, LIFETIME, LIFETIME)
const TOKENS = INPUTS.map(build007)
const expiredTs = () => Math.floor(Date.now() / 1000) + LIFETIME
const grantFor = ([channel, uid]) => ({ channel, uid, role: RtcRole.PUBLISHER })

let at = 0
/** Does `work` with one input and its token after the other. Some peers fail by an empty token, or by false. */
function each(count, work) {
    for (; count > 0; count--) {
        const done = work(INPUTS[at], TOKENS[at])
        if (done === '' || done === false) throw new Error('it failed')
        at = at + 1 === INPUTS.length ? 0 : at + 1
    }
}

/** The same in one call. */
async function batch(count) {
    const grants = Array.from({ length: count }, (_, i) => grantFor(INPUTS[(at + i) % INPUTS.length]))
    at = (at + count) % INPUTS.length
    const rows = await issuer.issueMany(grants)
    if (rows.some(row => row.error)) throw new Error('a grant was refused')
}

function peerVerify(token) {
    const read = new peerAccessToken2.AccessToken2('', '', 0, 0)
    if (!read.from_string(token)) throw new Error('not read')
    return read
}

const TASKS = {
    'mint-007': count => each(count, build007),
    'issue-007': count => each(count, input => issuer.issue(grantFor(input))),
    'batch-007': batch,
    'mint-006': count =>
        each(count, ([channel, uid]) =>
            RtcTokenBuilder006.buildTokenWithUid(APP_ID, APP_CERTIFICATE, channel, uid, 1, expiredTs()),
        ),
    'verify-007': count => each(count, (_, token) => verifier.verify(token)),
    'peer-mint-007': count =>
        each(count, ([channel, uid]) =>
            peer.RtcTokenBuilder.buildTokenWithUid(APP_ID, APP_CERTIFICATE, channel, uid, 1, LIFETIME, LIFETIME),
        ),
    'peer-mint-006': count =>
        each(count, ([channel, uid]) =>
            peer006.RtcTokenBuilder.buildTokenWithUid(APP_ID, APP_CERTIFICATE, channel, uid, 1, expiredTs()),
        ),
    'peer-verify-007': count => each(count, (_, token) => peerVerify(token).verifySignature(APP_CERTIFICATE)),
}

const isRaced = task => ours === 'agora-token-native' || !task.startsWith('peer-')
console.log(Object.keys(TASKS).filter(isRaced).join(' '))
for await (const line of createInterface({ input: process.stdin })) {
    const [task, count] = line.split(' ')
    const start = process.hrtime.bigint()
    await TASKS[task](Number(count))
    console.log(String(process.hrtime.bigint() - start))
}
