'use strict';
/** The page's side of relay.js: text events in, text events out. */

/**
 * Call a slot of the Python bridge (bridge.py).
 * @param {string} verb
 * @param {...(string|number|number[])} values
 */
export function tell(verb, ...values) {
  document.dispatchEvent(new CustomEvent('baton:out', { detail: JSON.stringify([verb, ...values]) }));
}

/** @param {(message: {type: string}) => void} listener called for each message of Python, in order */
export function listen(listener) {
  document.addEventListener('baton:in', (event) => listener(JSON.parse(event.detail)));
}
