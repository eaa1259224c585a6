export { ApaasTokenBuilder } from '../builders.cjs'
