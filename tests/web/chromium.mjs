// The browser that the tests drive: the machine's own Chromium, with a made-up camera and microphone.

import { accessSync, constants } from 'node:fs'
import { delimiter, join, sep } from 'node:path'

import { chromium } from 'playwright-core'

const ARGUMENTS = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
]

export function launch() {
    return chromium.launch({ executablePath: find(), args: ARGUMENTS })
}

/** The program that CHROMIUM names, a path or a name on PATH; `chromium` if it names none. */
function find() {
    const { CHROMIUM, PATH = '' } = process.env
    const name = CHROMIUM || 'chromium'
    const paths = name.includes(sep) ? [name] : PATH.split(delimiter).map(folder => join(folder, name))
    const found = paths.find(isProgram)
    if (found === undefined) {
        throw new Error(`${name} not found. Get it with: sudo apt install chromium, or name one in CHROMIUM`)
    }
    return found
}

function isProgram(path) {
    try {
        accessSync(path, constants.X_OK)
        return true
    } catch {
        return false
    }
}
