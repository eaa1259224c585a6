export { ConvoAITokenBuilder } from '../generated/builders.cjs'
