require('./cases.cjs')(test, expect)
