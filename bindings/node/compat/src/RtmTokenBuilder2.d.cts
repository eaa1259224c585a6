export { RtmTokenBuilder } from '../builders.cjs'
