// The inputs of a form, by the type that the catalogue tells; what is typed, and how it leaves.
import { parse } from './exact.js';
import { html, nothing } from './html.js';
import { icon } from './icons.js';
import { t } from './texts.js';

const LONG_TEXT = 4000; // of Oracle's VARCHAR2; what may be longer is typed in more than one line
const NEAR = 0.8;

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
  return pattern.includes('\\d{4}-\\d{2}') ? whenOf(param, pattern) : textOf(param, schema);
}

function whenOf(param, pattern) {
  if (/[zZ]/.test(pattern)) {
    return 'zoned';
  }
  return /^TIMESTAMP/i.test(param.type) ? 'time' : 'day';
}

const textOf = (param, schema) => (/LOB|LONG|XML|JSON|^TEXT$/i.test(param.type) || schema?.maxLength > LONG_TEXT ? 'long' : 'text');

/** What the body has for what was typed; thrown is the key of a text. */
export function leaving(kind, typed) {
  if (kind === 'number' || kind === 'integer') {
    const text = typed.trim().replace(/^([+-]?\d*),(\d*)$/, '$1.$2');
    if (!/^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/.test(text)) {
      throw new RangeError('run.e.number');
    }
    return text; // as digits, never through a double
  }
  if (kind === 'boolean') {
    return typed === 'true';
  }
  if (kind === 'json') {
    try {
      return parse(typed);
    } catch {
      throw new RangeError('run.e.json');
    }
  }
  return kind === 'file' ? typed.base64 : typed;
}

const INPUTS = {
  text: ['text'],
  number: ['text', 'decimal'],
  integer: ['text', 'numeric'],
  day: ['date'],
  time: ['datetime-local'],
  zoned: ['text'],
  secret: ['password'],
};

/** One field; given: {error, value, set}. */
export function field({ param, schema, kind }, given) {
  const id = 'f-' + param.name;
  const described = `h-${param.name}${given.error ? ` e-${param.name}` : ''}`;
  return html`<div class=${`field k-${kind}${given.error ? ' wrong' : ''}`}>
    <label for=${id} id=${'l-' + param.name}>${param.name}${param.secret ? icon('lock', 13) : nothing}${param.optional ? html`<span class="opt">${t('run.optional')}</span>` : nothing}</label>
    ${control(id, described, { param, schema, kind }, given)}
    <p class="hint" id=${'h-' + param.name}><code>${param.type}</code>${param.optional ? html` · ${t('run.default')}` : nothing}${counter(schema, given.value)}</p>
    <p class="error" id=${'e-' + param.name}>${given.error ?? ''}</p></div>`;
}

function counter(schema, value) {
  const most = schema?.maxLength;
  const length = typeof value === 'string' ? value.length : 0;
  return most && length > most * NEAR ? html` · <span class="num">${length} / ${most}</span>` : nothing;
}

function control(id, described, { param, schema, kind }, { error, value, set }) {
  const invalid = error ? 'true' : nothing;
  const required = param.optional ? nothing : 'true';
  if (kind === 'boolean') {
    const choices = [...(param.optional ? [['', t('run.bydefault')]] : []), ['true', t('run.yes')], ['false', t('run.no')]];
    return html`<div class="seg-pick" role="radiogroup" id=${id} tabindex="-1" aria-labelledby=${'l-' + param.name} aria-describedby=${described}>${choices.map(([choice, text]) =>
      html`<label><input type="radio" name=${id} value=${choice} .checked=${(value ?? '') === choice} @change=${() => set(choice)}><span>${text}</span></label>`)}</div>`;
  }
  if (kind === 'file') {
    return html`<input id=${id} type="file" aria-invalid=${invalid} aria-required=${required} aria-describedby=${described} @change=${e => chosen(e.target.files[0], set)}>`;
  }
  if (kind === 'long' || kind === 'json') {
    return html`<textarea id=${id} rows="3" .value=${value ?? ''} placeholder=${kind === 'json' ? shapeOf(schema) : nothing} aria-invalid=${invalid} aria-required=${required} aria-describedby=${described} @input=${e => set(e.target.value)}></textarea>`;
  }
  const [type, mode] = INPUTS[kind];
  return html`<input id=${id} type=${type} inputmode=${mode ?? nothing} step=${kind === 'time' ? '1' : nothing} placeholder=${kind === 'zoned' ? '2025-12-10T14:30:00-03:00' : nothing} .value=${value ?? ''} autocomplete=${kind === 'secret' ? 'new-password' : 'off'} spellcheck="false" aria-invalid=${invalid} aria-required=${required} aria-describedby=${described} @input=${e => set(e.target.value)}>`;
}

function shapeOf(schema) {
  const type = [schema?.type ?? []].flat();
  return type.includes('object') ? JSON.stringify(Object.fromEntries(Object.keys(schema.properties ?? {}).map(key => [key, '…']))) : '[…]';
}

function chosen(file, set) {
  if (!file) {
    set('');
    return;
  }
  const reader = new FileReader();
  reader.onload = () => set({ name: file.name, base64: reader.result.slice(reader.result.indexOf(',') + 1) });
  reader.readAsDataURL(file);
}
