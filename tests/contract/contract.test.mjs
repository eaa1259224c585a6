// The contract of POST /fetch_rtc_token, from outside, whoever serves it: see server.mjs for how it is told which.

import { after } from 'node:test'

import { bodies } from './bodies.mjs'
import { Caller } from './caller.mjs'
import { connections } from './connections.mjs'
import { grants } from './grants.mjs'
import { methods } from './methods.mjs'
import { refusals } from './refusals.mjs'
import { Server, ours } from './server.mjs'
import { settings } from './settings.mjs'
import { silence } from './silence.mjs'

/** The guide's tokens live for so many seconds, to show how they are renewed. */
const LIFETIME = 40

const server = await Server.start({ AGORA_TOKEN_LIFETIME: String(LIFETIME) })
const caller = new Caller(server.url)
after(async () => {
    await caller.close()
    await server.stop()
})

grants(caller, LIFETIME)
refusals(caller)
bodies(caller, LIFETIME)
methods(caller)
connections(server.url, LIFETIME)
if (ours) {
    settings()
    silence(server) // last, when all has been said
}
