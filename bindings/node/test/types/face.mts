// Compiled, never run: what the declarations allow, and, marked, what they must not.

import agora, {
    ANY_CHANNEL,
    ANY_USER,
    AccessToken,
    AccessToken2,
    AgoraTokenError,
    ErrorCode,
    FindingCode,
    Grant,
    Issuer,
    RtcRole,
    RtcTokenBuilder,
    Rtm2Permissions,
    RtmTokenBuilder,
    ServiceRtc,
    ServiceRtm2,
    diagnose,
    inspect,
    verify,
} from 'agora-token-native'
import type {
    AccessToken2Document,
    Attempt,
    ErrorCodeName,
    Finding,
    IssuedToken,
    Service,
    VerifyOptions,
} from 'agora-token-native'

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

verify(token, id, { service: ServiceRtc.type, privilege: ServiceRtc.kPrivilegeJoinChannel })

const issuer = new Issuer(id, id)
const everybody = Grant.rtc({ channel: ANY_CHANNEL, user: ANY_USER, role: RtcRole.SUBSCRIBER })
const issued: IssuedToken = issuer.issue(everybody)
const times: number = issued.issuedAt + issued.expiresAt + issued.refreshAfter
const grants: Grant[] = [
    Grant.rtc({ channel: 'room', user: 42, role: RtcRole.PUBLISHER, lifetime: 600, publishLifetime: 60 }),
    Grant.rtm({ user: 'alice', permissions, lifetimeLongerThanADay: 172_800, allowLongToken: true }),
    Grant.chat({ user: 'alice' }),
    Grant.rtcRtm({ channel: 'room', user: 'alice', role: 1, permissions }),
    Grant.rtcRtmChat({ channel: 'room', user: 42, role: 2 }),
]
// @ts-expect-error a grant of a channel needs a role
Grant.rtc({ channel: 'room', user: 42 })
// @ts-expect-error roles of 006 are none here
Grant.rtc({ channel: 'room', user: 42, role: 101 })
// @ts-expect-error a text is no lifetime
Grant.rtc({ channel: 'room', user: 42, role: 1, lifetime: '3600' })
// @ts-expect-error messaging is for one user
Grant.rtm({ user: ANY_USER })
// @ts-expect-error messaging is for one user, also beside a channel
Grant.rtcRtm({ channel: 'room', user: ANY_USER, role: 1 })
// @ts-expect-error Chat has no channel
Grant.chat({ user: 'alice', channel: 'room' })
// @ts-expect-error any user has one name
Grant.rtc({ channel: 'room', user: ANY_CHANNEL, role: 1 })
// @ts-expect-error a grant is made by name
new Grant()
// @ts-expect-error an object is no grant
issuer.issue({})
// @ts-expect-error what was issued cannot be changed
issued.token = ''

const query: { uid?: number } = {}
const attempt: Attempt = { uid: query.uid, service: ServiceRtc.type, at: new Date(), error: 110, certificates: [id] }
const first: Finding | undefined = diagnose(token, attempt).findings[0]
const isExpired: boolean = first?.code === FindingCode.TOKEN_EXPIRED && first.severity === 'error'
// @ts-expect-error a uid is a number
diagnose(token, { uid: '42' })
// @ts-expect-error a finding that does not exist
void FindingCode.TOKEN_EXPIERD

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
void [times, grants, isExpired]
