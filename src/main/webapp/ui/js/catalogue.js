// What one may run, as the service lists it by pages, narrowed by a text.
import { saidNo } from './actions.js';
import { getPage, withQuery } from './api.js';
import { Reading } from './reading.js';
import { invalidate, toast } from './page.js';

const PAGE = 100;
const TYPING = 250;
const SHORTEST = 2; // of a text that the service searches for

export class Catalogue {
  search = '';
  #typing;
  reading = new Reading(signal => this.#page(null, signal));

  #page(cursor, signal) {
    const text = this.search.trim();
    const query = [['q', text.length >= SHORTEST ? text : ''], ['limit', PAGE], ['cursor', cursor]];
    return getPage(withQuery('/procedures', query), { signal }).then(({ body, next }) => ({
      of: text,
      procedures: body.procedures,
      next: next && new URL(next, location.origin).searchParams.get('cursor'),
    }));
  }

  /** The one that is found, when it is one and the search for it is over. */
  get only() {
    const { data, busy } = this.reading;
    return data?.of === this.search.trim() && !busy && data.procedures.length === 1 ? data.procedures[0] : null;
  }

  open() {
    this.reading.read();
  }

  close() {
    clearTimeout(this.#typing);
    this.reading.stop();
  }

  type(text) {
    this.search = text;
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.reading.read(), TYPING);
  }

  async more() {
    const before = this.reading.data;
    try {
      const page = await this.#page(before.next);
      // Of another search, or clicked twice: what is listed by now has another next page.
      if (this.reading.data === before && page.of === before.of) {
        this.reading.data = { ...page, procedures: [...before.procedures, ...page.procedures] };
      }
    } catch (error) {
      toast(saidNo(error), true);
    }
    invalidate();
  }
}
