// What one may run, as the service lists it by pages, narrowed by a text.
import { getPage, withQuery } from './api.js';
import { Reading } from './reading.js';
import { invalidate } from './page.js';

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
      procedures: body.procedures,
      next: next && new URL(next, location.origin).searchParams.get('cursor'),
    }));
  }

  open() {
    this.reading.read();
  }

  close() {
    this.reading.stop();
  }

  type(text) {
    this.search = text;
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.reading.read(), TYPING);
  }

  async more() {
    const { procedures, next } = this.reading.data;
    const page = await this.#page(next);
    this.reading.data = { procedures: [...procedures, ...page.procedures], next: page.next };
    invalidate();
  }
}
