// The filters of the list of jobs: in the address, as the service's parameters, and held against news.
import { isNamed } from './names.js';

export const FILTERS = ['owner', 'procedure', 'label', 'created_after', 'created_before'];
const SHORTEST = 2; // of a text that the service searches for
const LABEL = /^[^\s=]+=\S/;

// In a query a plus is a space: that of a zone's offset is put back. No time has a space there otherwise.
const spelled = (key, value) => (key.startsWith('created') ? value.replace(/(T.*) (?=\d{2}:?\d{2}$)/, '$1+') : value);

/** What an address has of one filter. */
export const valuesOf = (query, key) => query.getAll(key).filter(Boolean).map(value => spelled(key, value));

/** [name, value] of all filters of an address that the service knows; a label may be there several times. */
export function filtersOf(query, { state = true } = {}) {
  const q = query.get('q')?.trim() ?? '';
  return [
    ...(state && query.get('state') ? [['state', query.get('state')]] : []),
    ...FILTERS.flatMap(key => valuesOf(query, key).map(value => [key, value])),
    // A label as the list shows it.
    ...(LABEL.test(q) ? [['label', q]] : q.length >= SHORTEST ? [['q', q]] : []),
  ];
}

/** The address of the list with one filter more, or without it; always on the first page. */
export function changed(query, key, value, { add = false } = {}) {
  const next = new URLSearchParams(query);
  for (const gone of ['cursor', 'page', ...(add ? [] : [key])]) {
    next.delete(gone);
  }
  if (value) {
    next.append(key, value);
  }
  return next;
}

export function without(query, key, value) {
  const next = changed(query, '', '');
  next.delete(key);
  query.getAll(key).filter(given => spelled(key, given) !== value).forEach(given => next.append(key, given));
  return next;
}

const TESTS = {
  state: (job, value) => value.split(',').includes(job.state),
  owner: (job, value) => job.owner === value,
  procedure: (job, value) => isNamed(value, job.procedure_name),
  label: (job, value) => {
    const at = value.indexOf('=');
    return at < 0 ? Object.hasOwn(job.labels ?? {}, value) : job.labels?.[value.slice(0, at)] === value.slice(at + 1);
  },
  created_after: (job, value) => new Date(job.created_at) >= new Date(value),
  created_before: (job, value) => new Date(job.created_at) < new Date(value),
  q: (job, value) => {
    const labels = Object.entries(job.labels ?? {}).flat();
    return job.id.startsWith(value.toLowerCase())
      || [job.procedure_name, job.owner, job.error ?? '', ...labels].some(text => text.toLowerCase().includes(value.toLowerCase()));
  },
};

/** Whether a job would be in the list: for counting what is new, the service decides when the list is read. */
export const matches = (job, filters) => filters.every(([key, value]) => TESTS[key](job, value));
