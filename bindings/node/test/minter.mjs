// A thread of threads.test.mjs.

import { parentPort, workerData } from 'node:worker_threads'

import { RtcTokenBuilder } from 'agora-token-native'

import { APP_CERTIFICATE, APP_ID } from './support.mjs'

parentPort.postMessage(
    Array.from({ length: workerData.count }, (_, uid) =>
        RtcTokenBuilder.buildTokenWithUid(APP_ID, APP_CERTIFICATE, 'room', uid + 1, 1, 3600),
    ),
)
