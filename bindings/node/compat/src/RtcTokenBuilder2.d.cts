export { RtcTokenBuilder, RtcRole as Role } from '../generated/builders.cjs'
