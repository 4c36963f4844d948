// How many jobs there are in which state, and the last day in half hours: figures beside the list, read with it and after news of it.
import { get, withQuery } from './api.js';
import { Reading } from './reading.js';

const AGAIN = 10000;
const ASK_AGAIN = 300_000; // what a node does not know, a newer one may, while they are changed one after the other

/** Of the filters but for the state; null where the service does not tell. */
class Summary {
  #filters = [];
  told = true;
  #readAt = 0;
  #later = 0;
  #reading = new Reading(signal => get(withQuery('/jobs/summary', this.#filters), { signal }));

  get figures() {
    return this.told ? this.#reading.data : null;
  }

  running() {
    const states = this.figures?.states ?? {};
    return (states.running ?? 0) + (states.cancelling ?? 0);
  }

  of(filters) {
    this.#filters = filters;
    return this.#read();
  }

  async #read() {
    if (!this.told && Date.now() < this.#readAt + ASK_AGAIN) {
      return;
    }
    this.#readAt = Date.now();
    await this.#reading.read();
    const { problem } = this.#reading;
    this.told = problem ? this.told && (problem.passes || problem.status !== 404) : true; // a service without it has no job of that name
  }

  /** News came: the figures are read again, but not with each of them. */
  news() {
    if (this.#later || document.hidden) {
      return;
    }
    this.#later = setTimeout(() => {
      this.#later = 0;
      this.#read();
    }, Math.max(0, this.#readAt + AGAIN - Date.now()));
  }
}

export const summary = new Summary();
