// Compiled, never run: the whole of what is declared, name by name. A test sees to it that no name is left out.

import * as d from 'agora-token-native'

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
type Instance<T> = { [K in keyof T]: T[K] }
type Statics<T> = { [K in keyof T as Exclude<K, 'prototype'>]: T[K] }
/** What `new` takes; nothing where it may not be called. */
type New<T> = T extends abstract new (...args: infer P) => unknown ? P : never
declare function expect<_ extends true>(): void

expect<Equal<Statics<typeof d.RtcRole>, { readonly PUBLISHER: 1; readonly SUBSCRIBER: 2 }>>()

// RtcTokenBuilder
expect<
    Equal<
        Statics<typeof d.RtcTokenBuilder>,
        {
            buildTokenWithUid: (
                appId: string,
                appCertificate: string,
                channelName: string,
                uid: number,
                role: number,
                tokenExpire: number,
                privilegeExpire?: number,
            ) => string
            buildTokenWithUserAccount: (
                appId: string,
                appCertificate: string,
                channelName: string,
                userAccount: string,
                role: number,
                tokenExpire: number,
                privilegeExpire?: number,
            ) => string
            buildTokenWithUidAndPrivilege: (
                appId: string,
                appCertificate: string,
                channelName: string,
                uid: number,
                tokenExpire: number,
                joinChannelPrivilegeExpire: number,
                pubAudioPrivilegeExpire: number,
                pubVideoPrivilegeExpire: number,
                pubDataStreamPrivilegeExpire: number,
            ) => string
            buildTokenWithUserAccountAndPrivilege: (
                appId: string,
                appCertificate: string,
                channelName: string,
                userAccount: string,
                tokenExpire: number,
                joinChannelPrivilegeExpire: number,
                pubAudioPrivilegeExpire: number,
                pubVideoPrivilegeExpire: number,
                pubDataStreamPrivilegeExpire: number,
            ) => string
            BuildTokenWithUserAccountAndPrivilege: (
                appId: string,
                appCertificate: string,
                channelName: string,
                userAccount: string,
                tokenExpire: number,
                joinChannelPrivilegeExpire: number,
                pubAudioPrivilegeExpire: number,
                pubVideoPrivilegeExpire: number,
                pubDataStreamPrivilegeExpire: number,
            ) => string
            buildTokenWithRtm: (
                appId: string,
                appCertificate: string,
                channelName: string,
                userAccount: string,
                role: number,
                tokenExpire: number,
                privilegeExpire?: number,
            ) => string
            buildTokenWithRtm2: (
                appId: string,
                appCertificate: string,
                channelName: string,
                rtcAccount: string,
                rtcRole: number,
                rtcTokenExpire: number,
                joinChannelPrivilegeExpire: number,
                pubAudioPrivilegeExpire: number,
                pubVideoPrivilegeExpire: number,
                pubDataStreamPrivilegeExpire: number,
                rtmUserId: string,
                rtmTokenExpire: number,
            ) => string
        }
    >
>()
expect<Equal<New<typeof d.RtcTokenBuilder>, never>>()
expect<Equal<Instance<d.RtcTokenBuilder>, {}>>()

// RtmTokenBuilder
expect<
    Equal<
        Statics<typeof d.RtmTokenBuilder>,
        {
            buildToken: (appId: string, appCertificate: string, userId: string, tokenExpire: number) => string
            buildTokenWithPermissions: (
                appId: string,
                appCertificate: string,
                userId: string,
                permissions: d.Rtm2Permissions,
                tokenExpire: number,
            ) => string
        }
    >
>()
expect<Equal<New<typeof d.RtmTokenBuilder>, never>>()
expect<Equal<Instance<d.RtmTokenBuilder>, {}>>()

// ChatTokenBuilder
expect<
    Equal<
        Statics<typeof d.ChatTokenBuilder>,
        {
            buildUserToken: (appId: string, appCertificate: string, userId: string, tokenExpire: number) => string
            buildAppToken: (appId: string, appCertificate: string, tokenExpire: number) => string
        }
    >
>()
expect<Equal<New<typeof d.ChatTokenBuilder>, never>>()
expect<Equal<Instance<d.ChatTokenBuilder>, {}>>()

// FpaTokenBuilder
expect<Equal<Statics<typeof d.FpaTokenBuilder>, { buildToken: (appId: string, appCertificate: string) => string }>>()
expect<Equal<New<typeof d.FpaTokenBuilder>, never>>()
expect<Equal<Instance<d.FpaTokenBuilder>, {}>>()

// ApaasTokenBuilder
expect<
    Equal<
        Statics<typeof d.ApaasTokenBuilder>,
        {
            buildRoomUserToken: (
                appId: string,
                appCertificate: string,
                roomUuid: string,
                userUuid: string,
                role: number,
                tokenExpire: number,
            ) => string
            buildUserToken: (appId: string, appCertificate: string, userUuid: string, tokenExpire: number) => string
            buildAppToken: (appId: string, appCertificate: string, tokenExpire: number) => string
        }
    >
>()
expect<Equal<New<typeof d.ApaasTokenBuilder>, never>>()
expect<Equal<Instance<d.ApaasTokenBuilder>, {}>>()

// EducationTokenBuilder
expect<
    Equal<
        Statics<typeof d.EducationTokenBuilder>,
        {
            buildRoomUserToken: (
                appId: string,
                appCertificate: string,
                roomUuid: string,
                userUuid: string,
                role: number,
                tokenExpire: number,
            ) => string
            buildUserToken: (appId: string, appCertificate: string, userUuid: string, tokenExpire: number) => string
            buildAppToken: (appId: string, appCertificate: string, tokenExpire: number) => string
        }
    >
>()
expect<Equal<New<typeof d.EducationTokenBuilder>, never>>()
expect<Equal<Instance<d.EducationTokenBuilder>, {}>>()

// ConvoAITokenBuilder
expect<
    Equal<
        Statics<typeof d.ConvoAITokenBuilder>,
        {
            buildToken: (
                appId: string,
                appCertificate: string,
                channelName: string,
                rtcAccount: string,
                rtcRole: number,
                rtcTokenExpire: number,
                joinChannelPrivilegeExpire: number,
                pubAudioPrivilegeExpire: number,
                pubVideoPrivilegeExpire: number,
                pubDataStreamPrivilegeExpire: number,
                rtmUserId: string,
                rtmTokenExpire: number,
            ) => string
        }
    >
>()
expect<Equal<New<typeof d.ConvoAITokenBuilder>, never>>()
expect<Equal<Instance<d.ConvoAITokenBuilder>, {}>>()

// SttTokenBuilder
expect<
    Equal<
        Statics<typeof d.SttTokenBuilder>,
        {
            buildToken: (
                appId: string,
                appCertificate: string,
                channelName: string,
                rtcAccount: string,
                rtcRole: number,
                rtcTokenExpire: number,
                joinChannelPrivilegeExpire: number,
                pubAudioPrivilegeExpire: number,
                pubVideoPrivilegeExpire: number,
                pubDataStreamPrivilegeExpire: number,
                rtmUserId: string,
                rtmTokenExpire: number,
            ) => string
        }
    >
>()
expect<Equal<New<typeof d.SttTokenBuilder>, never>>()
expect<Equal<Instance<d.SttTokenBuilder>, {}>>()

// Credentials
expect<Equal<Statics<typeof d.Credentials>, { fromEnv: (env?: d.Environment) => d.Credentials }>>()
expect<Equal<New<typeof d.Credentials>, [pair: d.CredentialsPair]>>()
expect<Equal<Instance<d.Credentials>, { readonly appId: string }>>()
expect<Equal<Instance<d.CredentialsPair>, { appId: string; appCertificate: string }>>()
expect<Equal<Instance<d.Environment>, { readonly [name: string]: string | undefined }>>()
expect<Equal<d.Clock, number | Date | (() => number | Date)>>()
expect<Equal<Instance<d.Sources>, { clock?: d.Clock | undefined; salt?: number | (() => number) | undefined }>>()

// Issuer
expect<Equal<Statics<typeof d.Issuer>, { fromEnv: (sources?: d.Sources, env?: d.Environment) => d.Issuer }>>()
expect<Equal<New<typeof d.Issuer>, [credentials: d.Credentials, sources?: d.Sources | undefined]>>()
expect<
    Equal<
        Instance<d.Issuer>,
        {
            readonly appId: string
            issue: (grant: d.Grant | d.GrantOptions) => d.IssuedToken
            issueMany: {
                (users: Iterable<number | string | d.User>, template: d.GrantTemplate): Promise<d.IssuedRow[]>
                (grants: Iterable<d.Grant | d.GrantOptions>): Promise<d.IssuedRow[]>
            }
        }
    >
>()

// IssuedToken
expect<Equal<Statics<typeof d.IssuedToken>, {}>>()
expect<Equal<New<typeof d.IssuedToken>, never>>()
expect<
    Equal<
        Instance<d.IssuedToken>,
        {
            readonly token: string
            readonly issuedAt: number
            readonly expiresAt: number
            readonly refreshAfter: number
            readonly error?: undefined
        }
    >
>()
expect<Equal<d.IssuedRow, d.IssuedToken | d.RefusedRow>>()
expect<Equal<Instance<d.RefusedRow>, { readonly error: d.AgoraTokenError; readonly token?: undefined }>>()

expect<Equal<typeof d.Role, typeof d.RtcRole>>()
expect<Equal<d.Role, 'publisher' | 'subscriber' | 1 | 2>>()
expect<Equal<d.RtcRole, 1 | 2>>()
expect<Equal<d.RtcRole006, 0 | 1 | 2 | 101>>()

// Channel
expect<
    Equal<
        Statics<typeof d.Channel>,
        { readonly ANY: d.Channel; any: () => d.Channel; named: (name: string) => d.Channel }
    >
>()
expect<Equal<New<typeof d.Channel>, never>>()
expect<Equal<Instance<d.Channel>, { readonly name: string | null }>>()

// User
expect<
    Equal<
        Statics<typeof d.User>,
        {
            readonly ANY: d.User
            any: () => d.User
            uid: (uid: number) => d.User
            account: (account: string) => d.User
            from: (value: unknown) => d.User
            fromJSON: (value: unknown) => d.User
        }
    >
>()
expect<Equal<New<typeof d.User>, never>>()
expect<Equal<Instance<d.User>, { readonly uid: number | null; readonly account: string | null }>>()
// Neither passes for the other
expect<Equal<d.User extends d.Channel ? true : false, false>>()
expect<Equal<d.Channel extends d.User ? true : false, false>>()

// Grant
expect<
    Equal<
        Statics<typeof d.Grant>,
        {
            rtc: (options: d.RtcGrantOptions) => d.Grant
            rtm: (options: d.RtmGrantOptions) => d.Grant
            chat: (options: d.ChatGrantOptions) => d.Grant
            rtcRtm: (options: d.RtcRtmGrantOptions) => d.Grant
            rtcRtmChat: (options: d.RtcRtmGrantOptions) => d.Grant
        }
    >
>()
expect<
    Equal<
        d.ChatGrantOptions,
        d.Grantee & Pick<d.GrantTemplate, 'lifetime' | 'expiresIn' | 'lifetimeLongerThanADay' | 'allowLongToken'>
    >
>()
expect<Equal<d.RtmGrantOptions, d.ChatGrantOptions & Pick<d.GrantTemplate, 'permissions'>>>()
expect<
    Equal<
        d.RtcGrantOptions,
        d.ChatGrantOptions &
            Pick<d.GrantTemplate, 'publishLifetime' | 'publishExpiresIn'> & {
                channel: string | d.Channel
                role: d.Role
            }
    >
>()
expect<Equal<d.RtcRtmGrantOptions, d.RtcGrantOptions & d.RtmGrantOptions>>()
expect<Equal<New<typeof d.Grant>, [options: d.GrantOptions]>>()
expect<
    Equal<
        Instance<d.Grant>,
        {
            readonly channel?: string | d.Channel | undefined
            readonly role?: d.Role | undefined
            readonly rtm?: boolean | undefined
            readonly chat?: boolean | undefined
            readonly services?: readonly (number | d.ServiceName)[] | undefined
            readonly permissions?: d.Rtm2Permissions | undefined
            readonly lifetime?: number | undefined
            readonly expiresIn?: number | undefined
            readonly publishLifetime?: number | undefined
            readonly publishExpiresIn?: number | undefined
            readonly lifetimeLongerThanADay?: number | undefined
            readonly allowLongToken?: boolean | undefined
            readonly roomUuid?: string | undefined
            readonly roomRole?: number | undefined
            readonly uid?: number | undefined
            readonly account?: string | undefined
            readonly user?: number | string | d.User | undefined
        }
    >
>()
expect<Equal<d.GrantOptions, d.GrantTemplate & d.Grantee>>()
expect<
    Equal<
        d.Grantee,
        | { uid: number; account?: undefined; user?: undefined }
        | { account: string; uid?: undefined; user?: undefined }
        | { user: number | string | d.User; uid?: undefined; account?: undefined }
    >
>()
expect<
    Equal<
        Instance<d.GrantTemplate>,
        {
            channel?: string | d.Channel | undefined
            role?: d.Role | undefined
            rtm?: boolean | undefined
            chat?: boolean | undefined
            services?: readonly (number | d.ServiceName)[] | undefined
            permissions?: d.Rtm2Permissions | undefined
            lifetime?: number | undefined
            expiresIn?: number | undefined
            publishLifetime?: number | undefined
            publishExpiresIn?: number | undefined
            lifetimeLongerThanADay?: number | undefined
            allowLongToken?: boolean | undefined
            roomUuid?: string | undefined
            roomRole?: number | undefined
        }
    >
>()

expect<
    Equal<
        Statics<typeof d.RtcRole006>,
        { readonly ATTENDEE: 0; readonly PUBLISHER: 1; readonly SUBSCRIBER: 2; readonly ADMIN: 101 }
    >
>()

// RtcTokenBuilder006
expect<
    Equal<
        Statics<typeof d.RtcTokenBuilder006>,
        {
            buildTokenWithUid: (
                appId: string,
                appCertificate: string,
                channelName: string,
                uid: number,
                role: number,
                privilegeExpiredTs?: number,
            ) => string
            buildTokenWithUserAccount: (
                appId: string,
                appCertificate: string,
                channelName: string,
                userAccount: string,
                role: number,
                privilegeExpiredTs?: number,
            ) => string
            buildTokenWithAccount: (
                appId: string,
                appCertificate: string,
                channelName: string,
                userAccount: string,
                role: number,
                privilegeExpiredTs?: number,
            ) => string
        }
    >
>()
expect<Equal<New<typeof d.RtcTokenBuilder006>, never>>()
expect<Equal<Instance<d.RtcTokenBuilder006>, {}>>()

// RtmTokenBuilder006
expect<
    Equal<
        Statics<typeof d.RtmTokenBuilder006>,
        {
            buildToken: (
                appId: string,
                appCertificate: string,
                userAccount: string,
                role: number,
                privilegeExpiredTs?: number,
            ) => string
        }
    >
>()
expect<Equal<New<typeof d.RtmTokenBuilder006>, never>>()
expect<Equal<Instance<d.RtmTokenBuilder006>, {}>>()

expect<Equal<d.Text, string | Uint8Array>>()

expect<Equal<Instance<d.Privileges>, { [privilege: number]: number }>>()

// AccessToken2
expect<Equal<Statics<typeof d.AccessToken2>, { parse: (token: string) => d.UnverifiedToken2 }>>()
expect<
    Equal<
        New<typeof d.AccessToken2>,
        [appId: string, appCertificate: string, issueTs?: number | undefined, expire?: number | undefined]
    >
>()
expect<
    Equal<
        Instance<d.AccessToken2>,
        {
            appId: string
            issueTs: number
            expire: number
            salt: number
            services: d.Service[]
            addService: (service: d.Service) => d.AccessToken2
            build: () => string
            toJSON: () => d.AccessToken2Document
        }
    >
>()

// UnverifiedToken2
expect<Equal<Statics<typeof d.UnverifiedToken2>, {}>>()
expect<Equal<New<typeof d.UnverifiedToken2>, never>>()
expect<
    Equal<
        Instance<d.UnverifiedToken2>,
        {
            readonly appId: string | Uint8Array
            readonly issueTs: number
            readonly expire: number
            readonly expiresAt: number
            readonly salt: number
            readonly signature: Uint8Array
            readonly services: readonly d.Service[]
            readonly unknownService: { readonly type: number; readonly privileges: d.Privileges } | null
            readonly complete: boolean
            readonly unreadBytes: number
            verifySignature: (appCertificate: string) => boolean
            toJSON: () => d.AccessToken2Document
        }
    >
>()

// Service
expect<Equal<Statics<typeof d.Service>, {}>>()
expect<Equal<New<typeof d.Service>, []>>()
expect<
    Equal<
        Instance<d.Service>,
        {
            readonly type: number
            privileges: d.Privileges
            addPrivilege: (privilege: number, privilegeExpire: number) => d.Service
        }
    >
>()

// ServiceRtc
expect<
    Equal<
        Statics<typeof d.ServiceRtc>,
        {
            readonly type: 1
            readonly kPrivilegeJoinChannel: 1
            readonly kPrivilegePublishAudioStream: 2
            readonly kPrivilegePublishVideoStream: 3
            readonly kPrivilegePublishDataStream: 4
        }
    >
>()
expect<Equal<New<typeof d.ServiceRtc>, [channelName: d.Text, user: number | d.Text]>>()
expect<
    Equal<
        Instance<d.ServiceRtc>,
        {
            readonly type: number
            privileges: d.Privileges
            addPrivilege: (privilege: number, privilegeExpire: number) => d.ServiceRtc
            channelName: d.Text
            account: d.Text
        }
    >
>()

// ServiceRtm
expect<Equal<Statics<typeof d.ServiceRtm>, { readonly type: 2; readonly kPrivilegeLogin: 1 }>>()
expect<Equal<New<typeof d.ServiceRtm>, [userId: d.Text]>>()
expect<
    Equal<
        Instance<d.ServiceRtm>,
        {
            readonly type: number
            privileges: d.Privileges
            addPrivilege: (privilege: number, privilegeExpire: number) => d.ServiceRtm
            userId: d.Text
        }
    >
>()

// ServiceStreaming
expect<
    Equal<
        Statics<typeof d.ServiceStreaming>,
        { readonly type: 3; readonly kPrivilegePublishMixStream: 1; readonly kPrivilegePublishRawStream: 2 }
    >
>()
expect<Equal<New<typeof d.ServiceStreaming>, [channelName: d.Text, user: number | d.Text]>>()
expect<
    Equal<
        Instance<d.ServiceStreaming>,
        {
            readonly type: number
            privileges: d.Privileges
            addPrivilege: (privilege: number, privilegeExpire: number) => d.ServiceStreaming
            channelName: d.Text
            account: d.Text
        }
    >
>()

// ServiceFpa
expect<Equal<Statics<typeof d.ServiceFpa>, { readonly type: 4; readonly kPrivilegeLogin: 1 }>>()
expect<Equal<New<typeof d.ServiceFpa>, []>>()
expect<
    Equal<
        Instance<d.ServiceFpa>,
        {
            readonly type: number
            privileges: d.Privileges
            addPrivilege: (privilege: number, privilegeExpire: number) => d.ServiceFpa
        }
    >
>()

// ServiceChat
expect<
    Equal<Statics<typeof d.ServiceChat>, { readonly type: 5; readonly kPrivilegeUser: 1; readonly kPrivilegeApp: 2 }>
>()
expect<Equal<New<typeof d.ServiceChat>, [userId?: d.Text | undefined]>>()
expect<
    Equal<
        Instance<d.ServiceChat>,
        {
            readonly type: number
            privileges: d.Privileges
            addPrivilege: (privilege: number, privilegeExpire: number) => d.ServiceChat
            userId: d.Text
        }
    >
>()

// ServiceFCdn
expect<
    Equal<
        Statics<typeof d.ServiceFCdn>,
        { readonly type: 6; readonly kPrivilegePublish: 1; readonly kPrivilegePlay: 2 }
    >
>()
expect<Equal<New<typeof d.ServiceFCdn>, [channelName: d.Text, user: number | d.Text]>>()
expect<
    Equal<
        Instance<d.ServiceFCdn>,
        {
            readonly type: number
            privileges: d.Privileges
            addPrivilege: (privilege: number, privilegeExpire: number) => d.ServiceFCdn
            channelName: d.Text
            account: d.Text
        }
    >
>()

// ServiceApaas
expect<
    Equal<
        Statics<typeof d.ServiceApaas>,
        { readonly type: 7; readonly PRIVILEGE_ROOM_USER: 1; readonly PRIVILEGE_USER: 2; readonly PRIVILEGE_APP: 3 }
    >
>()
expect<
    Equal<
        New<typeof d.ServiceApaas>,
        [roomUuid?: d.Text | undefined, userUuid?: d.Text | undefined, role?: number | undefined]
    >
>()
expect<
    Equal<
        Instance<d.ServiceApaas>,
        {
            readonly type: number
            privileges: d.Privileges
            addPrivilege: (privilege: number, privilegeExpire: number) => d.ServiceApaas
            roomUuid: d.Text
            userUuid: d.Text
            role: number
        }
    >
>()

// ServiceRtm2
expect<Equal<Statics<typeof d.ServiceRtm2>, { readonly type: 8; readonly kPrivilegeLogin: 1 }>>()
expect<Equal<New<typeof d.ServiceRtm2>, [userId: d.Text, permissions?: d.Rtm2Permissions | undefined]>>()
expect<
    Equal<
        Instance<d.ServiceRtm2>,
        {
            readonly type: number
            privileges: d.Privileges
            addPrivilege: (privilege: number, privilegeExpire: number) => d.ServiceRtm2
            userId: d.Text
            permissions: d.Rtm2Permissions
        }
    >
>()

// ServiceConvoAI
expect<Equal<Statics<typeof d.ServiceConvoAI>, { readonly type: 9 }>>()
expect<Equal<New<typeof d.ServiceConvoAI>, []>>()
expect<
    Equal<
        Instance<d.ServiceConvoAI>,
        {
            readonly type: number
            privileges: d.Privileges
            addPrivilege: (privilege: number, privilegeExpire: number) => d.ServiceConvoAI
        }
    >
>()

// ServiceStt
expect<Equal<Statics<typeof d.ServiceStt>, { readonly type: 10 }>>()
expect<Equal<New<typeof d.ServiceStt>, []>>()
expect<
    Equal<
        Instance<d.ServiceStt>,
        {
            readonly type: number
            privileges: d.Privileges
            addPrivilege: (privilege: number, privilegeExpire: number) => d.ServiceStt
        }
    >
>()

// Rtm2Permissions
expect<
    Equal<
        Statics<typeof d.Rtm2Permissions>,
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
expect<Equal<New<typeof d.Rtm2Permissions>, []>>()
expect<
    Equal<
        Instance<d.Rtm2Permissions>,
        {
            details: { [resourceType: number]: { [permissionType: number]: d.Text[] } }
            add: (resourceType: number, permissionType: number, resources: readonly d.Text[]) => void
        }
    >
>()

// AccessToken
expect<
    Equal<
        Statics<typeof d.AccessToken>,
        {
            parse: (token: string) => d.UnverifiedToken
            readonly kPrivilegeJoinChannel: 1
            readonly kPrivilegePublishAudioStream: 2
            readonly kPrivilegePublishVideoStream: 3
            readonly kPrivilegePublishDataStream: 4
            readonly kPrivilegeAdministrateChannel: 101
            readonly kPrivilegeRtmLogin: 1000
        }
    >
>()
expect<
    Equal<
        New<typeof d.AccessToken>,
        [appId: string, appCertificate: string, channelName: d.Text, user: number | d.Text]
    >
>()
expect<
    Equal<
        Instance<d.AccessToken>,
        {
            appId: string
            channelName: d.Text
            account: d.Text
            salt: number
            expiresAt: number
            privileges: d.Privileges
            addPrivilege: (privilege: number, privilegeExpiredTs: number) => d.AccessToken
            build: () => string
            toJSON: () => d.AccessTokenDocument
        }
    >
>()

// UnverifiedToken
expect<Equal<Statics<typeof d.UnverifiedToken>, {}>>()
expect<Equal<New<typeof d.UnverifiedToken>, never>>()
expect<
    Equal<
        Instance<d.UnverifiedToken>,
        {
            readonly appId: string | Uint8Array
            readonly salt: number
            readonly expiresAt: number
            readonly channelCrc: number
            readonly userCrc: number
            readonly signature: Uint8Array
            readonly message: Uint8Array
            readonly privileges: Readonly<d.Privileges>
            verifySignature: (appCertificate: string, channelName: d.Text, user: number | d.Text) => boolean
            toJSON: () => d.AccessTokenDocument
        }
    >
>()

expect<Equal<typeof d.backend, 'native' | 'wasm'>>()
expect<Equal<typeof d.inspect, (token: string) => d.TokenDocument & d.TokenSummary>>()
expect<
    Equal<
        Instance<d.TokenSummary>,
        { readonly channel: string | null; readonly user: string | null; readonly uid: number | null }
    >
>()

expect<
    Equal<
        Instance<d.VerifierOptions>,
        {
            appId: string
            appCertificate?: string | undefined
            certificate?: string | undefined
            appCertificates?: readonly string[] | undefined
            certificates?: readonly string[] | undefined
            leeway?: number | undefined
            clock?: d.Clock | undefined
            ignoreTime?: boolean | undefined
        }
    >
>()

expect<
    Equal<
        Instance<d.Expected>,
        {
            channel?: d.Text | d.Channel
            uid?: number
            account?: d.Text
            user?: number | string | d.User
            service?: number | d.ServiceName
            privilege?: number | string
        }
    >
>()

// Verdict
expect<Equal<Statics<typeof d.Verdict>, {}>>()
expect<Equal<New<typeof d.Verdict>, never>>()
expect<
    Equal<
        Instance<d.Verdict>,
        {
            readonly valid: boolean
            readonly certificate: number | null
            readonly refusals: readonly d.AgoraTokenError[]
            readonly token: d.TokenDocument | null
            toJSON: () => {
                valid: boolean
                certificate: number | null
                refusals: readonly d.AgoraTokenError[]
                token: d.TokenDocument | null
            }
        }
    >
>()

// Verifier
expect<
    Equal<
        Statics<typeof d.Verifier>,
        {
            fromEnv: (
                more?: Pick<d.VerifierOptions, 'leeway' | 'clock' | 'ignoreTime'>,
                env?: d.Environment,
            ) => d.Verifier
        }
    >
>()
expect<
    Equal<
        New<typeof d.Verifier>,
        [credentials: d.Credentials, more?: Omit<d.VerifierOptions, 'appId' | 'appCertificate'> | undefined]
    >
>()
expect<
    Equal<
        Instance<d.Verifier>,
        {
            readonly appId: string
            verify: (token: string, expected?: d.Expected) => d.Verdict
            verdict: (token: string, expected?: d.Expected) => d.Verdict
        }
    >
>()

expect<Equal<d.TokenDocument, d.AccessTokenDocument | d.AccessToken2Document>>()

expect<
    Equal<
        Instance<d.AccessToken2Document>,
        {
            version: '007'
            appId: string | null
            appIdHex?: string
            issuedAt: number
            expiresIn: number
            expiresAt: number
            salt: number
            signature: string
            services: d.ServiceDocument[]
            complete: boolean
            unreadBytes: number
        }
    >
>()

expect<
    Equal<
        d.ServiceDocument,
        | d.ChannelServiceDocument
        | d.MessagingServiceDocument
        | d.Rtm2ServiceDocument
        | d.ApaasServiceDocument
        | d.PlainServiceDocument
    >
>()
expect<
    Equal<d.ServiceName, 'rtc' | 'rtm' | 'streaming' | 'fpa' | 'chat' | 'fcdn' | 'apaas' | 'rtm2' | 'convoAi' | 'stt'>
>()
expect<Equal<Instance<d.AnyServiceDocument>, { type: number; privileges: { [privilege: string]: number } }>>()
expect<
    Equal<
        Instance<d.ChannelServiceDocument>,
        {
            type: number
            privileges: { [privilege: string]: number }
            name: 'rtc' | 'streaming' | 'fcdn'
            channel: string | null
            channelHex?: string
            account: string | null
            accountHex?: string
        }
    >
>()
expect<
    Equal<
        Instance<d.MessagingServiceDocument>,
        {
            type: number
            privileges: { [privilege: string]: number }
            name: 'rtm' | 'chat'
            userId: string | null
            userIdHex?: string
        }
    >
>()
expect<
    Equal<
        Instance<d.Rtm2ServiceDocument>,
        {
            type: number
            privileges: { [privilege: string]: number }
            name: 'rtm2'
            userId: string | null
            userIdHex?: string
            permissions: { [resourceType: string]: { [permission: string]: (string | { hex: string })[] } }
        }
    >
>()
expect<
    Equal<
        Instance<d.ApaasServiceDocument>,
        {
            type: number
            privileges: { [privilege: string]: number }
            name: 'apaas'
            roomUuid: string | null
            roomUuidHex?: string
            userUuid: string | null
            userUuidHex?: string
            role: number
        }
    >
>()
expect<
    Equal<
        Instance<d.PlainServiceDocument>,
        {
            type: number
            privileges: { [privilege: string]: number }
            name: 'fpa' | 'convoAi' | 'stt' | 'unknown'
        }
    >
>()

expect<
    Equal<
        Instance<d.AccessTokenDocument>,
        {
            version: '006'
            appId: string | null
            appIdHex?: string
            salt: number
            expiresAt: number
            channelCrc: number
            userCrc: number
            signature: string
            privileges: { [privilege: string]: number }
        }
    >
>()

expect<Equal<typeof d.diagnose, (token: string, attempt?: d.Attempt) => d.Diagnosis>>()

expect<
    Equal<
        Instance<d.Attempt>,
        {
            appId?: string | undefined
            channel?: string | undefined
            uid?: number | undefined
            account?: string | undefined
            user?: number | string | d.User | undefined
            service?: number | d.ServiceName | undefined
            role?: d.Role | undefined
            at?: number | Date | undefined
            sdk?: string | undefined
            error?: number | string | undefined
            appCertificate?: string | undefined
            certificate?: string | undefined
            appCertificates?: readonly string[] | undefined
            certificates?: readonly string[] | undefined
            redact?: boolean | undefined
        }
    >
>()

expect<Equal<Instance<d.Diagnosis>, { findings: d.Finding[] }>>()

expect<
    Equal<
        Instance<d.Finding>,
        { code: d.FindingCodeName; severity: 'error' | 'warning' | 'note'; cause: string; fix: string }
    >
>()

expect<Equal<d.FindingCodeName, keyof typeof d.FindingCode>>()

expect<Equal<d.ErrorCodeName, keyof typeof d.ErrorCode>>()

// Each finding is its own name, and each error a number
expect<Equal<typeof d.FindingCode, { readonly [K in d.FindingCodeName]: K }>>()
expect<(typeof d.ErrorCode)[d.ErrorCodeName] extends number ? true : false>()

// AgoraTokenError
expect<Equal<New<typeof d.AgoraTokenError>, [code: d.ErrorCodeName, field: string, reason: string]>>()
expect<
    Equal<
        Omit<Instance<d.AgoraTokenError>, keyof Error>,
        {
            readonly code: d.ErrorCodeName
            readonly field: string
            readonly reason: string
            readonly fault: d.Fault
            readonly service?: d.ServiceName
            readonly number: number
            toJSON: () => { code: d.ErrorCodeName; field: string; reason: string; service?: d.ServiceName }
        }
    >
>()
expect<d.AgoraTokenError extends Error ? true : false>()
expect<Equal<d.Fault, 'caller' | 'configuration' | 'system'>>()
expect<Equal<New<typeof d.InputError>, New<typeof d.AgoraTokenError>>>()
expect<Equal<Instance<d.InputError>, Instance<d.AgoraTokenError>>>()
expect<Equal<New<typeof d.ConfigurationError>, New<typeof d.AgoraTokenError>>>()
expect<Equal<Instance<d.ConfigurationError>, Instance<d.AgoraTokenError>>>()
expect<Equal<New<typeof d.SystemError>, New<typeof d.AgoraTokenError>>>()
expect<Equal<Instance<d.SystemError>, Instance<d.AgoraTokenError>>>()
expect<Equal<New<typeof d.TokenParseError>, New<typeof d.AgoraTokenError>>>()
expect<Equal<Instance<d.TokenParseError>, Instance<d.AgoraTokenError>>>()
expect<Equal<New<typeof d.VerificationError>, never>>()
expect<Equal<Omit<d.VerificationError, keyof d.AgoraTokenError>, { readonly refusals: readonly d.AgoraTokenError[] }>>()
