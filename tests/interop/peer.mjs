// The official npm package: its builders by our names, its objects from descriptions, and these as our documents.

import { isUtf8 } from 'node:buffer'
import { inflateSync } from 'node:zlib'

import agora from 'agora-token'
import accessToken from 'agora-token/src/AccessToken.js'
import accessToken2 from 'agora-token/src/AccessToken2.js'
import rtc006 from 'agora-token/src/RtcTokenBuilder.js'
import rtm006 from 'agora-token/src/RtmTokenBuilder.js'

import { PERMISSIONS, PRIVILEGES_006, RESOURCES, SERVICES } from './services.mjs'

const { AccessToken } = accessToken
const { AccessToken2 } = accessToken2
const method =
    (Class, name) =>
    (...args) =>
        Class[name](...args)

/** The official twin of each of our builders. The arguments are the same, in the same order. */
export const BUILDERS = {
    agora_build_token_with_uid: method(rtc006.RtcTokenBuilder, 'buildTokenWithUid'),
    agora_build_token_with_user_account: method(rtc006.RtcTokenBuilder, 'buildTokenWithAccount'),
    agora_build_rtm_token: method(rtm006.RtmTokenBuilder, 'buildToken'),
    agora_build_token2_with_uid: method(agora.RtcTokenBuilder, 'buildTokenWithUid'),
    agora_build_token2_with_user_account: method(agora.RtcTokenBuilder, 'buildTokenWithUserAccount'),
    agora_build_token2_with_uid_and_privilege: method(agora.RtcTokenBuilder, 'buildTokenWithUidAndPrivilege'),
    agora_build_token2_with_user_account_and_privilege: method(
        agora.RtcTokenBuilder,
        'BuildTokenWithUserAccountAndPrivilege',
    ),
    agora_build_token2_with_rtm: method(agora.RtcTokenBuilder, 'buildTokenWithRtm'),
    agora_build_token2_with_rtm2: method(agora.RtcTokenBuilder, 'buildTokenWithRtm2'),
    agora_build_rtm_token2: method(agora.RtmTokenBuilder, 'buildToken'),
    agora_build_rtm_token2_with_permissions: (appId, certificate, userId, pairs, expire) =>
        agora.RtmTokenBuilder.buildTokenWithPermissions(appId, certificate, userId, permissions(pairs), expire),
    agora_build_chat_user_token2: method(agora.ChatTokenBuilder, 'buildUserToken'),
    agora_build_chat_app_token2: method(agora.ChatTokenBuilder, 'buildAppToken'),
    agora_build_fpa_token2: method(agora.FpaTokenBuilder, 'buildToken'),
    agora_build_apaas_room_user_token2: method(agora.ApaasTokenBuilder, 'buildRoomUserToken'),
    agora_build_apaas_user_token2: method(agora.ApaasTokenBuilder, 'buildUserToken'),
    agora_build_apaas_app_token2: method(agora.ApaasTokenBuilder, 'buildAppToken'),
    agora_build_education_room_user_token2: method(agora.EducationTokenBuilder, 'buildRoomUserToken'),
    agora_build_education_user_token2: method(agora.EducationTokenBuilder, 'buildUserToken'),
    agora_build_education_app_token2: method(agora.EducationTokenBuilder, 'buildAppToken'),
    agora_build_convo_ai_token2: method(agora.ConvoAITokenBuilder, 'buildToken'),
    agora_build_stt_token2: method(agora.SttTokenBuilder, 'buildToken'),
}

function permissions(pairs) {
    const set = new agora.Rtm2Permissions()
    for (const [resourceType, permissionType, resources] of pairs) {
        set.add(
            resourceType,
            permissionType,
            resources.map(hex => Buffer.from(hex, 'hex')),
        )
    }
    return set
}

/** An official AccessToken2 from what our `access_token2` takes. */
export function describe2(appId, certificate, issueTs, expire, salt, services) {
    const token = new AccessToken2(appId, certificate, issueTs, expire)
    Object.assign(token, { issueTs, salt })
    for (const description of services) {
        const { Class, texts } = SERVICES.find(({ abiName }) => abiName === description.type)
        const service = new Class()
        texts.forEach(([, field], index) => (service[field] = Buffer.from(description.texts[index], 'hex')))
        if ('role' in description) service.__role = description.role
        if ('permissions' in description) service.__permissions = permissions(description.permissions)
        for (const [privilege, seconds] of description.privileges) service.add_privilege(privilege, seconds)
        token.add_service(service)
    }
    return token
}

/** What the official reader makes of a 007 token, or null when it refuses it. */
export function parse2(token) {
    const parsed = new AccessToken2('', '', 0, 0)
    return parsed.from_string(token) ? parsed : null
}

/** The signed bytes and their signature: what two equal tokens share, whoever compressed them. */
export function payload(token) {
    return inflateSync(Buffer.from(token.slice(3), 'base64'))
}

/** A read token, signed and packed again by the official writer. */
export function rebuild2(parsed, certificate, differences) {
    const again = new AccessToken2(parsed.appId, certificate, parsed.issueTs, parsed.expire)
    Object.assign(again, { issueTs: parsed.issueTs, salt: parsed.salt })
    for (const service of parsed.services) {
        if ('__role' in service) service.__role = signedRole(service.__role, differences)
        again.add_service(service)
    }
    return again.build()
}

/** The document of a 007 token that the official reader has read. */
export function document2(parsed, differences) {
    return {
        version: '007',
        ...text('appId', parsed.appId),
        issuedAt: parsed.issueTs,
        expiresIn: parsed.expire,
        expiresAt: parsed.issueTs + parsed.expire,
        salt: parsed.salt,
        signature: parsed.__signature.toString('hex'),
        services: parsed.services.map(service => serviceDocument(service, differences)),
        complete: true,
        unreadBytes: 0,
    }
}

function serviceDocument(service, differences) {
    const { type, name, privileges, texts } = SERVICES.find(({ Class }) => service instanceof Class)
    const document = { type, name, privileges: named(service.__privileges, number => privileges[number - 1]) }
    for (const [key, field] of texts) Object.assign(document, text(key, service[field]))
    if ('__role' in service) document.role = signedRole(service.__role, differences)
    if ('__permissions' in service) {
        const inner = map => named(map, number => PERMISSIONS[number])
        const entries = Object.entries(service.__permissions.details).map(([resource, map]) => [resource, inner(map)])
        document.permissions = named(Object.fromEntries(entries), number => RESOURCES[number])
    }
    return document
}

function signedRole(role, differences) {
    if (role < 0x8000) return role
    differences.saw('reads a negative APaaS role as a positive one')
    return role - 0x10000
}

/** What the official reader makes of a 006 token, or null when it refuses it. It prints why, which nobody needs. */
export function parse(token) {
    const parsed = new AccessToken('', '', '', '')
    const print = console.log
    console.log = () => {}
    try {
        return parsed.fromString(token) ? parsed : null
    } finally {
        console.log = print
    }
}

/** A 006 token from the official writer; privileges are [[number, Unix seconds], ...]. */
export function build(appId, certificate, channel, account, salt, expiresAt, privileges) {
    const token = new AccessToken(appId, certificate, channel, account)
    Object.assign(token, { salt, ts: expiresAt })
    for (const [privilege, expiredTs] of privileges) token.addPriviledge(privilege, expiredTs)
    return token.build()
}

/** The document of a 006 token that the official reader has read. */
export function document(parsed) {
    return {
        version: '006',
        appId: parsed.appID,
        salt: parsed.salt,
        expiresAt: parsed.ts,
        channelCrc: parsed.crc_channel_name,
        userCrc: parsed.crc_uid,
        signature: parsed.signature.toString('hex'),
        privileges: named(parsed.messages, number => PRIVILEGES_006[number]),
    }
}

function named(map, name) {
    return Object.fromEntries(Object.entries(map).map(([number, value]) => [name(number) ?? number, value]))
}

function text(name, bytes) {
    return isUtf8(bytes) ? { [name]: bytes.toString() } : { [name]: null, [`${name}Hex`]: bytes.toString('hex') }
}
