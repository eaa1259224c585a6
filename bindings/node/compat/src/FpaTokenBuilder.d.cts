export { FpaTokenBuilder } from '../builders.cjs'
