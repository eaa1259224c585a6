export { RtmTokenBuilder006 as RtmTokenBuilder, RtmRole006 as Role } from '../generated/builders.cjs'
