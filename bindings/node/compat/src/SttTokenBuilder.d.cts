export { SttTokenBuilder } from '../generated/builders.cjs'
