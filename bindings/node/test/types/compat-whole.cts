// Compiled, never run: the whole of what the official modules declare. A test sees to it that no name is left out.

import index = require('agora-token-native/compat')
import old = require('agora-token-native/compat/src/AccessToken')
import low = require('agora-token-native/compat/src/AccessToken2')
import ApaasTokenBuilder = require('agora-token-native/compat/src/ApaasTokenBuilder')
import ChatTokenBuilder = require('agora-token-native/compat/src/ChatTokenBuilder')
import ConvoAITokenBuilder = require('agora-token-native/compat/src/ConvoAITokenBuilder')
import EducationTokenBuilder = require('agora-token-native/compat/src/EducationTokenBuilder')
import FpaTokenBuilder = require('agora-token-native/compat/src/FpaTokenBuilder')
import RtcTokenBuilder = require('agora-token-native/compat/src/RtcTokenBuilder')
import RtcTokenBuilder2 = require('agora-token-native/compat/src/RtcTokenBuilder2')
import RtmTokenBuilder = require('agora-token-native/compat/src/RtmTokenBuilder')
import RtmTokenBuilder2 = require('agora-token-native/compat/src/RtmTokenBuilder2')
import SttTokenBuilder = require('agora-token-native/compat/src/SttTokenBuilder')

type Text = string | Uint8Array
type Numeric = number | string
type User = number | bigint | Text
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
type Instance<T> = { [K in keyof T]: T[K] }
type Statics<T> = { [K in keyof T as Exclude<K, 'prototype'>]: T[K] }
/** What `new` takes; nothing where it may not be called. */
type New<T> = T extends abstract new (...args: infer P) => unknown ? P : never
declare function expect<_ extends true>(): void

expect<Equal<low.Numeric, Numeric>>()
expect<Equal<low.User, User>>()

// index.ApaasTokenBuilder
expect<
    Equal<
        Statics<typeof index.ApaasTokenBuilder>,
        {
            buildRoomUserToken: (
                appId: string,
                appCertificate: string,
                roomUuid: Text,
                userUuid: User,
                role: Numeric | undefined,
                expire: Numeric,
            ) => string
            buildUserToken: (appId: string, appCertificate: string, userUuid: User, expire: Numeric) => string
            buildAppToken: (appId: string, appCertificate: string, expire: Numeric) => string
        }
    >
>()
expect<Equal<New<typeof index.ApaasTokenBuilder>, never>>()
expect<Equal<Instance<index.ApaasTokenBuilder>, {}>>()

// index.ChatTokenBuilder
expect<
    Equal<
        Statics<typeof index.ChatTokenBuilder>,
        {
            buildUserToken: (appId: string, appCertificate: string, userUuid: User, expire: Numeric) => string
            buildAppToken: (appId: string, appCertificate: string, expire: Numeric) => string
        }
    >
>()
expect<Equal<New<typeof index.ChatTokenBuilder>, never>>()
expect<Equal<Instance<index.ChatTokenBuilder>, {}>>()

// index.ConvoAITokenBuilder
expect<
    Equal<
        Statics<typeof index.ConvoAITokenBuilder>,
        {
            buildToken: (
                appId: string,
                appCertificate: string,
                channelName: Text,
                rtcAccount: User,
                rtcRole: Numeric,
                rtcTokenExpire: Numeric,
                joinChannelPrivilegeExpire: Numeric | undefined,
                pubAudioPrivilegeExpire: Numeric | undefined,
                pubVideoPrivilegeExpire: Numeric | undefined,
                pubDataStreamPrivilegeExpire: Numeric | undefined,
                rtmUserId: User,
                rtmTokenExpire: Numeric,
            ) => string
        }
    >
>()
expect<Equal<New<typeof index.ConvoAITokenBuilder>, never>>()
expect<Equal<Instance<index.ConvoAITokenBuilder>, {}>>()

// index.EducationTokenBuilder
expect<
    Equal<
        Statics<typeof index.EducationTokenBuilder>,
        {
            buildRoomUserToken: (
                appId: string,
                appCertificate: string,
                roomUuid: Text,
                userUuid: User,
                role: Numeric | undefined,
                expire: Numeric,
            ) => string
            buildUserToken: (appId: string, appCertificate: string, userUuid: User, expire: Numeric) => string
            buildAppToken: (appId: string, appCertificate: string, expire: Numeric) => string
        }
    >
>()
expect<Equal<New<typeof index.EducationTokenBuilder>, never>>()
expect<Equal<Instance<index.EducationTokenBuilder>, {}>>()

// index.FpaTokenBuilder
expect<
    Equal<Statics<typeof index.FpaTokenBuilder>, { buildToken: (appId: string, appCertificate: string) => string }>
>()
expect<Equal<New<typeof index.FpaTokenBuilder>, never>>()
expect<Equal<Instance<index.FpaTokenBuilder>, {}>>()

// index.RtcTokenBuilder
expect<
    Equal<
        Statics<typeof index.RtcTokenBuilder>,
        {
            buildTokenWithUid: (
                appId: string,
                appCertificate: string,
                channelName: Text,
                uid: User,
                role: Numeric,
                tokenExpire: Numeric,
                privilegeExpire?: Numeric,
            ) => string
            buildTokenWithUserAccount: (
                appId: string,
                appCertificate: string,
                channelName: Text,
                uid: User,
                role: Numeric,
                tokenExpire: Numeric,
                privilegeExpire?: Numeric,
            ) => string
            buildTokenWithUidAndPrivilege: (
                appId: string,
                appCertificate: string,
                channelName: Text,
                uid: User,
                tokenExpire: Numeric,
                joinChannelPrivilegeExpire?: Numeric,
                pubAudioPrivilegeExpire?: Numeric,
                pubVideoPrivilegeExpire?: Numeric,
                pubDataStreamPrivilegeExpire?: Numeric,
            ) => string
            BuildTokenWithUserAccountAndPrivilege: (
                appId: string,
                appCertificate: string,
                channelName: Text,
                uid: User,
                tokenExpire: Numeric,
                joinChannelPrivilegeExpire?: Numeric,
                pubAudioPrivilegeExpire?: Numeric,
                pubVideoPrivilegeExpire?: Numeric,
                pubDataStreamPrivilegeExpire?: Numeric,
            ) => string
            buildTokenWithRtm: (
                appId: string,
                appCertificate: string,
                channelName: Text,
                uid: User,
                role: Numeric,
                tokenExpire: Numeric,
                privilegeExpire?: Numeric,
            ) => string
            buildTokenWithRtm2: (
                appId: string,
                appCertificate: string,
                channelName: Text,
                rtcAccount: User,
                rtcRole: Numeric,
                rtcTokenExpire: Numeric,
                joinChannelPrivilegeExpire: Numeric | undefined,
                pubAudioPrivilegeExpire: Numeric | undefined,
                pubVideoPrivilegeExpire: Numeric | undefined,
                pubDataStreamPrivilegeExpire: Numeric | undefined,
                rtmUserId: User,
                rtmTokenExpire: Numeric,
            ) => string
        }
    >
>()
expect<Equal<New<typeof index.RtcTokenBuilder>, never>>()
expect<Equal<Instance<index.RtcTokenBuilder>, {}>>()

// index.RtmTokenBuilder
expect<
    Equal<
        Statics<typeof index.RtmTokenBuilder>,
        {
            buildToken: (appId: string, appCertificate: string, userId: User, expire: Numeric) => string
            buildTokenWithPermissions: (
                appId: string,
                appCertificate: string,
                userId: User,
                permissions: low.Rtm2Permissions,
                expire: Numeric,
            ) => string
        }
    >
>()
expect<Equal<New<typeof index.RtmTokenBuilder>, never>>()
expect<Equal<Instance<index.RtmTokenBuilder>, {}>>()

// index.SttTokenBuilder
expect<
    Equal<
        Statics<typeof index.SttTokenBuilder>,
        {
            buildToken: (
                appId: string,
                appCertificate: string,
                channelName: Text,
                rtcAccount: User,
                rtcRole: Numeric,
                rtcTokenExpire: Numeric,
                joinChannelPrivilegeExpire: Numeric | undefined,
                pubAudioPrivilegeExpire: Numeric | undefined,
                pubVideoPrivilegeExpire: Numeric | undefined,
                pubDataStreamPrivilegeExpire: Numeric | undefined,
                rtmUserId: User,
                rtmTokenExpire: Numeric,
            ) => string
        }
    >
>()
expect<Equal<New<typeof index.SttTokenBuilder>, never>>()
expect<Equal<Instance<index.SttTokenBuilder>, {}>>()

expect<Equal<Statics<typeof index.RtcRole>, { PUBLISHER: 1; SUBSCRIBER: 2 }>>()
expect<Equal<typeof index.Rtm2Permissions, typeof low.Rtm2Permissions>>()

// ApaasTokenBuilder.ApaasTokenBuilder
expect<
    Equal<
        Statics<typeof ApaasTokenBuilder.ApaasTokenBuilder>,
        {
            buildRoomUserToken: (
                appId: string,
                appCertificate: string,
                roomUuid: Text,
                userUuid: User,
                role: Numeric | undefined,
                expire: Numeric,
            ) => string
            buildUserToken: (appId: string, appCertificate: string, userUuid: User, expire: Numeric) => string
            buildAppToken: (appId: string, appCertificate: string, expire: Numeric) => string
        }
    >
>()
expect<Equal<New<typeof ApaasTokenBuilder.ApaasTokenBuilder>, never>>()
expect<Equal<Instance<ApaasTokenBuilder.ApaasTokenBuilder>, {}>>()

// ChatTokenBuilder.ChatTokenBuilder
expect<
    Equal<
        Statics<typeof ChatTokenBuilder.ChatTokenBuilder>,
        {
            buildUserToken: (appId: string, appCertificate: string, userUuid: User, expire: Numeric) => string
            buildAppToken: (appId: string, appCertificate: string, expire: Numeric) => string
        }
    >
>()
expect<Equal<New<typeof ChatTokenBuilder.ChatTokenBuilder>, never>>()
expect<Equal<Instance<ChatTokenBuilder.ChatTokenBuilder>, {}>>()

// ConvoAITokenBuilder.ConvoAITokenBuilder
expect<
    Equal<
        Statics<typeof ConvoAITokenBuilder.ConvoAITokenBuilder>,
        {
            buildToken: (
                appId: string,
                appCertificate: string,
                channelName: Text,
                rtcAccount: User,
                rtcRole: Numeric,
                rtcTokenExpire: Numeric,
                joinChannelPrivilegeExpire: Numeric | undefined,
                pubAudioPrivilegeExpire: Numeric | undefined,
                pubVideoPrivilegeExpire: Numeric | undefined,
                pubDataStreamPrivilegeExpire: Numeric | undefined,
                rtmUserId: User,
                rtmTokenExpire: Numeric,
            ) => string
        }
    >
>()
expect<Equal<New<typeof ConvoAITokenBuilder.ConvoAITokenBuilder>, never>>()
expect<Equal<Instance<ConvoAITokenBuilder.ConvoAITokenBuilder>, {}>>()

// EducationTokenBuilder.EducationTokenBuilder
expect<
    Equal<
        Statics<typeof EducationTokenBuilder.EducationTokenBuilder>,
        {
            buildRoomUserToken: (
                appId: string,
                appCertificate: string,
                roomUuid: Text,
                userUuid: User,
                role: Numeric | undefined,
                expire: Numeric,
            ) => string
            buildUserToken: (appId: string, appCertificate: string, userUuid: User, expire: Numeric) => string
            buildAppToken: (appId: string, appCertificate: string, expire: Numeric) => string
        }
    >
>()
expect<Equal<New<typeof EducationTokenBuilder.EducationTokenBuilder>, never>>()
expect<Equal<Instance<EducationTokenBuilder.EducationTokenBuilder>, {}>>()

// FpaTokenBuilder.FpaTokenBuilder
expect<
    Equal<
        Statics<typeof FpaTokenBuilder.FpaTokenBuilder>,
        { buildToken: (appId: string, appCertificate: string) => string }
    >
>()
expect<Equal<New<typeof FpaTokenBuilder.FpaTokenBuilder>, never>>()
expect<Equal<Instance<FpaTokenBuilder.FpaTokenBuilder>, {}>>()

// RtcTokenBuilder.RtcTokenBuilder
expect<
    Equal<
        Statics<typeof RtcTokenBuilder.RtcTokenBuilder>,
        {
            buildTokenWithUid: (
                appID: string,
                appCertificate: string,
                channelName: Text,
                uid: User,
                role: Numeric,
                privilegeExpiredTs?: Numeric,
            ) => string
            buildTokenWithAccount: (
                appID: string,
                appCertificate: string,
                channelName: Text,
                uid: User,
                role: Numeric,
                privilegeExpiredTs?: Numeric,
            ) => string
        }
    >
>()
expect<Equal<New<typeof RtcTokenBuilder.RtcTokenBuilder>, never>>()
expect<Equal<Instance<RtcTokenBuilder.RtcTokenBuilder>, {}>>()
expect<Equal<Statics<typeof RtcTokenBuilder.Role>, { ATTENDEE: 0; PUBLISHER: 1; SUBSCRIBER: 2; ADMIN: 101 }>>()

// RtcTokenBuilder2.RtcTokenBuilder
expect<
    Equal<
        Statics<typeof RtcTokenBuilder2.RtcTokenBuilder>,
        {
            buildTokenWithUid: (
                appId: string,
                appCertificate: string,
                channelName: Text,
                uid: User,
                role: Numeric,
                tokenExpire: Numeric,
                privilegeExpire?: Numeric,
            ) => string
            buildTokenWithUserAccount: (
                appId: string,
                appCertificate: string,
                channelName: Text,
                uid: User,
                role: Numeric,
                tokenExpire: Numeric,
                privilegeExpire?: Numeric,
            ) => string
            buildTokenWithUidAndPrivilege: (
                appId: string,
                appCertificate: string,
                channelName: Text,
                uid: User,
                tokenExpire: Numeric,
                joinChannelPrivilegeExpire?: Numeric,
                pubAudioPrivilegeExpire?: Numeric,
                pubVideoPrivilegeExpire?: Numeric,
                pubDataStreamPrivilegeExpire?: Numeric,
            ) => string
            BuildTokenWithUserAccountAndPrivilege: (
                appId: string,
                appCertificate: string,
                channelName: Text,
                uid: User,
                tokenExpire: Numeric,
                joinChannelPrivilegeExpire?: Numeric,
                pubAudioPrivilegeExpire?: Numeric,
                pubVideoPrivilegeExpire?: Numeric,
                pubDataStreamPrivilegeExpire?: Numeric,
            ) => string
            buildTokenWithRtm: (
                appId: string,
                appCertificate: string,
                channelName: Text,
                uid: User,
                role: Numeric,
                tokenExpire: Numeric,
                privilegeExpire?: Numeric,
            ) => string
            buildTokenWithRtm2: (
                appId: string,
                appCertificate: string,
                channelName: Text,
                rtcAccount: User,
                rtcRole: Numeric,
                rtcTokenExpire: Numeric,
                joinChannelPrivilegeExpire: Numeric | undefined,
                pubAudioPrivilegeExpire: Numeric | undefined,
                pubVideoPrivilegeExpire: Numeric | undefined,
                pubDataStreamPrivilegeExpire: Numeric | undefined,
                rtmUserId: User,
                rtmTokenExpire: Numeric,
            ) => string
        }
    >
>()
expect<Equal<New<typeof RtcTokenBuilder2.RtcTokenBuilder>, never>>()
expect<Equal<Instance<RtcTokenBuilder2.RtcTokenBuilder>, {}>>()
expect<Equal<Statics<typeof RtcTokenBuilder2.Role>, { PUBLISHER: 1; SUBSCRIBER: 2 }>>()

// RtmTokenBuilder.RtmTokenBuilder
expect<
    Equal<
        Statics<typeof RtmTokenBuilder.RtmTokenBuilder>,
        {
            buildToken: (
                appID: string,
                appCertificate: string,
                account: User,
                role: unknown,
                privilegeExpiredTs?: Numeric,
            ) => string
        }
    >
>()
expect<Equal<New<typeof RtmTokenBuilder.RtmTokenBuilder>, never>>()
expect<Equal<Instance<RtmTokenBuilder.RtmTokenBuilder>, {}>>()
expect<Equal<Statics<typeof RtmTokenBuilder.Role>, { Rtm_User: 1 }>>()

// RtmTokenBuilder2.RtmTokenBuilder
expect<
    Equal<
        Statics<typeof RtmTokenBuilder2.RtmTokenBuilder>,
        {
            buildToken: (appId: string, appCertificate: string, userId: User, expire: Numeric) => string
            buildTokenWithPermissions: (
                appId: string,
                appCertificate: string,
                userId: User,
                permissions: low.Rtm2Permissions,
                expire: Numeric,
            ) => string
        }
    >
>()
expect<Equal<New<typeof RtmTokenBuilder2.RtmTokenBuilder>, never>>()
expect<Equal<Instance<RtmTokenBuilder2.RtmTokenBuilder>, {}>>()

// SttTokenBuilder.SttTokenBuilder
expect<
    Equal<
        Statics<typeof SttTokenBuilder.SttTokenBuilder>,
        {
            buildToken: (
                appId: string,
                appCertificate: string,
                channelName: Text,
                rtcAccount: User,
                rtcRole: Numeric,
                rtcTokenExpire: Numeric,
                joinChannelPrivilegeExpire: Numeric | undefined,
                pubAudioPrivilegeExpire: Numeric | undefined,
                pubVideoPrivilegeExpire: Numeric | undefined,
                pubDataStreamPrivilegeExpire: Numeric | undefined,
                rtmUserId: User,
                rtmTokenExpire: Numeric,
            ) => string
        }
    >
>()
expect<Equal<New<typeof SttTokenBuilder.SttTokenBuilder>, never>>()
expect<Equal<Instance<SttTokenBuilder.SttTokenBuilder>, {}>>()

// old.AccessToken
expect<Equal<Statics<typeof old.AccessToken>, {}>>()
expect<Equal<New<typeof old.AccessToken>, [appID: string, appCertificate: string, channelName: Text, uid: User]>>()
expect<
    Equal<
        Instance<old.AccessToken>,
        {
            appID: Text
            appCertificate: string
            channelName: Text
            uid: Text
            messages: { [priviledge: number]: Numeric }
            salt: Numeric
            ts: Numeric
            signature?: Uint8Array
            crc_channel_name?: number
            crc_uid?: number
            m?: Uint8Array
            addPriviledge: (priviledge: number, expireTimestamp: Numeric) => void
            build: () => string
            fromString: (originToken: string) => boolean
        }
    >
>()

expect<
    Equal<
        Statics<typeof old.priviledges>,
        {
            readonly kJoinChannel: 1
            readonly kPublishAudioStream: 2
            readonly kPublishVideoStream: 3
            readonly kPublishDataStream: 4
            readonly kRtmLogin: 1000
        }
    >
>()
expect<Equal<typeof old.version, '006'>>()

// low.AccessToken2
expect<
    Equal<
        Statics<typeof low.AccessToken2>,
        { kServices: { [serviceType: number]: new (...args: any[]) => low.Service } }
    >
>()
expect<
    Equal<
        New<typeof low.AccessToken2>,
        [appId: string, appCertificate: string, issueTs?: Numeric | null | undefined, expire?: Numeric | undefined]
    >
>()
expect<
    Equal<
        Instance<low.AccessToken2>,
        {
            appId: Text
            appCertificate: string
            issueTs: Numeric
            expire: Numeric
            salt: Numeric
            services: low.Service[]
            add_service: (service: low.Service) => void
            getServices: (serviceType: number) => low.Service[]
            build: () => string
            from_string: (origin_token: string) => boolean
            verifySignature: (appCertificate: string) => boolean
        }
    >
>()

// low.Service
expect<Equal<Statics<typeof low.Service>, {}>>()
expect<Equal<New<typeof low.Service>, [service_type: number]>>()
expect<
    Equal<
        Instance<low.Service>,
        {
            service_type: () => number
            add_privilege: (privilege: number, expire: Numeric) => void
            __privileges: { [privilege: number]: Numeric }
            pack: () => Uint8Array
            __pack_type: () => Uint8Array
            __pack_privileges: () => Uint8Array
            unpack: (buffer: Uint8Array) => low.ReadByteBuf
        }
    >
>()

// low.ServiceRtc
expect<
    Equal<
        Statics<typeof low.ServiceRtc>,
        {
            readonly kPrivilegeJoinChannel: 1
            readonly kPrivilegePublishAudioStream: 2
            readonly kPrivilegePublishVideoStream: 3
            readonly kPrivilegePublishDataStream: 4
        }
    >
>()
expect<Equal<New<typeof low.ServiceRtc>, [channel_name: Text, uid: User]>>()
expect<
    Equal<
        Instance<low.ServiceRtc>,
        {
            service_type: () => number
            add_privilege: (privilege: number, expire: Numeric) => void
            __privileges: { [privilege: number]: Numeric }
            pack: () => Uint8Array
            __pack_type: () => Uint8Array
            __pack_privileges: () => Uint8Array
            unpack: (buffer: Uint8Array) => low.ReadByteBuf
            __channel_name: Text
            __uid: Text
        }
    >
>()

// low.ServiceRtm
expect<Equal<Statics<typeof low.ServiceRtm>, { readonly kPrivilegeLogin: 1 }>>()
expect<Equal<New<typeof low.ServiceRtm>, [user_id?: User | null | undefined]>>()
expect<
    Equal<
        Instance<low.ServiceRtm>,
        {
            service_type: () => number
            add_privilege: (privilege: number, expire: Numeric) => void
            __privileges: { [privilege: number]: Numeric }
            pack: () => Uint8Array
            __pack_type: () => Uint8Array
            __pack_privileges: () => Uint8Array
            unpack: (buffer: Uint8Array) => low.ReadByteBuf
            __user_id: Text
        }
    >
>()

// low.ServiceStreaming
expect<
    Equal<
        Statics<typeof low.ServiceStreaming>,
        { readonly kPrivilegePublishMixStream: 1; readonly kPrivilegePublishRawStream: 2 }
    >
>()
expect<Equal<New<typeof low.ServiceStreaming>, [channelName?: Text | undefined, account?: User | undefined]>>()
expect<
    Equal<
        Instance<low.ServiceStreaming>,
        {
            service_type: () => number
            add_privilege: (privilege: number, expire: Numeric) => void
            __privileges: { [privilege: number]: Numeric }
            pack: () => Uint8Array
            __pack_type: () => Uint8Array
            __pack_privileges: () => Uint8Array
            unpack: (buffer: Uint8Array) => low.ReadByteBuf
            __channel_name: Text
            __account: Text
        }
    >
>()

// low.ServiceFpa
expect<Equal<Statics<typeof low.ServiceFpa>, { readonly kPrivilegeLogin: 1 }>>()
expect<Equal<New<typeof low.ServiceFpa>, []>>()
expect<
    Equal<
        Instance<low.ServiceFpa>,
        {
            service_type: () => number
            add_privilege: (privilege: number, expire: Numeric) => void
            __privileges: { [privilege: number]: Numeric }
            pack: () => Uint8Array
            __pack_type: () => Uint8Array
            __pack_privileges: () => Uint8Array
            unpack: (buffer: Uint8Array) => low.ReadByteBuf
        }
    >
>()

// low.ServiceChat
expect<Equal<Statics<typeof low.ServiceChat>, { readonly kPrivilegeUser: 1; readonly kPrivilegeApp: 2 }>>()
expect<Equal<New<typeof low.ServiceChat>, [user_id?: User | null | undefined]>>()
expect<
    Equal<
        Instance<low.ServiceChat>,
        {
            service_type: () => number
            add_privilege: (privilege: number, expire: Numeric) => void
            __privileges: { [privilege: number]: Numeric }
            pack: () => Uint8Array
            __pack_type: () => Uint8Array
            __pack_privileges: () => Uint8Array
            unpack: (buffer: Uint8Array) => low.ReadByteBuf
            __user_id: Text
        }
    >
>()

// low.ServiceFCdn
expect<Equal<Statics<typeof low.ServiceFCdn>, { readonly kPrivilegePublish: 1; readonly kPrivilegePlay: 2 }>>()
expect<Equal<New<typeof low.ServiceFCdn>, [channelName?: Text | undefined, account?: User | undefined]>>()
expect<
    Equal<
        Instance<low.ServiceFCdn>,
        {
            service_type: () => number
            add_privilege: (privilege: number, expire: Numeric) => void
            __privileges: { [privilege: number]: Numeric }
            pack: () => Uint8Array
            __pack_type: () => Uint8Array
            __pack_privileges: () => Uint8Array
            unpack: (buffer: Uint8Array) => low.ReadByteBuf
            __channel_name: Text
            __account: Text
        }
    >
>()

// low.ServiceApaas
expect<
    Equal<
        Statics<typeof low.ServiceApaas>,
        { readonly PRIVILEGE_ROOM_USER: 1; readonly PRIVILEGE_USER: 2; readonly PRIVILEGE_APP: 3 }
    >
>()
expect<
    Equal<
        New<typeof low.ServiceApaas>,
        [roomUuid?: Text | null | undefined, userUuid?: User | null | undefined, role?: Numeric | null | undefined]
    >
>()
expect<
    Equal<
        Instance<low.ServiceApaas>,
        {
            service_type: () => number
            add_privilege: (privilege: number, expire: Numeric) => void
            __privileges: { [privilege: number]: Numeric }
            pack: () => Uint8Array
            __pack_type: () => Uint8Array
            __pack_privileges: () => Uint8Array
            unpack: (buffer: Uint8Array) => low.ReadByteBuf
            __room_uuid: Text
            __user_uuid: Text
            __role: Numeric
        }
    >
>()

// low.ServiceRtm2
expect<Equal<Statics<typeof low.ServiceRtm2>, { readonly kPrivilegeLogin: 1 }>>()
expect<
    Equal<
        New<typeof low.ServiceRtm2>,
        [userId?: User | null | undefined, permissions?: low.Rtm2Permissions | null | undefined]
    >
>()
expect<
    Equal<
        Instance<low.ServiceRtm2>,
        {
            service_type: () => number
            add_privilege: (privilege: number, expire: Numeric) => void
            __privileges: { [privilege: number]: Numeric }
            pack: () => Uint8Array
            __pack_type: () => Uint8Array
            __pack_privileges: () => Uint8Array
            unpack: (buffer: Uint8Array) => low.ReadByteBuf
            __user_id: Text
            __permissions: low.Rtm2Permissions
        }
    >
>()

// low.ServiceConvoAI
expect<Equal<Statics<typeof low.ServiceConvoAI>, {}>>()
expect<Equal<New<typeof low.ServiceConvoAI>, []>>()
expect<
    Equal<
        Instance<low.ServiceConvoAI>,
        {
            service_type: () => number
            add_privilege: (privilege: number, expire: Numeric) => void
            __privileges: { [privilege: number]: Numeric }
            pack: () => Uint8Array
            __pack_type: () => Uint8Array
            __pack_privileges: () => Uint8Array
            unpack: (buffer: Uint8Array) => low.ReadByteBuf
        }
    >
>()

// low.ServiceStt
expect<Equal<Statics<typeof low.ServiceStt>, {}>>()
expect<Equal<New<typeof low.ServiceStt>, []>>()
expect<
    Equal<
        Instance<low.ServiceStt>,
        {
            service_type: () => number
            add_privilege: (privilege: number, expire: Numeric) => void
            __privileges: { [privilege: number]: Numeric }
            pack: () => Uint8Array
            __pack_type: () => Uint8Array
            __pack_privileges: () => Uint8Array
            unpack: (buffer: Uint8Array) => low.ReadByteBuf
        }
    >
>()

// low.Rtm2Permissions
expect<
    Equal<
        Statics<typeof low.Rtm2Permissions>,
        {
            readonly kMessageChannels: 0
            readonly kStreamChannels: 1
            readonly kGroupChannels: 2
            readonly kServerGroups: 3
            readonly kUsers: 4
            readonly kRead: 0
            readonly kWrite: 1
        }
    >
>()
expect<Equal<New<typeof low.Rtm2Permissions>, []>>()
expect<
    Equal<
        Instance<low.Rtm2Permissions>,
        {
            details: { [resourceType: number]: { [permissionType: number]: Text[] } }
            add: (resourceType: number, permissionType: number, resources: Iterable<Text>) => void
        }
    >
>()

// The numbers of the services
expect<Equal<typeof low.kRtcServiceType, 1>>()
expect<Equal<typeof low.kRtmServiceType, 2>>()
expect<Equal<typeof low.kStreamingServiceType, 3>>()
expect<Equal<typeof low.kFpaServiceType, 4>>()
expect<Equal<typeof low.kChatServiceType, 5>>()
expect<Equal<typeof low.kFCdnServiceType, 6>>()
expect<Equal<typeof low.kApaasServiceType, 7>>()
expect<Equal<typeof low.kRtm2ServiceType, 8>>()
expect<Equal<typeof low.kConvoAIServiceType, 9>>()
expect<Equal<typeof low.kSttServiceType, 10>>()
