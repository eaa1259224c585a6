export { FpaTokenBuilder } from '../generated/builders.cjs'
