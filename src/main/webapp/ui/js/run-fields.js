// The inputs of a form, by the kind that each value is of.
import { html, nothing } from './html.js';
import { icon } from './icons.js';
import { isIll } from './run-kept.js';
import { t } from './texts.js';

const NEAR = 0.8;

const INPUTS = {
  text: ['text'],
  number: ['text', 'decimal'],
  integer: ['text', 'numeric'],
  day: ['date'],
  time: ['datetime-local'],
  zoned: ['text'],
  secret: ['password'],
};

// The fields of a calendar would take six digits for a year; no database does.
export const LAST = { date: '9999-12-31', 'datetime-local': '9999-12-31T23:59:59' };

/** Tells what was typed, or that it is no date; then the value that was there stays: a new one would take away what is half typed. */
export function typed(input, { set, wrong }) {
  if (isIll(input)) {
    wrong(t('run.e.date'));
  } else {
    set(input.value);
  }
}

/** One field; given: {error, value, plain, set, wrong}. */
export function field({ param, schema, kind }, given) {
  const id = 'f-' + param.name;
  const described = `h-${id}${given.error ? ` e-${id}` : ''}`;
  return html`<div class=${`field k-${kind}${given.error ? ' wrong' : ''}`}>
    <label for=${id} id=${'l-' + id}>${param.name}${param.secret ? icon('lock', 13) : nothing}${param.optional ? html`<span class="opt">${t('run.optional')}</span>` : nothing}</label>
    ${control(id, described, { param, schema, kind }, given)}
    <p class="hint" id=${'h-' + id}><code>${param.type}</code>${param.optional ? html` · ${t('run.default')}` : nothing}${counter(schema, given.value)}</p>
    <p class="error" id=${'e-' + id}>${given.error ?? ''}</p></div>`;
}

function counter(schema, value) {
  const most = schema?.maxLength;
  const length = typeof value === 'string' ? value.length : 0;
  return most && length > most * NEAR ? html` · <span class="num">${length} / ${most}</span>` : nothing;
}

function control(id, described, { param, schema, kind }, given) {
  const { error, value, plain, set } = given;
  const invalid = error ? 'true' : nothing;
  const required = param.optional ? nothing : 'true';
  if (kind === 'boolean' && !plain) {
    const choices = [...(param.optional ? [['', t('run.bydefault')]] : []), ['true', t('run.yes')], ['false', t('run.no')]];
    return html`<div class="seg-pick" role="radiogroup" id=${id} tabindex="-1" aria-labelledby=${'l-' + id} aria-describedby=${described}>${choices.map(([choice, text]) =>
      html`<label><input type="radio" name=${id} value=${choice} .checked=${(value ?? '') === choice} @change=${() => set(choice)}><span>${text}</span></label>`)}</div>`;
  }
  if (kind === 'file') {
    return html`<input id=${id} type="file" aria-invalid=${invalid} aria-required=${required} aria-describedby=${described} @change=${e => chosen(e.target, set)}>`;
  }
  if (kind === 'long' || kind === 'json' || plain) {
    return html`<textarea id=${id} rows=${plain ? 1 : 3} .value=${value ?? ''} placeholder=${kind === 'json' ? shapeOf(schema) : nothing} aria-invalid=${invalid} aria-required=${required} aria-describedby=${described} @input=${e => set(e.target.value)}></textarea>`;
  }
  const [type, mode] = INPUTS[kind];
  return html`<input id=${id} type=${type} inputmode=${mode ?? nothing} max=${LAST[type] ?? nothing} step=${kind === 'time' ? '1' : nothing} placeholder=${kind === 'zoned' ? '2025-12-10T14:30:00-03:00' : nothing} .value=${value ?? ''} autocomplete=${kind === 'secret' ? 'new-password' : 'off'} spellcheck="false" aria-invalid=${invalid} aria-required=${required} aria-describedby=${described} @input=${e => typed(e.target, given)}>`;
}

function shapeOf(schema) {
  const type = [schema?.type ?? []].flat();
  return type.includes('object') ? JSON.stringify(Object.fromEntries(Object.keys(schema.properties ?? {}).map(key => [key, '…']))) : '[…]';
}

/** Only what was chosen last counts, and nothing does until it has been read. */
function chosen(input, set) {
  const [file] = input.files;
  if (!file) {
    set('');
    return;
  }
  const reader = new FileReader();
  const read = (value, error) => {
    if (input.files[0] === file) {
      set(value, error);
    }
  };
  reader.onload = () => read({ name: file.name, base64: reader.result.split(',')[1] ?? '' });
  reader.onerror = () => read({ failed: true }, t('run.e.file'));
  set({ name: file.name });
  reader.readAsDataURL(file);
}
