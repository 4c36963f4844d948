// Something that is read from the service: what is there of it, what is wrong with it, and when it is asked for again.
import { Problem } from './api.js';
import { invalidate } from './page.js';

const FIRST_RETRY = 5;
const LAST_RETRY = 60;

const waiting = new Set();

export class Reading {
  #load;
  #first;
  #running = null;
  #failures = 0;
  data = null;
  problem = null;
  retryAt = 0;

  /** Of a function that is given an AbortSignal; first: told what is read, the first time that it can be. */
  constructor(load, first = () => {}) {
    this.#load = load;
    this.#first = first;
  }

  /** Reads it (again); what was there stays until the new is there. */
  async read() {
    this.#running?.abort();
    const mine = new AbortController();
    this.#running = mine;
    waiting.delete(this);
    try {
      const data = await this.#load(mine.signal);
      if (this.#running === mine) {
        Object.assign(this, { data, problem: null, at: Date.now() });
        this.#failures = 0;
        const first = this.#first;
        this.#first = () => {};
        first(data);
      }
    } catch (error) {
      if (this.#running === mine && error.name !== 'AbortError') {
        this.#fail(error);
      }
    } finally {
      if (this.#running === mine) {
        this.#running = null;
      }
    }
    invalidate();
    return this.data;
  }

  #fail(error) {
    if (!(error instanceof Problem)) {
      throw error;
    }
    this.problem = error;
    if (error.passes) {
      const seconds = error.retryAfter || Math.min(LAST_RETRY, FIRST_RETRY * 2 ** this.#failures++);
      this.retryAt = Date.now() + seconds * 1000;
      waiting.add(this);
    }
  }

  /** Whether an answer is being waited for. */
  get busy() {
    return this.#running !== null;
  }

  /** Seconds until it is asked for again. */
  get retryIn() {
    return Math.max(0, Math.ceil((this.retryAt - Date.now()) / 1000));
  }

  stop() {
    this.#running?.abort();
    this.#running = null;
    waiting.delete(this);
  }
}

/** Asks again for what is due; told each second while somebody looks. */
export function retryWhatIsDue() {
  for (const reading of waiting) {
    if (Date.now() >= reading.retryAt) {
      reading.read();
    }
  }
}
