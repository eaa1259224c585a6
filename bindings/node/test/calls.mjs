// The one-call builders by the names of the vectors, with their arguments by name.

import * as face from 'agora-token-native'

export { BUILDERS } from './generated/tables.mjs'

/** Calls a builder of the package. */
export function call({ className, method, names }, args) {
    return face[className][method](...names.map(name => args[name]))
}
