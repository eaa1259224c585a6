// What is left out: every argument with a default is left out, given as the default, and given as something else.

import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'

import * as face from 'agora-token-native'
import * as compat from 'agora-token-native/compat'

import {
    APP_CERTIFICATE,
    APP_ID,
    COMPAT_DECLARATIONS,
    CREDENTIALS,
    DECLARATIONS,
    content,
    declarations,
    outcome,
    read,
} from './support.mjs'

const require = createRequire(import.meta.url)
const low = require('agora-token-native/compat/src/AccessToken2')
const { RtcTokenBuilder: Rtc006 } = require('agora-token-native/compat/src/RtcTokenBuilder')
const { RtmTokenBuilder: Rtm006 } = require('agora-token-native/compat/src/RtmTokenBuilder')

const NOW = Math.floor(Date.now() / 1000)
const IDS = [APP_ID, APP_CERTIFICATE]
const OTHER = '0'.repeat(32)
const FOUR = ['joinChannel', 'pubAudio', 'pubVideo', 'pubDataStream'].map(name => `${name}PrivilegeExpire`)

/** Permissions with an entry. */
function filled(Permissions) {
    const permissions = new Permissions()
    permissions.add(0, 0, ['a'])
    return permissions
}

const compatToken = service => {
    const token = new low.AccessToken2(...IDS, 0, 60)
    token.add_service(service)
    return content(token.build())
}
const faceToken = service => content(new face.AccessToken2(...IDS).addService(service).build())
/** What a token says, its issue time as that of a token made now or as it is. */
function withTime(token) {
    if (token === '') return ''
    const { issuedAt, expiresIn } = face.inspect(token)
    return [Math.abs(issuedAt - NOW) < 3600 ? 'now' : issuedAt, expiresIn]
}
function compatTimes(...args) {
    const token = new low.AccessToken2(...IDS, ...args)
    token.add_service(new low.ServiceFpa())
    return withTime(token.build())
}
const faceTimes = (...args) =>
    withTime(new face.AccessToken2(...IDS, ...args).addService(new face.ServiceFpa()).build())

const by =
    (Class, method) =>
    (...args) =>
        content(Class[method](...IDS, ...args))
/** A token that is over. */
const late = new face.AccessToken2(...IDS, 1, 1).addService(new face.ServiceFpa()).build()
/** What an issuer puts into a token of its own, in tens of seconds. */
const claims = issuer => {
    const { token, issuedAt } = issuer.issue({ uid: 42, rtm: true })
    return [face.inspect(token).appId, Math.floor(issuedAt / 10)]
}
const OTHER_ENV = { AGORA_APP_ID: '1'.repeat(32), AGORA_APP_CERTIFICATE: APP_CERTIFICATE }
Object.assign(process.env, { AGORA_APP_ID: IDS[0], AGORA_APP_CERTIFICATE: APP_CERTIFICATE })
const rtc = ['room', 'alice', 1, 3600]
const two = ['room', 'alice', 1, 3600, 1, 2, 3, 4, 'bob', 600]

/** By the declaration: what is called, with all of its arguments, and by name the place and the default of each. */
const CALLS = {
    face: {
        'RtcTokenBuilder.buildTokenWithUid': [
            by(face.RtcTokenBuilder, 'buildTokenWithUid'),
            ['room', 42, 1, 3600, 60],
            { privilegeExpire: [4, 0] },
        ],
        'RtcTokenBuilder.buildTokenWithUserAccount': [
            by(face.RtcTokenBuilder, 'buildTokenWithUserAccount'),
            [...rtc, 60],
            { privilegeExpire: [4, 0] },
        ],
        'RtcTokenBuilder.buildTokenWithRtm': [
            by(face.RtcTokenBuilder, 'buildTokenWithRtm'),
            [...rtc, 60],
            { privilegeExpire: [4, 0] },
        ],
        'RtcTokenBuilder006.buildTokenWithUid': [
            by(face.RtcTokenBuilder006, 'buildTokenWithUid'),
            ['room', 42, 1, NOW + 60],
            { privilegeExpiredTs: [3, 0] },
        ],
        'RtcTokenBuilder006.buildTokenWithUserAccount': [
            by(face.RtcTokenBuilder006, 'buildTokenWithUserAccount'),
            ['room', 'alice', 1, NOW + 60],
            { privilegeExpiredTs: [3, 0] },
        ],
        'RtcTokenBuilder006.buildTokenWithAccount': [
            by(face.RtcTokenBuilder006, 'buildTokenWithAccount'),
            ['room', 'alice', 1, NOW + 60],
            { privilegeExpiredTs: [3, 0] },
        ],
        'RtmTokenBuilder006.buildToken': [
            by(face.RtmTokenBuilder006, 'buildToken'),
            ['alice', 1, NOW + 60],
            { privilegeExpiredTs: [2, 0] },
        ],
        'AccessToken2.constructor': [faceTimes, [1, 901], { issueTs: [0, 0], expire: [1, 900] }],
        'Credentials.fromEnv': [env => face.Credentials.fromEnv(env).appId, [OTHER_ENV], { env: [0, process.env] }],
        'Issuer.constructor': [
            (...args) => claims(new face.Issuer(new face.Credentials(CREDENTIALS), ...args)),
            [{ clock: 1_700_000_000 }],
            { sources: [0, {}] },
        ],
        'Issuer.fromEnv': [
            (...args) => claims(face.Issuer.fromEnv(...args)),
            [{ clock: 1_700_000_000 }, OTHER_ENV],
            { sources: [0, {}], env: [1, process.env] },
        ],
        'Verifier.constructor': [
            (...args) => new face.Verifier(new face.Credentials(CREDENTIALS), ...args).verdict(late).valid,
            [{ ignoreTime: true }],
            { more: [0, {}] },
        ],
        'Verifier.fromEnv': [
            (...args) => {
                const verifier = face.Verifier.fromEnv(...args)
                return [verifier.appId, verifier.verdict(late).refusals.length]
            },
            [{ clock: 1 }, OTHER_ENV],
            { more: [0, {}], env: [1, process.env] },
        ],
        'ServiceChat.constructor': [
            (...args) => faceToken(new face.ServiceChat(...args)),
            ['alice'],
            { userId: [0, ''] },
        ],
        'ServiceApaas.constructor': [
            (...args) => faceToken(new face.ServiceApaas(...args)),
            ['class', 'alice', 0],
            { roomUuid: [0, ''], userUuid: [1, ''], role: [2, -1] },
        ],
        'ServiceRtm2.constructor': [
            (...args) => faceToken(new face.ServiceRtm2(...args)),
            ['alice', filled(face.Rtm2Permissions)],
            { permissions: [1, new face.Rtm2Permissions()] },
        ],
    },
    compat: {
        ...Object.fromEntries(
            ['buildTokenWithUid', 'buildTokenWithUserAccount', 'buildTokenWithRtm'].map(method => [
                `RtcTokenBuilder.${method}`,
                [by(compat.RtcTokenBuilder, method), [...rtc, 60], { privilegeExpire: [4, 0] }],
            ]),
        ),
        ...Object.fromEntries(
            ['buildTokenWithUidAndPrivilege', 'BuildTokenWithUserAccountAndPrivilege'].map(method => [
                `RtcTokenBuilder.${method}`,
                [
                    by(compat.RtcTokenBuilder, method),
                    ['room', 'alice', 3600, 1, 2, 3, 4],
                    Object.fromEntries(FOUR.map((name, index) => [name, [3 + index, 0]])),
                ],
            ]),
        ),
        ...Object.fromEntries(
            ['RtcTokenBuilder.buildTokenWithRtm2', 'ConvoAITokenBuilder.buildToken', 'SttTokenBuilder.buildToken'].map(
                path => [
                    path,
                    [
                        by(compat[path.split('.')[0]], path.split('.')[1]),
                        two,
                        Object.fromEntries(FOUR.map((name, index) => [name, [4 + index, 0]])),
                    ],
                ],
            ),
        ),
        ...Object.fromEntries(
            ['ApaasTokenBuilder', 'EducationTokenBuilder'].map(name => [
                `${name}.buildRoomUserToken`,
                [by(compat[name], 'buildRoomUserToken'), ['class', 'alice', 0, 60], { role: [2, -1] }],
            ]),
        ),
        'RtcTokenBuilder006.buildTokenWithUid': [
            by(Rtc006, 'buildTokenWithUid'),
            ['room', 42, 1, NOW + 60],
            { privilegeExpiredTs: [3, 0] },
        ],
        'RtcTokenBuilder006.buildTokenWithAccount': [
            by(Rtc006, 'buildTokenWithAccount'),
            ['room', 'alice', 1, NOW + 60],
            { privilegeExpiredTs: [3, 0] },
        ],
        'RtmTokenBuilder006.buildToken': [
            by(Rtm006, 'buildToken'),
            ['alice', 1, NOW + 60],
            { privilegeExpiredTs: [2, 0] },
        ],
        // Without a lifetime no token can be built.
        'AccessToken2.constructor': [compatTimes, [1, 901], { issueTs: [0, 0], expire: [1, NaN] }],
        'ServiceRtm.constructor': [
            (...args) => compatToken(new low.ServiceRtm(...args)),
            ['alice'],
            { user_id: [0, ''] },
        ],
        'ServiceStreaming.constructor': [
            (...args) => compatToken(new low.ServiceStreaming(...args)),
            ['room', 'alice'],
            { channelName: [0, ''], account: [1, ''] },
        ],
        'ServiceChat.constructor': [
            (...args) => compatToken(new low.ServiceChat(...args)),
            ['alice'],
            { user_id: [0, ''] },
        ],
        'ServiceFCdn.constructor': [
            (...args) => compatToken(new low.ServiceFCdn(...args)),
            ['room', 'alice'],
            { channelName: [0, ''], account: [1, ''] },
        ],
        'ServiceApaas.constructor': [
            (...args) => compatToken(new low.ServiceApaas(...args)),
            ['class', 'alice', 0],
            { roomUuid: [0, ''], userUuid: [1, ''], role: [2, -1] },
        ],
        'ServiceRtm2.constructor': [
            (...args) => compatToken(new low.ServiceRtm2(...args)),
            ['alice', filled(low.Rtm2Permissions)],
            { userId: [0, ''], permissions: [1, new low.Rtm2Permissions()] },
        ],
    },
}

test('what is left out is the default', t => {
    let count = 0
    for (const [side, calls] of Object.entries(CALLS)) {
        for (const [path, [call, args, defaults]] of Object.entries(calls)) {
            const given = call(...args)
            for (const [name, [place, value]] of Object.entries(defaults)) {
                const what = `${side} ${path} ${name}`
                const withDefault = call(...args.with(place, value))
                assert.notDeepEqual(withDefault, given, `${what} makes a difference`)
                assert.deepEqual(call(...args.with(place, undefined)), withDefault, what)
                count++
            }
            // Those at the end may be left out altogether.
            const places = Object.values(defaults).map(([place]) => place)
            for (let end = args.length; places.includes(end - 1); end--) {
                const rest = args.map((arg, place) => (place < end - 1 ? arg : undefined))
                assert.deepEqual(call(...args.slice(0, end - 1)), call(...rest), `${side} ${path} ${end}`)
            }
        }
    }
    t.diagnostic(`${count} defaults`)
})

/** The parameters that files of declarations let be left out, by class and method. */
function optional(files) {
    const found = {}
    const aliases = {}
    const parents = {}
    const classes = declarations(files).matchAll(
        /^export declare (?:abstract )?class (\w+)(?: extends (\w+))? \{(\}$|.*?^\}$)/gms,
    )
    for (const [, Class, parent, body] of classes) {
        if (parent) parents[Class] = parent
        for (const [, method, parameters] of body.matchAll(/^ {4}(?:static )?(\w+)\(([^)]*)\)/gms)) {
            const names = [...parameters.matchAll(/(\w+)(\?: |: [^,]*\| undefined)/g)].map(([, name]) => name)
            if (names.length > 0) found[`${Class}.${method}`] = names
        }
        for (const [, method, of] of body.matchAll(/^ {4}static (\w+): typeof ([\w.]+)$/gm)) {
            aliases[`${Class}.${method}`] = of
        }
    }
    for (const [path, of] of Object.entries(aliases)) if (of in found) found[path] = found[of]
    for (const [Class, parent] of Object.entries(parents)) {
        for (const path of Object.keys(found)) {
            const [owner, method] = path.split('.')
            if (owner === parent && method !== 'constructor') found[`${Class}.${method}`] = found[path]
        }
    }
    return found
}

test('every argument that is declared to have a default is in the table', () => {
    const tabled = calls =>
        Object.fromEntries(Object.entries(calls).map(([path, [, , defaults]]) => [path, Object.keys(defaults)]))
    // What is expected has no default: left out nothing is, and `undefined` is refused.
    const { 'Verifier.verify': _, 'Verifier.verdict': __, ...defaults } = optional(DECLARATIONS)
    assert.deepEqual(tabled(CALLS.face), defaults)
    assert.deepEqual(tabled(CALLS.compat), optional(COMPAT_DECLARATIONS))
})

test('an option that is left out is its default', t => {
    const token = face.RtcTokenBuilder.buildTokenWithUid(...IDS, 'room', 42, 1, 3600)
    const listener = face.RtcTokenBuilder.buildTokenWithUid(...IDS, 'room', 42, 2, 3600)
    const codes = verdict => verdict.refusals.map(({ code }) => code)
    const judge = options => codes(new face.Verifier({ ...CREDENTIALS, ...options }).verdict(token))
    const certified = options => codes(new face.Verifier({ appId: APP_ID, ...options }).verdict(token))
    const expect = expected => codes(new face.Verifier(CREDENTIALS).verdict(token, expected))
    const diagnose = options => face.diagnose(listener, options).findings.map(({ code }) => code)
    const shown = options => JSON.stringify(face.diagnose(token, options)).includes('other')
    const issuer = new face.Issuer(CREDENTIALS)
    const room = { channel: 'room', user: 42, role: 1 }
    const grant = options => content(issuer.issue({ ...room, ...options }).token)
    const classroom = options => content(issuer.issue({ services: ['apaas'], user: 42, ...options }).token)
    const times = options => claims(new face.Issuer({ ...CREDENTIALS, ...options }))
    const salt = options => {
        const drawn = new face.Issuer({ ...CREDENTIALS, ...options }).issue(room).token
        return face.inspect(drawn).salt === 7
    }
    const { expiresAt } = face.inspect(token)
    const permissions = new face.Rtm2Permissions()
    permissions.add(
        0,
        0,
        Array.from({ length: 80 }, () => crypto.randomUUID()),
    )
    const long = options => outcome(() => issuer.issue({ ...room, permissions, ...options }))
    const lacking = options => outcome(() => issuer.issue({ user: 42, chat: true, ...options }))
    const certificates = ['appCertificate', 'certificate', 'appCertificates', 'certificates']
    const certificate = name => (name.endsWith('s') ? [OTHER] : OTHER)
    /** The call, what else it is given, the option, its default (if it can be said), and something else. */
    const cases = [
        [judge, {}, 'clock', undefined, 1],
        [judge, { clock: expiresAt }, 'leeway', 0, 1],
        [judge, { clock: 1 }, 'ignoreTime', false, true],
        ...certificates.map(name => [
            certified,
            name === 'certificates' ? { appCertificates: [OTHER] } : { certificates: [OTHER] },
            name,
            undefined,
            name.endsWith('s') ? [APP_CERTIFICATE] : APP_CERTIFICATE,
        ]),
        [expect, {}, 'service', , 2],
        [expect, {}, 'privilege', , 7],
        [expect, {}, 'channel', , 'other'],
        [expect, {}, 'uid', , 7],
        [expect, {}, 'account', , 'other'],
        [expect, {}, 'user', , 'other'],
        [diagnose, {}, 'appId', undefined, OTHER],
        [diagnose, {}, 'channel', undefined, 'other'],
        [diagnose, {}, 'uid', undefined, 7],
        [diagnose, {}, 'account', undefined, 'other'],
        [diagnose, {}, 'user', undefined, 'other'],
        [diagnose, {}, 'service', undefined, 2],
        [diagnose, {}, 'role', undefined, 1],
        [diagnose, {}, 'at', undefined, 1],
        [diagnose, {}, 'sdk', undefined, 'web 2.0.0'],
        [diagnose, {}, 'error', undefined, 110],
        ...certificates.map(name => [diagnose, {}, name, undefined, certificate(name)]),
        [shown, { channel: 'other' }, 'redact', false, true],
        [times, {}, 'clock', undefined, 1_700_000_000],
        [salt, {}, 'salt', undefined, 7],
        [grant, {}, 'lifetime', 3600, 60],
        [grant, {}, 'expiresIn', 3600, 60],
        [grant, {}, 'lifetimeLongerThanADay', undefined, 172_800],
        [grant, {}, 'publishLifetime', 3600, 60],
        [grant, {}, 'publishExpiresIn', 3600, 60],
        [grant, {}, 'permissions', undefined, new face.Rtm2Permissions()],
        [grant, {}, 'rtm', false, true],
        [grant, {}, 'chat', false, true],
        [grant, {}, 'services', undefined, ['streaming']],
        [lacking, {}, 'channel', undefined, 'room'],
        [lacking, {}, 'role', undefined, 1],
        [classroom, {}, 'roomUuid', undefined, 'class'],
        [classroom, { roomUuid: 'class' }, 'roomRole', -1, 3],
        [long, {}, 'allowLongToken', false, true],
    ]
    for (const [call, context, name, value, other] of cases) {
        const without = call(context)
        // A verifier takes no question for one that was left open.
        if (call !== expect) assert.deepEqual(without, call({ ...context, [name]: value }), name)
        assert.notDeepEqual(without, call({ ...context, [name]: other }), `${name} makes a difference`)
    }
    // The lists are those of the declarations.
    const names = call => cases.filter(([each]) => each === call).map(([, , name]) => name)
    const declared = (...interfaces) =>
        interfaces.flatMap(name => {
            const [, body] = new RegExp(`^export interface ${name}(?: extends [\\w, ]+)? \\{(.*?)^\\}$`, 'ms').exec(
                read('bindings/node/index.d.ts'),
            )
            return [...body.matchAll(/^ {4}(\w+)\?:/gm)].map(([, option]) => option)
        })
    const lists = {
        VerifierOptions: [judge, certified],
        Expected: [expect],
        Attempt: [diagnose, shown],
        Sources: [times, salt],
        GrantTemplate: [grant, long, lacking, classroom],
    }
    for (const [name, calls] of Object.entries(lists)) {
        assert.deepEqual(calls.flatMap(names).sort(), declared(name).sort(), name)
    }
    t.diagnostic(`${cases.length} options`)
})
