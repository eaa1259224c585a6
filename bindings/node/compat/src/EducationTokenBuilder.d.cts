export { EducationTokenBuilder } from '../generated/builders.cjs'
