export { ChatTokenBuilder } from '../builders.cjs'
