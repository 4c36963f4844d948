// Numbers, durations and times as people read them, in the language of the page.
import { html } from './html.js';
import { english, preferences } from './preferences.js';
import { t } from './texts.js';

/** Of fewer runs a share says little, and a 95th percentile nothing. */
export const FEW = 20;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const locale = () => (english() ? 'en-GB' : 'es-AR');
const made = new Map();

/** Formatters cost more to make than to use. */
function once(key, make) {
  const of = locale() + key;
  if (!made.has(of)) {
    made.set(of, make(locale()));
  }
  return made.get(of);
}

export const number = (n, digits = 0) =>
  once('n' + digits, l => new Intl.NumberFormat(l, { useGrouping: 'always', maximumFractionDigits: digits })).format(n);

/** An exact decimal stays exact: only its whole part is grouped, and nothing is rounded. */
export function exact(value) {
  const [, sign, whole, fraction] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(value)) ?? [];
  if (whole === undefined) {
    return String(value);
  }
  return sign + number(BigInt(whole)) + (fraction ? (english() ? '.' : ',') + fraction : '');
}

export const percent = (share, digits = 1) =>
  once('p' + digits, l => new Intl.NumberFormat(l, { style: 'percent', maximumFractionDigits: digits })).format(share);

export function bytes(n) {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, n < 1 ? 0 : Math.floor(Math.log10(n) / 3));
  return `${number(n / 1000 ** power, power && n / 1000 ** power < 10 ? 1 : 0)} ${units[power]}`;
}

export function duration(ms) {
  if (ms === undefined || ms === null || Number.isNaN(ms)) {
    return '–';
  }
  const two = n => String(n).padStart(2, '0');
  if (ms < SECOND) {
    return `${Math.max(0, Math.round(ms))} ms`;
  }
  if (ms < 10 * SECOND) {
    return `${number(ms / SECOND, 1)} s`;
  }
  if (ms < MINUTE) {
    return `${Math.floor(ms / SECOND)} s`;
  }
  if (ms < HOUR) {
    return `${Math.floor(ms / MINUTE)} min ${two(Math.floor(ms / SECOND) % 60)} s`;
  }
  if (ms < DAY) {
    return `${Math.floor(ms / HOUR)} h ${two(Math.floor(ms / MINUTE) % 60)} min`;
  }
  return `${Math.floor(ms / DAY)} d ${Math.floor(ms / HOUR) % 24} h`;
}

/** Of what goes on: without tenths, which would flicker. */
export const running = ms => (ms < SECOND ? '0 s' : ms < 10 * SECOND ? `${Math.floor(ms / SECOND)} s` : duration(ms));

/** For usual durations, where a second in ten minutes says nothing. */
export const brief = ms => (ms >= 10 * MINUTE && ms < HOUR ? `${Math.round(ms / MINUTE)} min` : duration(ms));

/** Whether what is left is less than a minute, which no sentence counts. */
export const isSoon = ms => ms < 45 * SECOND;

/** Rounded on purpose: an estimate that shows seconds pretends to know them. */
export function about(ms) {
  if (isSoon(ms)) {
    return t('time.soon');
  }
  const minutes = Math.round(ms / MINUTE);
  if (minutes < 60) {
    return `${Math.max(1, minutes)} min`;
  }
  const tens = Math.round(ms / (10 * MINUTE));
  return `${Math.floor(tens / 6)} h ${(tens % 6) * 10} min`;
}

const dates = (key, options) => at => once(key, l => new Intl.DateTimeFormat(l, { hour12: false, ...options })).format(new Date(at));
const TIME = { hour: '2-digit', minute: '2-digit' };

export const hour = dates('h', TIME);
export const clock = dates('c', { ...TIME, second: '2-digit' });
export const short = dates('t', { ...TIME, day: '2-digit', month: '2-digit' });
export const stamp = dates('s', { ...TIME, second: '2-digit', day: 'numeric', month: 'short', year: 'numeric', timeZoneName: 'short' });

export function ago(at) {
  const seconds = Math.round((new Date(at) - Date.now()) / SECOND);
  const far = Math.abs(seconds);
  const relative = once('r', l => new Intl.RelativeTimeFormat(l, { numeric: 'auto', style: 'narrow' }));
  if (far < 60) {
    return relative.format(seconds, 'second').replace('seg.', 's');
  }
  if (far < 3600) {
    return relative.format(Math.trunc(seconds / 60), 'minute');
  }
  if (far < 86400) {
    return relative.format(Math.trunc(seconds / 3600), 'hour');
  }
  return relative.format(Math.trunc(seconds / 86400), 'day');
}

/** Relative, exact on hover; the key "t" turns every time on the page into its exact form. */
export const time = at => (at
  ? html`<time datetime=${new Date(at).toISOString()} title=${stamp(at)}>${preferences.exactTimes === 'on' ? short(at) : ago(at)}</time>`
  : '–');

/** The value of an input of type datetime-local is a time of the reader's zone, without saying so; it has four digits for a year. */
export function localInput(at) {
  const when = new Date(at);
  const local = new Date(when - when.getTimezoneOffset() * MINUTE);
  return Number.isNaN(local.getTime()) || !/^\d/.test(local.toISOString()) ? '' : local.toISOString().slice(0, 16);
}
