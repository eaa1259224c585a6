export { SttTokenBuilder } from '../builders.cjs'
