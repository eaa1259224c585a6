export { AccessToken, priviledges, version } from '../access-token.cjs'
