// News as they come: one stream of events, that comes back by itself, goes on where it was, and is not there while nobody looks.
import { ask } from './api.js';
import { parse } from './exact.js';
import { announce, invalidate } from './page.js';
import { session } from './session.js';
import { EventParser } from './sse.js';
import { t } from './texts.js';

const SILENCE = 32000; // two comments of the service that did not come
const HIDDEN = 10000; // a glance at another tab costs no new connection
const LONGEST = 30000;
const OFFLINE_AFTER = 3;
const SILENT_TWICE = 2;
const TOO_MANY = 429; // streams of one person: the list is looked at now and then meanwhile
const WAIT = 25; // seconds of a long poll
const PAUSE = 10000; // between two looks at a list, where streams do not come through
const RENEW_AHEAD = 20000; // before a token ends the stream is opened anew, with another one

/** state: live, retrying or offline; since: of what is not live, the time of the last news. */
export const live = { state: 'live', since: Date.now() };

function become(state) {
  if (live.state === state) {
    return;
  }
  if (state === 'live' && live.state === 'offline') {
    announce(t('live.back'));
  }
  if (state === 'offline') {
    announce(t('live.off'));
  }
  if (live.state === 'live') {
    live.since = Date.now();
  }
  live.state = state;
  invalidate();
}

const visible = () => new Promise(resolve => {
  const look = () => {
    if (!document.hidden) {
      document.removeEventListener('visibilitychange', look);
      resolve();
    }
  };
  document.addEventListener('visibilitychange', look);
  look();
});

/** Until the time is over, or the network is back. */
const pause = ms => new Promise(resolve => {
  const timer = setTimeout(done, ms);
  function done() {
    clearTimeout(timer);
    removeEventListener('online', done);
    resolve();
  }
  addEventListener('online', done);
});

/** One stream that is listened to, until stop(). */
export class Listening {
  #path;
  #on;
  #stopped = false;
  #connection = null;
  #id = '';
  #failures = 0;
  #silences = 0;
  #tag = '';

  /**
   * Of a path of events; on: {event(type, job), reset(), look(), refused(problem)}; event may say 'end'. reset() means that something may have
   * been missed, also before the first event. Where streams do not come through, a job's own path (poll) is asked with ?wait=, or,
   * without one, look() is called now and then, which throws when the service does not answer.
   */
  constructor(path, on, poll = null) {
    this.#path = path;
    this.#on = on;
    this.poll = poll;
    this.#run();
  }

  stop() {
    this.#stopped = true;
    this.#connection?.abort();
  }

  async #run() {
    while (!this.#stopped) {
      await visible();
      let ended = false;
      try {
        ended = !this.#stopped && (this.#silences < SILENT_TWICE ? await this.#stream() : await this.#asking());
      } catch (problem) {
        if (this.#stopped || document.hidden) {
          continue;
        }
        if (this.#isFinal(problem)) {
          this.#on.refused?.(problem);
          return;
        }
        if (problem.status === TOO_MANY) {
          this.#arrived(); // it answers, if without a stream
          this.#on.reset?.();
          await pause(Math.max(PAUSE, problem.retryAfter * 1000));
        } else {
          await this.#failed(problem);
        }
      }
      if (ended) {
        return;
      }
    }
  }

  /** Whether asking again is of no use. A job may be gone; that of all jobs there is no stream is never the service's last word. */
  #isFinal({ status, passes }) {
    return this.poll ? Boolean(status) && !passes : status === 401 || status === 403;
  }

  async #failed(problem) {
    this.#failures++;
    become(this.#failures >= OFFLINE_AFTER ? 'offline' : 'retrying');
    const backoff = Math.min(LONGEST, 1000 * 2 ** (this.#failures - 1));
    await pause((problem.retryAfter ?? 0) * 1000 || backoff * (0.75 + Math.random() / 2));
  }

  #arrived() {
    this.#failures = 0;
    become('live');
  }

  /** Reads until the stream ends; true when it is not to be opened again. */
  async #stream() {
    const connection = new AbortController();
    this.#connection = connection;
    let timer;
    let ending;
    let renewal;
    let opened = false;
    const watch = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        this.#silences++;
        connection.abort();
      }, SILENCE);
    };
    const hide = () => {
      clearTimeout(ending);
      if (document.hidden) {
        ending = setTimeout(() => connection.abort(), HIDDEN);
      }
    };
    document.addEventListener('visibilitychange', hide);
    try {
      watch();
      const headers = { Accept: 'text/event-stream', ...(this.#id ? { 'Last-Event-ID': this.#id } : {}) };
      const response = await ask(this.#path, { headers, signal: connection.signal });
      const left = session.until - Date.now();
      // A token with less left is one that could not be renewed: it is used to its end.
      renewal = setTimeout(() => connection.abort('renewal'), Math.max(1000, left > RENEW_AHEAD ? left - RENEW_AHEAD : left));
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      const parser = new EventParser();
      for (;;) {
        const { value, done } = await reader.read();
        if (done) {
          break;
        }
        watch();
        this.#silences = 0;
        this.#arrived();
        if (!opened && !this.#id) {
          this.#on.reset?.(); // what was read before the stream began may be older than it
        }
        opened = true;
        if (parser.push(value).some(event => this.#take(event))) {
          return true;
        }
      }
      // Whoever closes streams as soon as they are opened is not to be asked without a pause.
      await pause(1000);
      return false;
    } catch (error) {
      if (connection.signal.reason === 'renewal') {
        return false;
      }
      throw error;
    } finally {
      clearTimeout(timer);
      clearTimeout(ending);
      clearTimeout(renewal);
      document.removeEventListener('visibilitychange', hide);
      connection.abort();
    }
  }

  #take(event) {
    if (event.id) {
      this.#id = event.id;
    }
    if (event.type === 'reset') {
      this.#on.reset?.();
      return false;
    }
    return event.data ? this.#on.event(event.type, parse(event.data)) === 'end' : false;
  }

  /** Without streams: waits for the job's next state, or reads the list again after a pause. */
  async #asking() {
    if (!this.poll) {
      await this.#on.look();
      this.#arrived();
      await pause(PAUSE);
      return false;
    }
    this.#connection = new AbortController();
    const headers = this.#tag ? { 'If-None-Match': this.#tag } : {};
    const response = await ask(`${this.poll}?wait=${WAIT}`, { headers, signal: this.#connection.signal });
    this.#arrived();
    this.#tag = response.headers.get('ETag') ?? '';
    return response.status === 200 && this.#on.event('state', parse(await response.text())) === 'end';
  }
}
