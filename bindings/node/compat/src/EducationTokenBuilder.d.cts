export { EducationTokenBuilder } from '../builders.cjs'
