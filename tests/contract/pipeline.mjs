// Requests written to a connection before the answers to earlier ones are there.

import { once } from 'node:events'
import { connect } from 'node:net'

/** The answers to these bodies, in the order in which they come; fewer when the server closes the connection. */
export async function pipeline(url, bodies) {
    const { hostname, port } = new URL(url)
    const socket = connect(Number(port), hostname)
    let received = Buffer.alloc(0)
    let answers = []
    socket.on('data', data => {
        received = Buffer.concat([received, data])
        answers = parsed(received)
        if (answers.length === bodies.length) socket.destroy()
    })
    socket.on('error', () => {}) // What has been answered tells.
    socket.write(bodies.map(body => request(hostname, body)).join(''))
    await once(socket, 'close')
    return answers
}

const request = (host, body) =>
    `POST /fetch_rtc_token HTTP/1.1\r\nhost: ${host}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`

/** The answers that are complete: status, headers by their names in lower case, and text. */
function parsed(bytes) {
    const answers = []
    for (;;) {
        const end = bytes.indexOf('\r\n\r\n')
        if (end < 0) return answers
        const [first, ...lines] = bytes.subarray(0, end).toString().split('\r\n')
        const headers = Object.fromEntries(
            lines.map(line => {
                const colon = line.indexOf(':')
                return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
            }),
        )
        const length = end + 4 + Number(headers['content-length'])
        if (!(bytes.length >= length)) return answers
        answers.push({ status: Number(first.split(' ')[1]), headers, text: bytes.subarray(end + 4, length).toString() })
        bytes = bytes.subarray(length)
    }
}
