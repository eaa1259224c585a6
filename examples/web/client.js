// Joins a channel, publishes microphone and camera, and stays for longer than one token lives.

import AgoraRTC from 'agora-rtc-sdk-ng'

import * as page from './page.js'
import { TokenRenewer } from './token-renewer.js'
import { fetchRtcToken, fetchToken } from './token-server.js'

/** @import { ILocalTrack } from 'agora-rtc-sdk-ng' */

/** @type {Call | undefined} */
let call

page.onJoin(options => {
    call = new Call(options)
    return call.start()
})
page.onLeave(() => call?.leave())

class Call {
    #options
    #client = AgoraRTC.createClient({ mode: 'live', codec: 'vp8' })
    #renewer
    /** @type {ILocalTrack[]} */
    #tracks = []
    #over = false

    /** @param {page.Options} options */
    constructor(options) {
        this.#options = options
        const { server, channel, uid } = options
        const fetchFrom = options.route === '/v1/tokens' ? fetchToken : fetchRtcToken
        const renewer = new TokenRenewer({
            fetchToken: signal => fetchFrom(server, { channel, uid, role: 'publisher' }, signal),
            join: (token, signal) => this.#join(token, signal),
            renewToken: (token, signal) => this.#renew(token, signal),
            onError: (error, { final, retryIn }) => {
                const next = final
                    ? 'The call ends with the present token.'
                    : `Next attempt in ${retryIn.toFixed(1)} s.`
                page.say(`No new token: ${page.textOf(error)}. ${next}`)
            },
        })
        this.#renewer = renewer
        this.#client.on('token-privilege-will-expire', () => renewer.renew())
        this.#client.on('token-privilege-did-expire', () => {
            page.say('The token expired')
            renewer.rejoin()
        })
        this.#client.on('user-published', async (user, mediaType) => {
            await this.#client.subscribe(user, mediaType)
            if (mediaType === 'audio') user.audioTrack?.play()
            if (mediaType === 'video') user.videoTrack?.play(page.player(user.uid))
        })
        this.#client.on('user-unpublished', (user, mediaType) => {
            if (mediaType === 'video') page.removePlayer(user.uid)
        })
    }

    async start() {
        try {
            page.say('Asking for microphone and camera')
            const [microphone, camera] = await AgoraRTC.createMicrophoneAndCameraTracks()
            this.#tracks = [microphone, camera]
            camera.play(page.player(this.#options.uid))
            await this.#client.setClientRole('host')
            page.say('Joining')
            await this.#renewer.start()
        } catch (error) {
            const asked = this.#over
            await this.leave()
            if (!asked) throw error
        }
    }

    async leave() {
        this.#over = true
        this.#renewer.stop()
        for (const track of this.#tracks) track.close()
        await this.#client.leave()
        page.removePlayers()
    }

    /**
     * At the start, and again after a token expired.
     *
     * @param {string} token
     * @param {AbortSignal} signal aborted when somebody leaves meanwhile, or after too long
     */
    async #join(token, signal) {
        const { appId, channel, uid } = this.#options
        // The renewer may see the end of a token before the SDK does.
        if (this.#client.connectionState !== 'DISCONNECTED') await this.#client.leave()
        signal.throwIfAborted()
        page.removePlayers({ but: uid })
        // The uid of the token, and of the same type: a number.
        await this.#client.join(appId, channel, token, uid)
        // Joined and left in the same moment.
        if (this.#over) await this.#client.leave()
        signal.throwIfAborted()
        await this.#client.publish(this.#tracks)
        signal.throwIfAborted()
        page.say(`Joined ${channel} as ${uid}`)
    }

    /**
     * @param {string} token
     * @param {AbortSignal} signal
     */
    async #renew(token, signal) {
        await this.#client.renewToken(token)
        signal.throwIfAborted()
        page.say('Renewed the token')
    }
}
