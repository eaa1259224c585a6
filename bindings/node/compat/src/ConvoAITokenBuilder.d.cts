export { ConvoAITokenBuilder } from '../builders.cjs'
