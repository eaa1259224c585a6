// What a granted token holds, as the official package reads it and would have made it.

import assert from 'node:assert/strict'
import { inflateSync } from 'node:zlib'

import official from 'agora-token/src/AccessToken2.js'

const { AccessToken2, ServiceRtc, kRtcServiceType } = official

/** Of the official test suites, and the only credentials in this repository. */
export const APP_ID = '970CA35de60c44645bbae8a215061b33'
export const APP_CERTIFICATE = '5CFd2fd1755d40ecb72977518be15d3b'

/** The privileges of each role, by their numbers. */
const PRIVILEGES = { 1: [1, 2, 3, 4], 2: [1] }

/** Text that begins as every token does: what is compressed, or an App ID. */
const TOKEN = /007eJ[A-Za-z0-9+/]{20}|006[0-9A-Fa-f]{32}/

/** Says so without showing it. */
export function assertHoldsNoSecret(text) {
    assert.ok(!TOKEN.test(text), 'it holds a token')
    assert.ok(!text.toLowerCase().includes(APP_CERTIFICATE.toLowerCase()), 'it holds the certificate')
}

/** The signed bytes with their signature: what two equal tokens share, whoever compressed them. */
const payload = token => inflateSync(Buffer.from(token.slice(3), 'base64'))

/**
 * The token grants the user this role in the channel, for `lifetime` seconds from a moment between `earliest` and
 * `latest`, Unix seconds; nothing else; and the certificate signed it.
 */
export function assertToken(token, { uid, channel, role, lifetime, earliest, latest, certificate = APP_CERTIFICATE }) {
    const parsed = new AccessToken2('', '', 0, 0)
    assert.ok(parsed.from_string(token), 'the official package cannot read it')
    assert.equal(parsed.appId.toString(), APP_ID, 'the project')
    assert.deepEqual(
        parsed.services.map(service => service.service_type()),
        [kRtcServiceType],
        'the services',
    )
    const [service] = parsed.services
    assert.equal(service.__channel_name.toString(), channel, 'the channel')
    assert.equal(service.__uid.toString(), String(uid), 'the user')
    const privileges = Object.fromEntries(PRIVILEGES[role].map(privilege => [privilege, lifetime]))
    assert.deepEqual({ ...service.__privileges }, privileges, 'the privileges')
    assert.equal(parsed.expire, lifetime, 'the lifetime')
    assert.ok(earliest <= parsed.issueTs && parsed.issueTs <= latest, 'the time of issue')

    const twin = new AccessToken2(APP_ID, certificate, parsed.issueTs, lifetime)
    Object.assign(twin, { issueTs: parsed.issueTs, salt: parsed.salt })
    const rtc = new ServiceRtc(channel, uid)
    for (const privilege of PRIVILEGES[role]) rtc.add_privilege(privilege, lifetime)
    twin.add_service(rtc)
    assert.deepEqual(payload(token), payload(twin.build()), 'the official package signs otherwise')
}
