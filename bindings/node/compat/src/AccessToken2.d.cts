export * from '../access-token2.cjs'
