// The HTTP interface as the console uses it: with the bearer's token, in the reader's language, and errors as problems (RFC 9457).
import { parse } from './exact.js';
import { preferences } from './preferences.js';
import { bearer, expired, renew } from './session.js';

/** What the service said no with; status 0 when nobody answered at all. */
export class Problem extends Error {
  constructor(status, body = {}, retryAfter = 0) {
    super(body.detail ?? body.error ?? '');
    this.status = status;
    this.code = body.code;
    this.title = body.title;
    this.errors = body.errors ?? [];
    this.trace = body.trace_id;
    this.retryAfter = retryAfter;
  }

  /** Whether the same request may do later. */
  get passes() {
    // What the service does not find has a code; without one it is a proxy that does not find the service, as while it is deployed.
    return this.status === 0 || this.status === 429 || this.status >= 500 || (this.status === 404 && !this.code);
  }
}

/** The answer, whatever its body; anything but a success and a 304 is thrown as a problem. */
export async function ask(path, options = {}) {
  const token = await bearer();
  if (!token) {
    throw new Problem(401); // nobody is signed in any more, and the page says so
  }
  let response = await sent(path, options, token);
  if (response.status === 401) {
    // A restarted service has other keys, and a clock may be wrong: a token that is not taken is renewed once.
    response = await sent(path, options, await renew(token));
  }
  if (response.status === 401) {
    expired();
  }
  if (!response.ok && response.status !== 304) {
    throw await problemOf(response);
  }
  return response;
}

async function sent(path, { headers, ...options }, token) {
  const url = new URL(path, location.origin);
  if (url.origin !== location.origin) {
    throw new Problem(0); // links come with the data, and the token is for this service alone
  }
  try {
    return await fetch(url, {
      ...options,
      credentials: 'omit',
      cache: 'no-store',
      headers: { Accept: 'application/json', ...headers, Authorization: `Bearer ${token}`, 'Accept-Language': preferences.lang },
    });
  } catch (error) {
    throw error.name === 'AbortError' ? error : new Problem(0);
  }
}

async function problemOf(response) {
  const body = await response.json().catch(() => ({}));
  return new Problem(response.status, body, Number(response.headers.get('Retry-After')) || 0);
}

/** The body of an answer; one that breaks off, or is none of the service's, is as if nobody had answered. */
async function bodyOf(response) {
  try {
    return parse(await response.text());
  } catch (error) {
    throw error.name === 'AbortError' ? error : new Problem(0);
  }
}

export const get = async (path, options) => bodyOf(await ask(path, options));

/** A page of a list: its body, and the path of the next page in the Link header (RFC 8288), if there is one. */
export const getPage = async (path, options) => pageOf(await ask(path, options));

export const postPage = async (path, headers) => pageOf(await ask(path, { method: 'POST', headers }));

async function pageOf(response) {
  const link = /<([^>]*)>\s*;[^,]*rel="?next"?/.exec(response.headers.get('Link') ?? '');
  return { body: await bodyOf(response), next: link ? link[1] : null };
}

export async function post(path, body, headers = {}) {
  const options = body === undefined ? {} : { body: JSON.stringify(body) };
  const type = body === undefined ? {} : { 'Content-Type': 'application/json' };
  return bodyOf(await ask(path, { method: 'POST', headers: { ...type, ...headers }, ...options }));
}

export const remove = async path => bodyOf(await ask(path, { method: 'DELETE' }));

/** A path with the parameters that have a value. */
export function withQuery(path, pairs) {
  const params = new URLSearchParams(pairs.filter(([, value]) => value !== undefined && value !== null && value !== ''));
  return params.size ? `${path}?${params}` : path;
}
