// Compiled, never run: what the declarations allow, and, marked, what they must not.

import agora, {
    AccessToken,
    AccessToken2,
    AgoraTokenError,
    Channel,
    ConfigurationError,
    Credentials,
    ErrorCode,
    FindingCode,
    Grant,
    Issuer,
    Role,
    RtcRole,
    RtcTokenBuilder,
    Rtm2Permissions,
    RtmTokenBuilder,
    ServiceRtc,
    ServiceRtm2,
    User,
    VerificationError,
    Verifier,
    diagnose,
    inspect,
} from 'agora-token-native'
import type {
    AccessToken2Document,
    Attempt,
    ErrorCodeName,
    Expected,
    Fault,
    Finding,
    GrantOptions,
    IssuedRow,
    IssuedToken,
    Service,
    VerifierOptions,
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

// Options that are not said may be undefined; a question may not.
const { LEEWAY }: { LEEWAY?: number } = {}
const options: VerifierOptions = { appId: id, certificates: [id, id], leeway: LEEWAY, clock: new Date() }
const verifier = new Verifier(options)
const expected: Expected = { channel: 'room', uid: 42, service: 'rtc', privilege: ServiceRtc.kPrivilegeJoinChannel }
const verdict = verifier.verdict(token, expected)
if (!verdict.valid) {
    const code: ErrorCodeName | undefined = verdict.refusals[0]?.code
    void code
}
verifier.verify(token, { channel: Channel.named('room'), user: User.ANY })
new Verifier(Credentials.fromEnv(), { certificates: [id], clock: () => 1_700_000_000 })
// @ts-expect-error a question that was left open
verifier.verify(token, { uid: undefined })
// @ts-expect-error an option that does not exist
verifier.verify(token, { chanelName: 'room' })
// @ts-expect-error a service that does not exist
verifier.verify(token, { service: 'rtcc' })
// @ts-expect-error two texts are soon swapped
new Verifier(id, id)
// @ts-expect-error without the project
new Verifier({ appCertificate: id })

const issuer = new Issuer({ appId: id, appCertificate: id, clock: () => Date.now() / 1000, salt: 7 })
const other: Issuer = new Issuer(new Credentials({ appId: id, appCertificate: id }), { clock: new Date() })
const everybody = new Grant({ channel: Channel.ANY, user: User.ANY, role: RtcRole.SUBSCRIBER })
const issued: IssuedToken = issuer.issue(everybody)
const times: number = issued.issuedAt + issued.expiresAt + issued.refreshAfter
const role: RtcRole = 2
const named: Role = 'publisher'
const grants: GrantOptions[] = [
    { channel: 'room', uid: 42, role: Role.PUBLISHER, lifetime: 600, publishLifetime: 60 },
    { channel: 'room', account: 'alice', role, expiresIn: LEEWAY, rtm: true, chat: true },
    { user: User.from(JSON.parse('"42"')), rtm: true, permissions, lifetimeLongerThanADay: 172_800 },
    { user: 'alice', services: ['apaas', 10], roomUuid: 'class', roomRole: 1, allowLongToken: true },
    { channel: 'room', user: 42, role: named },
]
const byService: Grant[] = [
    Grant.rtc({ channel: 'room', uid: 42, role: named, lifetime: 600, publishLifetime: 60 }),
    Grant.rtm({ account: 'alice', permissions }),
    Grant.chat({ user: User.uid(42), expiresIn: LEEWAY }),
    Grant.rtcRtm({ channel: Channel.ANY, user: 'alice', role, permissions }),
    Grant.rtcRtmChat({ channel: 'room', uid: 42, role, lifetimeLongerThanADay: 172_800 }),
]
const rows: Promise<IssuedRow[]> = issuer.issueMany([...grants, ...byService])
for (const row of await issuer.issueMany([42, 'alice', User.uid(7)], { channel: 'hall', role: 'subscriber' })) {
    if (row.error) {
        const reason: string = row.error.reason
        void reason
    } else {
        const text: string = row.token
        void text
    }
}
// @ts-expect-error two texts are soon swapped
new Issuer(id, id)
// @ts-expect-error an option that does not exist
new Issuer({ appId: id, appCertificate: id, now: 1 })
// @ts-expect-error a uid is a number
issuer.issue({ channel: 'room', uid: '42', role: 1 })
// @ts-expect-error one user, not two
issuer.issue({ channel: 'room', uid: 42, account: 'alice', role: 1 })
// @ts-expect-error a grant needs a user
issuer.issue({ channel: 'room', role: 1 })
// @ts-expect-error roles of 006 are none here
issuer.issue({ channel: 'room', uid: 42, role: 101 })
// @ts-expect-error a text is no lifetime
issuer.issue({ channel: 'room', uid: 42, role: 1, lifetime: '3600' })
// @ts-expect-error any user has one name
issuer.issue({ channel: 'room', user: Channel.ANY, role: 1 })
// @ts-expect-error a template has no user
issuer.issueMany([1], { channel: 'room', role: 1, uid: 42 })
// @ts-expect-error messaging has no channel
Grant.rtm({ channel: 'room', uid: 42 })
// @ts-expect-error a channel needs a role
Grant.rtc({ channel: 'room', uid: 42 })
// @ts-expect-error there is no such role
Grant.rtc({ channel: 'room', uid: 42, role: 'admin' })
// @ts-expect-error the name says which services
Grant.rtc({ channel: 'room', uid: 42, role: 1, chat: true })
// @ts-expect-error a grant is of something
new Grant()
// @ts-expect-error an object is no grant
issuer.issue({})
// @ts-expect-error what was issued cannot be changed
issued.token = ''

const query: { uid?: number } = {}
const attempt: Attempt = { uid: query.uid, service: 'rtc', role: 'publisher', at: new Date(), certificates: [id] }
const first: Finding | undefined = diagnose(token, { ...attempt, error: 110, certificate: id }).findings[0]
const isExpired: boolean = first?.code === FindingCode.TOKEN_EXPIRED && first.severity === 'error'
// @ts-expect-error a uid is a number
diagnose(token, { uid: '42' })
// @ts-expect-error a finding that does not exist
void FindingCode.TOKEN_EXPIERD

const decoded = inspect(token)
const whom: [string | null, string | null, number | null] = [decoded.channel, decoded.user, decoded.uid]
// The version tells the two generations apart, and the name the services.
if (decoded.version === '007') {
    const issuedAt: number = decoded.issuedAt
    for (const service of decoded.services) {
        if (service.name === 'rtc') {
            const channel: string | null = service.channel
            void channel
        } else if (service.name === 'rtm2') {
            void [service.userId, service.permissions['users']]
        }
        // @ts-expect-error not every service has a channel
        void service.channel
    }
    void issuedAt
}
// @ts-expect-error only 007 has it
void decoded.issuedAt

try {
    built.build()
} catch (error) {
    if (error instanceof AgoraTokenError) {
        const number: number = ErrorCode[error.code]
        const fault: Fault = error.fault
        const told: string = `${error.field} ${error.reason} ${number === error.number} ${fault === 'caller'}`
        void told
    }
    if (error instanceof VerificationError) void error.refusals.map(({ service }) => service)
    if (error instanceof ConfigurationError) void error.message
}

void [token, withPrivilege, capital, same, abstract, wrong, login, document, valid, old, other]
void [times, grants, rows, isExpired, whom]
