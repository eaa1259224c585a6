// Where the source is, as Cargo.toml says it: npm shows it, and publishes with provenance only where it is said.

import { readFileSync } from 'node:fs'

const workspace = readFileSync(new URL('../../../Cargo.toml', import.meta.url), 'utf8')
const [, address] = /^repository = "(.+)"$/m.exec(workspace)

/** The field of a package.json whose sources are in this folder. */
export function repository(directory) {
    return { repository: { type: 'git', url: `git+${address}.git`, directory } }
}
