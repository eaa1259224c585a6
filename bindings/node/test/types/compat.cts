// Compiled, never run: the official names for `require`.

import agora = require('agora-token-native')
import compat = require('agora-token-native/compat')
import low = require('agora-token-native/compat/src/AccessToken2')
import old = require('agora-token-native/compat/src/RtcTokenBuilder.js')

const id = 'id'
const strict: string = agora.RtcTokenBuilder.buildTokenWithUid(id, id, 'room', 42, agora.RtcRole.PUBLISHER, 3600)
const lenient: string = compat.RtcTokenBuilder.buildTokenWithUid(id, id, 'room', '42', compat.RtcRole.PUBLISHER, '3600')
const older: string = old.RtcTokenBuilder.buildTokenWithAccount(id, id, 'room', 'alice', old.Role.ATTENDEE, 1.5)

const token = new low.AccessToken2(id, id, 0, 3600)
const service = new low.ServiceRtc('room', 42)
service.add_privilege(low.ServiceRtc.kPrivilegeJoinChannel, 60)
token.add_service(service)
const read: boolean = token.from_string(token.build()) && token.verifySignature(id)
const names: string[] = token.getServices(low.kRtcServiceType).map(one => String(one.service_type()))

// @ts-expect-error snake_case is compat's alone
new agora.AccessToken2(id, id).add_service(service)
// @ts-expect-error and an object is no user there either
compat.RtcTokenBuilder.buildTokenWithUid(id, id, 'room', {}, 1, 3600)

void [strict, lenient, older, read, names]
