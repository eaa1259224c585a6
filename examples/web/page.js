// What the page shows: the form, the players, what happened.

/**
 * @typedef {object} Options
 * @property {string} appId
 * @property {string} channel
 * @property {number} uid
 * @property {string} server
 * @property {string} route
 */

const form = /** @type {HTMLFormElement} */ (document.querySelector('form'))
const leaveButton = /** @type {HTMLButtonElement} */ (form.elements.namedItem('leave'))
const joinButton = /** @type {HTMLButtonElement} */ (form.elements.namedItem('join'))
const fields = /** @type {HTMLFieldSetElement} */ (document.querySelector('fieldset'))
const status = /** @type {HTMLElement} */ (document.querySelector('#status'))
const events = /** @type {HTMLElement} */ (document.querySelector('#events'))
const players = /** @type {HTMLElement} */ (document.querySelector('#players'))

/**
 * Calls `join` with what is in the form; what it throws is shown.
 *
 * @param {(options: Options) => Promise<void>} join
 */
export function onJoin(join) {
    form.addEventListener('submit', async event => {
        event.preventDefault()
        const values = new FormData(form)
        const text = (/** @type {string} */ name) => String(values.get(name))
        setInCall(true)
        try {
            await join({
                appId: text('appId'),
                channel: text('channel'),
                uid: Number(text('uid')),
                server: text('server'),
                route: text('route'),
            })
        } catch (error) {
            say(`Could not join: ${textOf(error)}`)
            setInCall(false)
        }
    })
}

/** @param {() => Promise<void> | undefined} leave */
export function onLeave(leave) {
    leaveButton.addEventListener('click', async () => {
        await leave()
        say('Left')
        setInCall(false)
    })
}

/** @param {boolean} inCall */
function setInCall(inCall) {
    fields.disabled = inCall
    leaveButton.disabled = !inCall
    // The button that was pressed has just gone out of reach of the keyboard.
    ;(inCall ? leaveButton : joinButton).focus()
}

/**
 * Announces and keeps what happened.
 *
 * @param {string} what
 */
export function say(what) {
    status.textContent = what
    const entry = document.createElement('li')
    entry.textContent = `${new Date().toLocaleTimeString()} ${what}`
    events.prepend(entry)
}

/** @param {unknown} error */
export const textOf = error => (error instanceof Error ? error.message : String(error))

/**
 * Where a user's video plays.
 *
 * @param {number | string} uid
 */
export function player(uid) {
    const found = document.getElementById(`player-${uid}`)
    if (found) return found
    const figure = document.createElement('figure')
    figure.id = `player-${uid}`
    const caption = document.createElement('figcaption')
    caption.textContent = `User ${uid}`
    figure.append(caption)
    players.append(figure)
    return figure
}

/** @param {number | string} uid */
export function removePlayer(uid) {
    document.getElementById(`player-${uid}`)?.remove()
}

/** @param {{ but?: number | string }} [exception] */
export function removePlayers({ but } = {}) {
    for (const figure of [...players.children]) {
        if (figure.id !== `player-${but}`) figure.remove()
    }
}
