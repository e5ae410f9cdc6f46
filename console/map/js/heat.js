'use strict';
/** What Python has said of the heat: which cases are counted, against what, and how the towns stand. */

export class Heat {
  constructor() {
    /** 'hour', 'day', or '' while no heat is shown. */
    this.period = '';
    /** A category's code, '' for all. */
    this.category = '';
    /** @type {[string, string][]} code and name of those that can be chosen */
    this.categories = [];
    /** @type {Map<string, [number, number]>} town → step (0 to 4) and cases */
    this.towns = new Map();
    /** What the legend says (content.py `set_heat`). */
    this.told = { rate: null, edges: [], total: 0, nowhere: 0, base: 'households', synthetic: false, since: '' };
    /** Raised with every message. */
    this.revision = 0;
  }

  /** @returns {boolean} whether this map can show any: Python has spoken of it */
  get offered() {
    return this.revision > 0;
  }

  get on() {
    return this.period !== '';
  }

  set({ period, category, categories, towns, ...told }) {
    this.period = period;
    this.category = category;
    this.categories = categories;
    this.towns = new Map(towns.map(([code, step, count]) => [code, [step, count]]));
    this.told = told;
    this.revision += 1;
  }
}
