'use strict';
/** The heat's part of the legend: what is counted, since when, against what, and how small numbers are treated. */

import { element } from '../dom.js';
import { HeatLayer } from '../layers/heat.js';

/** A rate with so many figures as it takes to tell the steps apart. */
function rateText(rate) {
  const digits = rate >= 10 ? 0 : rate >= 1 ? 1 : rate >= 0.1 ? 2 : 3;
  return rate.toFixed(digits);
}

/** @param {object} app main.js @param {Element} box */
export function addHeatKey(app, box) {
  const { strings, palette } = app.config;
  const { heat } = app;
  const { rate, edges, total, nowhere, base, synthetic, since } = heat.told;
  box.classList.add('baton-heat-key');
  const category = heat.categories.find(([code]) => code === heat.category);
  const what = category ? category[1] : strings.heat_all;
  element('b', '', box, strings.heat_title.replace('{what}', () => what).replace('{since}', () => since));
  if (rate === null) {
    element('span', 'baton-quiet', box, strings.heat_none);
    return;
  }
  const ramp = element('span', 'baton-ramp', box);
  HeatLayer.fills(palette).forEach((colour, i) => {
    const step = element('i', '', ramp);
    step.style.background = colour;
    step.textContent = i === 0 ? `<${rateText(edges[0])}` : `${rateText(edges[i - 1])}+`;
  });
  const per = strings[base === 'households' ? 'heat_per_households' : 'heat_per_area'];
  const made = synthetic ? strings.heat_synthetic : '';
  element('span', '', box, `${per}${made} · ${strings.heat_mean.replace('{n}', rateText(rate))}`);
  const lost = nowhere > 0 ? ` · ${strings.heat_nowhere.replace('{n}', nowhere)}` : '';
  element('span', 'baton-quiet', box, strings.heat_total.replace('{n}', total) + lost);
  const near = app.drawers.heat.byGrid(app.map.getZoom());
  element('span', 'baton-quiet', box, near ? strings.heat_rule_grids : strings.heat_rule_towns);
}
