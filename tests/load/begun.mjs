// A request that the server has begun, and that waits for the rest of its body.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'

import { now } from '../contract/caller.mjs'
import { request } from './callers.mjs'

export class BegunRequest {
    #text = ''

    /** Sends the head, and waits until the server asks for the body. */
    static async begin(port, self) {
        const begun = new BegunRequest()
        begun.body = request(self)
        begun.socket = connect(port, '127.0.0.1').setEncoding('utf8')
        begun.socket.on('data', data => (begun.#text += data))
        begun.socket.write(
            [
                'POST /v1/tokens HTTP/1.1',
                'host: 127.0.0.1',
                `authorization: Bearer ${self.credential}`,
                `content-length: ${begun.body.length}`,
                'expect: 100-continue',
                '\r\n',
            ].join('\r\n'),
        )
        await once(begun.socket, 'data')
        assert.match(begun.#text, /^HTTP\/1\.1 100 Continue\r\n\r\n$/)
        return begun
    }

    /** Sends the body; the answer. */
    async finish() {
        const earliest = now()
        this.socket.write(this.body)
        await once(this.socket, 'close')
        const [, head, text] = this.#text.split('\r\n\r\n')
        return { status: Number(head?.split(' ')[1]), text, earliest, latest: now() }
    }
}
