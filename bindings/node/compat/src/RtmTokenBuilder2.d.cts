export { RtmTokenBuilder } from '../generated/builders.cjs'
