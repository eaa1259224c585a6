// The names of the official AccessToken2.js.

import type { Text } from '../index.js'
import type { Numeric, Service } from './service.cjs'

export * from './generated/services.cjs'
export { Rtm2Permissions, Service } from './service.cjs'
export type { Numeric, ReadByteBuf, User } from './service.cjs'

/** AccessToken2 the official way: '' and false on failure. */
export declare class AccessToken2 {
    /** What `from_string` makes of a service, by its type. A program may add its own. */
    static kServices: { [serviceType: number]: new (...args: any[]) => Service }
    /** @param issueTs Unix seconds; 0 or nothing is now. */
    constructor(appId: string, appCertificate: string, issueTs?: Numeric | null, expire?: Numeric)
    /** The project. */
    appId: Text
    /** Not shown with the object. */
    appCertificate: string
    /** Unix seconds. */
    issueTs: Numeric
    /** Seconds. */
    expire: Numeric
    /** Any number. */
    salt: Numeric
    /** What the token grants. */
    services: Service[]
    /** Adds a service. Several of one type are legal. */
    add_service(service: Service): void
    /** The services of one type. */
    getServices(serviceType: number): Service[]
    /** The token; '' when it cannot be built. */
    build(): string
    /** Reads a token without checking who signed it; false when it cannot be read. */
    from_string(origin_token: string): boolean
    /** Whether the holder of this certificate signed the token that was read. */
    verifySignature(appCertificate: string): boolean
}
