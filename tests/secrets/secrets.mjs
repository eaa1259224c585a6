// The same tasks as secrets.c, over the Node package. Started with --expose-gc: a string that V8 has not moved to where
// it stays would be copied later on.

import { readSync, writeSync } from 'node:fs'

import {
    AgoraTokenError,
    Grant,
    Issuer,
    RtcRole,
    RtcRole006,
    RtcTokenBuilder,
    RtcTokenBuilder006,
    Verifier,
    diagnose,
} from 'agora-token-native'
import { RtcTokenBuilder as Official } from 'agora-token-native/compat'

const APP_ID = '970CA35de60c44645bbae8a215061b33'
const OTHER = '0123456789abcdef0123456789abcdef'
const ANOTHER = 'fedcba9876543210fedcba9876543210'
const kept = []

const ofAnother = () => RtcTokenBuilder.buildTokenWithUid(APP_ID, OTHER, 'room', 42, RtcRole.PUBLISHER, 3600, 3600)

const TASKS = {
    builder_007: certificate =>
        RtcTokenBuilder.buildTokenWithUid(APP_ID, certificate, 'room', 42, RtcRole.PUBLISHER, 3600, 3600),
    builder_006: certificate =>
        RtcTokenBuilder006.buildTokenWithUid(APP_ID, certificate, 'room', 42, RtcRole006.PUBLISHER, 0),
    compat: certificate => {
        if (Official.buildTokenWithUid(APP_ID, certificate, 'room', '42', 1, 60) === '') process.exit(2)
    },
    refused: certificate => {
        try {
            new Issuer({ appId: certificate, appCertificate: `${APP_ID}0` })
        } catch (error) {
            if (!(error instanceof AgoraTokenError)) throw error
        }
    },
    issuer: certificate => {
        const issuer = new Issuer({ appId: APP_ID, appCertificate: certificate })
        const grant = Grant.rtc({ channel: 'room', user: 42, role: RtcRole.PUBLISHER })
        for (let round = 0; round < 3; round++) issuer.issue(grant)
    },
    verifier: certificate => {
        if (new Verifier({ appId: APP_ID, appCertificates: [certificate, ANOTHER] }).verdict(ofAnother()).valid)
            process.exit(2)
    },
    doctor: certificate => {
        if (diagnose(ofAnother(), { certificates: [certificate, ANOTHER] }).findings.length === 0) process.exit(2)
    },
    leak: certificate => kept.push(Buffer.from(`${'.'.repeat(40)}${certificate}`.slice(0, 51))),
}

/** One line, past Node's streams; as one string, for of several V8 makes one later on, at another place. */
function nextLine() {
    const line = Buffer.alloc(64)
    for (let size = 0; size < line.length; size++) {
        if (readSync(0, line, size, 1) !== 1) process.exit(3)
        if (line[size] === 10) return line.latin1Slice(0, size)
    }
    process.exit(3)
}

/** Native objects are freed only when Node comes back to its event loop. */
async function collected() {
    for (let round = 0; round < 3; round++) {
        globalThis.gc()
        await new Promise(resolve => setTimeout(resolve, 10))
    }
}

const task = TASKS[process.argv[2]]
task('00112233445566778899aabbccddeeff')
const certificate = nextLine()
await collected()
writeSync(1, 'ready\n')
nextLine()
task(certificate)
await collected()
writeSync(1, 'done\n')
nextLine()
