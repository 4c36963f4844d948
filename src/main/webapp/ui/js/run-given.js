// What a form begins with: what a link has, or what a job was given, bound to the parameters as the service binds it.
import { isMasked, maskedMembers, termsOf } from './calls.js';
import { localInput } from './format.js';
import { asked, brought, isTypable, written } from './run-values.js';

const JOB = /^[0-9a-f]{32}$/;

/** The job whose values an address asks for: #/run/PKG.PROC?from=…; a parameter may be called like that. */
export const jobOf = query => (JOB.test(query.get('from')) ? query.get('from') : '');

/** What a link has, by name: #/run/PKG.PROC?vFECHA=2025-12-10. */
export const ofLink = query => [...query].map(([name, text]) => ({ name, text })).filter(({ text }) => text);

/** What a job was given, which may have no names but its order. */
export const ofJob = job => (job.params ?? []).map(({ name, value, direction }) => ({ name, value, isOut: /^\s*out\s*$/i.test(direction ?? ''), inOrder: true }));

/** Names count in any case, the exact spelling first. */
function paramOf(overload, name = '') {
  return overload.params.find(param => param.name === name) ?? overload.params.find(param => param.name.toUpperCase() === name.toUpperCase());
}

/** {item, param} of each; in order where no name is one of the signature's and the count is. */
function bound(overload, items) {
  const returned = overload.isFunction ? items.find(item => item.isOut && !paramOf(overload, item.name)) : undefined;
  const rest = items.filter(item => item !== returned);
  const pairs = rest.map(item => ({ item, param: paramOf(overload, item.name) }));
  const inOrder = rest.length === overload.params.length && pairs.every(({ item, param }) => item.inOrder && !param);
  return inOrder ? rest.map((item, i) => ({ item, param: overload.params[i] })) : pairs;
}

/** How well an overload takes the items: that it can be called, then how many it takes, then how few it misses. */
function fit(overload, items) {
  const taken = new Set(bound(overload, items).map(({ param }) => param).filter(Boolean));
  const missed = overload.params.filter(param => items.length && !param.optional && param.direction !== 'OUT' && !taken.has(param));
  return (overload.callable ? 1e6 : 0) + taken.size * 1e3 - missed.length;
}

/** The place of the overload that takes most of the items; the first that can be called where there is none. */
export const overloadFor = (procedure, items) =>
  procedure.overloads.reduce((best, overload, i, all) => (fit(overload, items) > fit(all[best], items) ? i : best), 0);

/** Puts a text into a field, in the spelling of its input. */
export function put(fill, { param, kind }, text) {
  const { value, plain } = brought(kind, text);
  fill.values[param.name] = value;
  fill.plain[param.name] = plain;
}

/** Secrets are nobody's to hand on, and no page can choose a file for its reader. */
function textOf(input, { text, value }) {
  if (!input || input.kind === 'secret' || input.kind === 'file' || isMasked(value)) {
    return undefined;
  }
  return text ?? written(input.kind, value);
}

/** Puts the items into a form, and tells it the names of those that cannot be put, and of members within them that are secret. */
export function take(view, overload, items) {
  const inputs = asked(overload);
  for (const { item, param } of bound(overload, items)) {
    const input = inputs.find(each => each.param === param);
    const text = textOf(input, item);
    if (text !== undefined) {
      put(view.fill, input, text);
    } else if (item.value !== undefined || item.text) {
      view.left.push(param?.name ?? (item.name || `#${items.indexOf(item) + 1}`));
    }
    view.hidden.push(...maskedMembers(item.value));
  }
}

/** Puts the options of a job into a form, and tells it which of them cannot be put, all or in part. */
export function takeTerms(view, { timeout_seconds: usual }, job) {
  const { labels = {}, start_before: before, timeout_seconds: timeout } = termsOf(job);
  const pairs = Object.entries(labels);
  const typable = pairs.filter(([key, value]) => isTypable(key, value));
  const terms = {
    labels: typable.map(([key, value]) => `${key}=${value}`).join(', '),
    start_before: before ? moment(before) : '',
    timeout_seconds: timeout && timeout !== usual ? String(timeout) : '', // the usual one is nobody's wish
  };
  Object.assign(view.options, terms);
  view.more = Object.values(terms).some(Boolean);
  view.leftOptions = [...(job.start_before && !terms.start_before ? ['start_before'] : []), ...(typable.length < pairs.length ? ['labels'] : [])];
}

/** For an input that is told no seconds where there are none. */
function moment(at) {
  const minute = localInput(at);
  return minute && minute + new Date(at).toISOString().slice(16, 23).replace(/(:00)?\.000$/, '');
}
