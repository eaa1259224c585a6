export { RtcTokenBuilder006 as RtcTokenBuilder, RtcRole006 as Role } from '../generated/builders.cjs'
