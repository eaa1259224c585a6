export { RtcTokenBuilder, RtcRole as Role } from '../builders.cjs'
