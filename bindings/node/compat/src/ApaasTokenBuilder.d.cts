export { ApaasTokenBuilder } from '../generated/builders.cjs'
