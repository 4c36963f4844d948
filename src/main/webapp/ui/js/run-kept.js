// Forms that are being filled: whoever leaves one finds it again. They are in memory, and on the way to the issuer and back in the tab's
// storage, without what must not be written down.
import { asked } from './run-values.js';

const PARKED = 'diferido.forms';
const MOST = 8; // of forms, which may have files in them

const kept = new Map();

/** The fields of one overload. Their elements are theirs alone: no other field has the file that was chosen in one. */
export const blankFill = () => ({ values: { __proto__: null }, plain: { __proto__: null }, box: document.createElement('div') });

export const blank = (name, query) => ({
  name,
  query,
  opened: query, // the address that it is open by, which may be a plain one
  ready: false, // once its overload is chosen, and what was brought is in it
  overload: 0,
  fill: blankFill(),
  options: { __proto__: null },
  optionsBox: document.createElement('div'),
  errors: { __proto__: null }, // by the id of the field: a parameter may be called like an option
  other: [],
  more: false, // whether the options are open
  left: [], // names of what could not be brought
  leftOptions: [], // of the options among that
  lost: [], // names of what could not be kept on the way to the issuer and back
  hidden: [], // names of members that are known to be secret
  key: crypto.randomUUID(),
  as: 'curl',
  busy: '',
  checked: false,
  said: null,
});

/** The form for an address: the one that was left, unless the address brings other values. */
export function formFor(name, query) {
  const found = kept.get(name);
  const view = found && (query === '' || query === found.query) ? found : blank(name, query);
  view.opened = query;
  kept.delete(name);
  kept.set(name, view);
  if (kept.size > MOST) {
    kept.delete(kept.keys().next().value);
  }
  return view;
}

/** What has run begins anew. */
export function forget(view) {
  if (kept.get(view.name) === view) {
    kept.delete(view.name);
  }
}

/** A date that is half typed, or that no calendar has: its input has no value then, and would pass for one that was left empty. */
export const isIll = input => Boolean(input?.validity && (input.validity.badInput || input.validity.rangeOverflow || input.validity.rangeUnderflow));

export const inputOf = (box, id) => box.querySelector('#' + CSS.escape(id));

// The catalogue does not tell which members of a record are secret, so none is written down.
const mayBeWritten = ({ kind, schema }) => kind !== 'secret' && kind !== 'file' && !(kind === 'json' && JSON.stringify(schema).includes('"properties"'));

function parked({ name, query, overload, fill, options, optionsBox, procedure, left, leftOptions, lost: before, hidden }) {
  const inputs = asked(procedure.overloads[overload]).filter(({ param }) => fill.values[param.name] && !isIll(inputOf(fill.box, 'f-' + param.name)));
  const [written, lost] = [true, false].map(may => inputs.filter(input => mayBeWritten(input) === may).map(({ param }) => param.name));
  const terms = isIll(inputOf(optionsBox, 'o-start_before')) ? { ...options, start_before: '' } : options;
  return { name, query, overload, hidden, options: terms, left, leftOptions, lost: [...new Set([...before, ...lost])], fields: written.map(each => [each, fill.values[each], fill.plain[each]]) };
}

/** Before the page is left for the issuer's. */
export function park(who) {
  const forms = [...kept.values()].filter(({ ready }) => ready).map(parked);
  try {
    sessionStorage.setItem(PARKED, JSON.stringify({ who, forms }));
  } catch { /* more than a browser keeps: they are filled again */ }
}

/** Back from there: the same person finds the forms, nobody else does. */
export function unpark(who) {
  const { who: whose, forms = [] } = JSON.parse(sessionStorage.getItem(PARKED) ?? '{}');
  sessionStorage.removeItem(PARKED);
  for (const { fields, options, ...form } of whose === who ? forms : []) {
    const view = Object.assign(blank(form.name, form.query), form, { ready: true });
    Object.assign(view.options, options);
    for (const [name, value, plain] of fields) {
      view.fill.values[name] = value;
      view.fill.plain[name] = plain;
    }
    kept.set(form.name, view);
  }
}
