// Compiled, never run: what the declarations allow, and, marked, what they must not.

import agora, {
  AccessToken,
  AccessToken2,
  AgoraTokenError,
  ErrorCode,
  RtcRole,
  RtcTokenBuilder,
  Rtm2Permissions,
  RtmTokenBuilder,
  ServiceRtc,
  ServiceRtm2,
  inspect,
  verify,
} from 'agora-token-native'
import type { AccessToken2Document, ErrorCodeName, Service, VerifyOptions } from 'agora-token-native'

const id = 'id'
const token: string = RtcTokenBuilder.buildTokenWithUid(id, id, 'room', 42, RtcRole.PUBLISHER, 3600)
const withPrivilege: string = RtcTokenBuilder.buildTokenWithUid(id, id, 'room', 42, 1, 3600, 600)
const capital: string = RtcTokenBuilder.BuildTokenWithUserAccountAndPrivilege(id, id, 'room', 'a', 1, 2, 3, 4, 5)
const same: typeof RtcTokenBuilder = agora.RtcTokenBuilder

// @ts-expect-error a uid is a number
RtcTokenBuilder.buildTokenWithUid(id, id, 'room', '42', 1, 3600)
// @ts-expect-error an account is a string
RtcTokenBuilder.buildTokenWithUserAccount(id, id, 'room', 42, 1, 3600)
// @ts-expect-error a BigInt is no uid
RtcTokenBuilder.buildTokenWithUid(id, id, 'room', 42n, 1, 3600)
// @ts-expect-error the lifetime has no default
RtcTokenBuilder.buildTokenWithUid(id, id, 'room', 42, 1)
// @ts-expect-error null is nothing
RtcTokenBuilder.buildTokenWithUid(id, id, null, 42, 1, 3600)
// @ts-expect-error a builder has no instances
new RtcTokenBuilder()
// @ts-expect-error a service is one of the ten
const abstract: Service = new (null as unknown as typeof Service)()
// @ts-expect-error an option that does not exist
verify(token, id, { chanelName: 'room' })
// @ts-expect-error a code that does not exist
const wrong: ErrorCodeName = 'INVALID_APPID'
// @ts-expect-error what was read cannot be changed
AccessToken2.parse(token).expire = 1

const permissions = new Rtm2Permissions()
permissions.add(Rtm2Permissions.kUsers, Rtm2Permissions.kRead, ['alice', new Uint8Array([255])])
const login: string = RtmTokenBuilder.buildTokenWithPermissions(id, id, 'alice', permissions, 60)

const built: AccessToken2 = new AccessToken2(id, id, 0, 3600).addService(
  new ServiceRtc('room', 42).addPrivilege(ServiceRtc.kPrivilegeJoinChannel, 60),
)
built.salt = 7
built.addService(new ServiceRtm2('alice'))
const document: AccessToken2Document = built.toJSON()
const read = AccessToken2.parse(built.build())
const service: Service | undefined = read.services[0]
if (service instanceof ServiceRtc) {
  const channel: string | Uint8Array = service.channelName
  void channel
}
const valid: boolean = read.verifySignature(id)
const old: boolean = AccessToken.parse(token).verifySignature(id, 'room', 42)

const options: VerifyOptions = { now: new Date(), leeway: 10, channelName: 'room', uid: 42 }
const verdict = verify(token, [id, id], options)
if (!verdict.valid) {
  const code: ErrorCodeName | undefined = verdict.refusals[0]?.code
  void code
}

const decoded = inspect(token)
// The version tells the two generations apart.
const issuedAt: number = decoded.version === '007' ? decoded.issuedAt : decoded.expiresAt
// @ts-expect-error only 007 has it
void decoded.issuedAt

try {
  built.build()
} catch (error) {
  if (error instanceof AgoraTokenError) {
    const number: number = ErrorCode[error.code]
    const told: string = `${error.field} ${error.message} ${number === error.number}`
    void told
  }
}

void [token, withPrivilege, capital, same, abstract, wrong, login, document, valid, old, issuedAt]
