export { ChatTokenBuilder } from '../generated/builders.cjs'
