// The values of a form: of what kind each is, how it is brought into the spelling of its input, and how it leaves.
import { isNumber, numbersQuery, parse } from './exact.js';
import { english } from './preferences.js';
import { t } from './texts.js';

const HELD = 15; // digits of a number that a double holds for sure
const LONG_TEXT = 4000; // of Oracle's VARCHAR2; what may be longer is typed in more than one line

/** What a parameter takes: secret, file, boolean, json, integer, number, day, time, zoned, long, text, or none. */
export function kindOf(param, schema) {
  const types = [schema?.type ?? 'string'].flat();
  const pattern = schema?.pattern ?? '';
  if (param.secret) {
    return 'secret';
  }
  if (schema?.contentEncoding === 'base64') {
    return 'file';
  }
  if (schema?.enum?.includes(true)) {
    return 'boolean';
  }
  for (const [kind, is] of [['json', 'array'], ['json', 'object'], ['integer', 'integer']]) {
    if (types.includes(is)) {
      return kind;
    }
  }
  if (types.every(type => type === 'null')) {
    return 'none';
  }
  if (types.includes('number') && pattern) {
    return 'number';
  }
  return pattern.includes('\\d{4}-\\d{2}') ? whenOf(param, pattern) : textKind(param, schema);
}

function whenOf(param, pattern) {
  if (/[zZ]/.test(pattern)) {
    return 'zoned';
  }
  return /^TIMESTAMP/i.test(param.type) ? 'time' : 'day';
}

const textKind = (param, schema) => (/LOB|LONG|XML|JSON|^TEXT$/i.test(param.type) || schema?.maxLength > LONG_TEXT ? 'long' : 'text');

/** The parameters that are asked for: {param, schema, kind}, with the JSON Schema of the value. */
export function asked(overload) {
  const items = overload.request_schema?.properties?.params?.items?.oneOf ?? [];
  return overload.params.filter(param => param.direction !== 'OUT').map(param => {
    const schema = items.find(item => item.properties?.name?.const === param.name)?.properties.value;
    return { param, schema, kind: kindOf(param, schema) };
  }).filter(({ kind }) => kind !== 'none');
}

const isCounted = kind => kind === 'number' || kind === 'integer';

// 1.500 is 1500 to one person and 1.5 to another.
const AMBIGUOUS = /^([+-]?)([1-9]\d{0,2})[.,](\d{3})$/;

// Groups of three, and a decimal separator that is the other one: 1.234,50 and 1,234,567.8. One group alone is ambiguous.
const GROUPED = /^[+-]?[1-9]\d{0,2}([.,])\d{3}(?:\1\d{3})*(?:(?!\1)[.,]\d+)?$/;

/** What the body has for what was typed; thrown is what is wrong with it, for people. */
export function leaving({ kind, schema }, typed) {
  if (isCounted(kind)) {
    return digits(typed.trim());
  }
  if (kind === 'boolean') {
    return truth(typed.trim().toLowerCase());
  }
  if (kind === 'json') {
    return json(typed);
  }
  if (kind === 'file') {
    return bytes(typed);
  }
  if ((kind === 'day' || kind === 'time') && !new RegExp(schema.pattern).test(typed)) {
    throw new RangeError(t('run.e.date'));
  }
  if (typed.length > schema?.maxLength) {
    throw new RangeError(t('run.e.long', { n: schema.maxLength, have: typed.length }));
  }
  return typed;
}

/** As digits, never through a double. */
function digits(typed) {
  const [, sign, whole, rest] = AMBIGUOUS.exec(typed) ?? [];
  if (whole) {
    const decimals = rest.replace(/0+$/, '');
    throw new RangeError(t('run.e.thousands', { whole: sign + whole + rest, decimal: sign + whole + (decimals && (english() ? '.' : ',') + decimals) }));
  }
  const [, separator = ''] = GROUPED.exec(typed) ?? [];
  const text = (separator ? typed.replaceAll(separator, '') : typed).replace(/^([+-]?\d*),(\d*)$/, '$1.$2');
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/.test(text)) {
    throw new RangeError(t('run.e.number'));
  }
  return text;
}

/** The labels of what was typed: mes=12, cierre=diario. */
export function labelled(typed) {
  const pairs = typed.split(',').filter(pair => pair.trim()).map(pair => {
    const [, key, value] = /^\s*([^=]*?)\s*=(.*)$/s.exec(pair) ?? [];
    if (!key) {
      throw new RangeError(t('run.e.labels', { pair: pair.trim() }));
    }
    return [key, value.trim()];
  });
  return Object.fromEntries(pairs);
}

/** Whether a label can be typed, so that it leaves as it is. */
export function isTypable(key, value) {
  return key !== '' && key.trim() === key && value.trim() === value && !key.includes('=') && !/[,\r\n]/.test(key + value);
}

function truth(text) {
  if (text !== 'true' && text !== 'false') {
    throw new RangeError(t('run.e.boolean'));
  }
  return text === 'true';
}

function json(typed) {
  try {
    return parse(typed);
  } catch {
    throw new RangeError(t('run.e.json'));
  }
}

function bytes({ base64, failed }) {
  if (base64 === undefined) {
    throw new RangeError(t(failed ? 'run.e.file' : 'run.e.reading'));
  }
  return base64;
}

/**
 * A text in the spelling of its input: {value, plain}. What its input would not show, such as a day with a time where a calendar takes days
 * alone, is plain: shown, and sent, as the text that it is.
 */
export function brought(kind, text) {
  const lower = text.trim().toLowerCase();
  if (kind === 'boolean') {
    return lower === 'true' || lower === 'false' ? { value: lower } : { value: text, plain: true };
  }
  if (kind === 'day' || kind === 'time') {
    const value = calendar(kind, text.trim());
    return value ? { value } : { value: text, plain: true };
  }
  return { value: text, plain: kind !== 'long' && kind !== 'json' && /[\r\n]/.test(text) };
}

/** As inputs of the types date and datetime-local spell it (HTML, 2.3.5); empty where they cannot. */
function calendar(kind, text) {
  const [, y, m, d, d2, , m2, y2, minutes = '00:00', seconds = ''] =
    /^(?:(\d{4})-(\d\d)-(\d\d)|(\d\d)([/-])(\d\d)\5(\d{4}))(?:[T ](\d\d:\d\d)(:\d\d)?)?$/.exec(text) ?? [];
  const day = `${y ?? y2}-${m ?? m2}-${d ?? d2}`;
  const time = minutes + seconds;
  const when = new Date(`${day}T${time}Z`);
  // A day that its month does not have is moved to the next one, or is none.
  if (Number.isNaN(when.getTime()) || when.toISOString().slice(0, 10) !== day || day.startsWith('0000')) {
    return '';
  }
  if (kind === 'time') {
    return `${day}T${time}`;
  }
  return /^00:00(:00)?$/.test(time) ? day : '';
}

/** The text for a value that a job had; undefined for one that no input can hold. */
export function written(kind, value) {
  if (kind === 'json') {
    return JSON.stringify(value);
  }
  if (value === null || value === '' || (typeof value === 'object' && !isNumber(value))) {
    return undefined;
  }
  const text = String(value);
  if (typeof value === 'number' && numbersQuery && text.replace(/e.*|\D/g, '').length > HELD) {
    return undefined; // this browser does not tell the digits, which may have been others
  }
  // Where the service wrote it, it is a decimal: another zero says so.
  return isCounted(kind) && AMBIGUOUS.test(text) ? text + '0' : text;
}
