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
