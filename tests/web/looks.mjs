// What a person sees of a page: in light and dark, on a desk and in a hand, by eye and by screen reader.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

/** Folder of the screenshots. */
const SCREENSHOTS =
    process.env.SCREENSHOTS ?? fileURLToPath(new URL('../../target/artifacts/screenshots', import.meta.url))

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Options of a browser context, by name. */
export const LOOKS = Object.fromEntries(
    ['light', 'dark'].flatMap(colorScheme =>
        [
            ['desktop', { width: 1280, height: 900 }],
            ['phone', { width: 390, height: 844 }],
        ].map(([size, viewport]) => [`${colorScheme}-${size}`, { colorScheme, viewport }]),
    ),
)

/** Takes the whole page, as it is now. */
export async function photograph(page, name) {
    await page.screenshot({ path: `${SCREENSHOTS}/${name}.png`, fullPage: true })
}

/** Nothing that axe knows to be in the way of a person, and nothing to scroll sideways. */
export async function assertAccessible(page) {
    await page.evaluate(AXE)
    const { violations, passes } = await page.evaluate(() => window.axe.run())
    const found = violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html}`))
    assert.deepEqual(found, [])
    assert.ok(passes.length > 10, 'axe looked at nothing')
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    assert.ok(overflow <= 0, `${overflow} pixels too wide`)
}

/** Presses Tab until `locator` has the focus, which must show. */
export async function tabTo(page, locator) {
    for (let presses = 0; presses < 60; presses++) {
        await page.keyboard.press('Tab')
        if (await locator.evaluate(element => element === document.activeElement)) {
            const outline = await locator.evaluate(element => getComputedStyle(element).outlineStyle)
            assert.notEqual(outline, 'none', 'the focus does not show')
            return
        }
    }
    assert.fail(`no way to ${locator} by keyboard`)
}
