'use strict';
/** The choice of the heat in the list of layers: a period, and of which category. */

import { element } from '../dom.js';
import { tell } from '../wire.js';

const PERIODS = [['', 'heat_off'], ['hour', 'heat_hour'], ['day', 'heat_day']];

/**
 * @param {object} app main.js
 * @param {Element} list
 * @param {?string} focused what had the focus before the list was built anew
 */
export function addHeatChoice(app, list, focused) {
  const { heat, config } = app;
  const { strings } = config;
  const box = element('div', 'baton-heat-choice', list);
  element('div', 'baton-quiet', box, strings.heat);
  const periods = PERIODS.map(([value, word]) => [value, strings[word]]);
  group(box, 'period', strings.heat, periods, heat.period, focused, (value) => tell('heatChosen', value, heat.category));
  if (!heat.on) return;
  const categories = [['', strings.heat_all], ...heat.categories];
  group(box, 'category', strings.heat_category, categories, heat.category, focused, (value) => tell('heatChosen', heat.period, value));
}

/** Small buttons of which one is down; arrows walk, Enter, Space or a click chooses. */
function group(box, name, word, choices, chosen, focused, choose) {
  const row = element('div', 'baton-choices', box);
  row.setAttribute('role', 'radiogroup');
  row.setAttribute('aria-label', word);
  for (const [value, text] of choices) {
    const button = element('button', 'baton-choice', row, text);
    button.setAttribute('role', 'radio');
    button.setAttribute('aria-checked', String(value === chosen));
    button.dataset.choice = `${name}:${value}`;
    button.addEventListener('click', () => choose(value));
    if (focused === button.dataset.choice) button.focus();
  }
  row.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const buttons = [...row.querySelectorAll('button')];
    buttons[(buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length].focus();
    event.preventDefault();
    event.stopPropagation();
  });
}
