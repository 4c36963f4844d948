// The form of a procedure, from its signature. The browser checks what the signature says; the service's 422 is the truth.
import { saidNo } from './actions.js';
import { get, post, Problem } from './api.js';
import { bodyOf, curl, FromFile, javascript } from './calls.js';
import { number } from './format.js';
import { html, nothing, render } from './html.js';
import { icon } from './icons.js';
import { live } from './live.js';
import { announce, copy, invalidate } from './page.js';
import { alone, button, code, pick, shown } from './pieces.js';
import { Reading } from './reading.js';
import { go, href } from './router.js';
import { expect, returns } from './run-beside.js';
import { field, LAST, typed } from './run-fields.js';
import { jobOf, ofJob, ofLink, overloadFor, put, take, takeTerms } from './run-given.js';
import { blankFill, forget, formFor, inputOf, isIll } from './run-kept.js';
import { asked, labelled, leaving } from './run-values.js';
import { t, tn } from './texts.js';

const OPTIONS = ['timeout_seconds', 'start_before', 'labels'];

let reading = null;
let view = null;

export const runForm = {
  open(route) {
    runForm.close();
    const mine = formFor(route.id, String(route.query));
    view = mine;
    reading = new Reading(async signal => {
      const [procedure, source] = await Promise.all([get('/procedures/' + encodeURIComponent(route.id), { signal }), mine.ready ? null : given(route.query, signal)]);
      if (view === mine) {
        begin(procedure, source);
      }
      return procedure;
    });
    reading.read();
  },

  close() {
    reading?.stop();
    view = null; // an answer that comes later leads nobody away from where she is by then
  },

  title: () => reading.data?.name ?? '',

  draw: () => shown(reading, draw, { rows: 5, kind: 'detail', gone: problem => alone('search', problem.title, problem.message, back('btn')) }),
};

const back = cls => html`<a class=${cls} href=${href('/run')}>${t('run.change')}</a>`;

/** What the address brings, {items, job}; nothing for a job that is not, or is not for this person. */
async function given(query, signal) {
  const id = jobOf(query);
  try {
    const job = id ? await get('/jobs/' + id, { signal }) : null;
    return { items: job ? ofJob(job) : ofLink(query), job };
  } catch (error) {
    if (error.status === 404 || error.status === 403) {
      return null;
    }
    throw error;
  }
}

/** A form that was left has its values already, of which only the signature may be new. */
function begin(procedure, source) {
  Object.assign(view, { procedure, checked: false, said: null });
  if (!view.ready) {
    const { items, job } = source ?? { items: [] };
    Object.assign(view, { ready: true, gone: source === null, overload: overloadFor(procedure, items) });
    take(view, overloadOf(procedure), items);
    if (job) {
      takeTerms(view, procedure.rules, job);
    }
    const { errors } = leave(overloadOf(procedure));
    // What was brought and cannot leave is told at once, what is missing when it is sent.
    Object.assign(view.errors, Object.fromEntries(Object.entries(errors).filter(([id]) => view.fill.values[id.slice(2)])));
  }
  view.overload = Math.min(view.overload, procedure.overloads.length - 1);
  if (notBrought()) {
    announce(notBrought());
  }
}

/** What an address could not bring is told while the form is open by that address; what was lost on the way to the issuer, by any. */
function notBrought() {
  const isBrought = view.opened === view.query;
  const options = view.leftOptions.map(name => t('run.left.option', { name: t('run.' + name) }));
  const names = new Set([...(isBrought ? [...view.left, ...options] : []), ...view.lost]);
  return isBrought && view.gone ? t('run.gone') : names.size ? t('run.left', { names: [...names].join(', ') }) : '';
}

const overloadOf = procedure => procedure.overloads[view.overload];

const idOf = param => 'f-' + param.name;
const optionId = name => 'o-' + name;

/** What was typed; null for a date that is none. */
const valueOf = param => (isIll(inputOf(view.fill.box, idOf(param))) ? null : view.fill.values[param.name] ?? '');

function startBefore() {
  const { start_before: before } = view.options;
  return isIll(inputOf(view.optionsBox, optionId('start_before'))) ? NaN : before ? Date.parse(before) : 0;
}

/** Values and options as they leave; what cannot is an error at its field. */
function leave(overload) {
  // Without a prototype: a parameter may be called constructor.
  const errors = { __proto__: null };
  return { values: leavingValues(overload, errors), options: leavingOptions(errors), errors };
}

function leavingValues(overload, errors) {
  const values = { __proto__: null };
  for (const input of asked(overload)) {
    const { param } = input;
    const value = valueOf(param);
    try {
      if (value === null) {
        errors[idOf(param)] = t('run.e.date');
      } else if (value !== '') {
        values[param.name] = leaving(input, value);
      } else if (!param.optional) {
        errors[idOf(param)] = t('run.e.required');
      }
    } catch (error) {
      errors[idOf(param)] = error.message;
    }
  }
  return values;
}

function leavingOptions(errors) {
  const { timeout_seconds: timeout, labels: typedLabels = '' } = view.options;
  const before = startBefore();
  if (Number.isNaN(before)) {
    errors[optionId('start_before')] = t('run.e.date');
  }
  let labels = typedLabels;
  try {
    labels = labelled(typedLabels);
  } catch (error) {
    errors[optionId('labels')] = error.message;
  }
  return {
    ...(timeout ? { timeout_seconds: /^\d+$/.test(timeout) ? Number(timeout) : timeout } : {}),
    ...(before ? { start_before: new Date(before).toISOString() } : {}),
    ...(Object.keys(labels).length ? { labels } : {}),
  };
}

/** Sends it, or has it checked; view.busy keeps a second click out, and the key a second job. */
async function send(procedure, really) {
  if (view.busy) {
    return;
  }
  const overload = overloadOf(procedure);
  const { values, errors, options: terms } = leave(overload);
  Object.assign(view, { errors, other: [], checked: false, said: null });
  if (Object.keys(errors).length) {
    wrong();
    return;
  }
  const sent = view;
  const body = bodyOf(procedure.name, overload, values, terms);
  view.busy = really ? 'run' : 'check';
  if (really) {
    Object.assign(view, { gone: false, left: [], leftOptions: [], lost: [] });
  }
  invalidate();
  try {
    const answer = await post('/procedure/async' + (really ? '' : '?validate_only=true'), body, really ? { 'Idempotency-Key': view.key } : {});
    if (really) {
      forget(sent);
    }
    if (view !== sent) {
      return;
    }
    if (really) {
      go('/jobs/' + answer.job_id);
    } else {
      view.checked = true;
      announce(t('run.checked'));
    }
  } catch (error) {
    if (view === sent) {
      refused(error, body);
    }
  } finally {
    sent.busy = '';
    invalidate();
  }
}

/** Each error to its field; what has none, and what passes by itself, above the form. */
function refused(error, body) {
  const said = saidNo(error);
  if (!(error instanceof Problem) || !error.errors.length) {
    Object.assign(view, { said: { text: said, until: error.passes ? Date.now() + (error.retryAfter || 0) * 1000 : 0 } });
    announce(said);
    return;
  }
  for (const { pointer, detail } of error.errors) {
    const id = fieldOf(pointer, body);
    if (id) {
      view.errors[id] = sentence(detail);
    } else {
      view.other.push(sentence(detail));
    }
  }
  wrong();
}

const sentence = text => text.charAt(0).toUpperCase() + text.slice(1);

/** /params/0/value is the value of what was sent first; an option goes by its own name. */
function fieldOf(pointer, body) {
  const [, member, index] = pointer.split('/');
  const param = member === 'params' ? body.params[index] : undefined;
  return param ? idOf(param) : OPTIONS.includes(member) ? optionId(member) : null;
}

function wrong() {
  announce(tn('run.invalid', Object.keys(view.errors).length + view.other.length));
  view.more ||= OPTIONS.some(name => view.errors[optionId(name)]);
  invalidate();
  // After the errors are painted: a field is told to be wrong by then.
  requestAnimationFrame(() => requestAnimationFrame(() => document.querySelector('.wrong input, .wrong textarea, .wrong [tabindex]')?.focus()));
}

/** Another value is another call: what was sent before must not stand in its way. */
function changed(id, error) {
  if (error) {
    view.errors[id] = error;
  } else {
    delete view.errors[id];
  }
  view.key = crypto.randomUUID();
  view.checked = false;
  view.said = null;
  invalidate();
}

function draw(procedure) {
  const overload = overloadOf(procedure);
  return html`<nav class="crumb"><a href=${href('/run')}>${icon('left', 14)} ${t('run.change')}</a></nav>
    <header class="head"><div><h1 tabindex="-1">${code(procedure.name)}</h1><p class="sub">${t('run.kind.' + (overload.isFunction ? 'function' : 'procedure'))}${procedure.full_name === procedure.name ? nothing : html` · <code>${procedure.full_name}</code>`}</p></div></header>
    <div class="two form-two">
      <form class="panel form" novalidate autocomplete="off" @submit=${e => submitted(e, procedure)}>
        ${notBrought() ? html`<p class="notice warn form-left">${notBrought()}</p>` : nothing}
        <div class="form-say">${say()}</div>
        ${procedure.overloads.length > 1 ? overloads(procedure) : nothing}
        ${overload.callable ? fields(procedure, overload) : html`<div class="notice warn">${icon('lost')}<span>${overload.reason}</span></div>`}
      </form>
      <aside class="col" aria-label=${t('run.beside')}>${expect(procedure)}${returns(overload)}${overload.callable ? call(procedure, overload) : nothing}</aside>
    </div>`;
}

function submitted(event, procedure) {
  event.preventDefault();
  send(procedure, true);
}

function say() {
  const wrongs = Object.entries(view.errors);
  const count = wrongs.length + view.other.length;
  if (count) {
    const title = id => (id.startsWith('o-') ? t('run.' + id.slice(2)) : id.slice(2));
    return html`<div class="notice bad" role="alert">${icon('failed')}<div><b>${tn('run.invalid', count)}</b><ul>${wrongs.map(([id, text]) => html`<li><a href=${'#' + id} @click=${e => jump(e, id)}>${title(id)}</a>: ${text}</li>`)}${view.other.map(text => html`<li>${text}</li>`)}</ul></div></div>`;
  }
  if (view.said) {
    const left = Math.ceil((view.said.until - Date.now()) / 1000);
    return html`<div class="notice bad">${icon('failed')}<div><b role="alert">${view.said.text}</b>${left > 0 ? html`<p role="timer" aria-live="off">${t('run.again', { s: left })}</p>` : nothing}</div></div>`;
  }
  return view.checked ? html`<div class="notice good">${icon('succeeded')}<b>${t('run.checked')}</b></div>` : nothing;
}

function jump(event, id) {
  event.preventDefault();
  document.getElementById(id)?.focus();
}

const overloads = procedure => html`<fieldset class="overloads"><legend>${t('run.overload')}</legend>${procedure.overloads.map((overload, i) => html`<label class="check"><input type="radio" name="overload" .checked=${i === view.overload} @change=${() => pickOverload(procedure, i)}> <code>${overload.signature}</code></label>`)}</fieldset>`;

/** What was typed goes along by name, in the spelling of its new input; a file is chosen again. */
function pickOverload(procedure, i) {
  const before = view.fill.values;
  const secrets = new Set(overloadOf(procedure).params.filter(param => param.secret).map(param => param.name));
  Object.assign(view, { overload: i, fill: blankFill(), errors: { __proto__: null }, other: [] });
  for (const input of asked(overloadOf(procedure))) {
    const value = before[input.param.name];
    if (value && typeof value === 'string' && input.kind !== 'file' && secrets.has(input.param.name) === input.param.secret) {
      put(view.fill, input, value);
    }
  }
  changed('');
}

/** What a field is told, and what it tells: to its own form, also when another one is shown by then. */
function at(values, id, name) {
  const tell = (error, value = values[name]) => {
    values[name] = value;
    if (values === view?.fill.values || values === view?.options) {
      changed(id, error);
    }
  };
  return { value: values[name], error: view.errors[id], set: (value, error) => tell(error, value), wrong: tell };
}

/** Fields are drawn into an element that is theirs alone, so that another form, or another overload, has none of their inputs. */
function drawn(template, box) {
  render(template, box);
  return box;
}

function fields(procedure, overload) {
  const inputs = asked(overload);
  const { values, plain, box } = view.fill;
  const one = input => field(input, { ...at(values, idOf(input.param), input.param.name), plain: plain[input.param.name] });
  const off = live.state === 'offline' || Boolean(view.busy);
  return html`${drawn(inputs.length ? html`<div class="fields">${inputs.map(one)}</div>` : html`<p class="dim">${t('run.noinputs')}</p>`, box)}
    ${drawn(more(procedure, view), view.optionsBox)}
    <footer class="form-do"><button type="submit" class="btn primary big" ?disabled=${off} aria-busy=${view.busy === 'run' ? 'true' : nothing}>${icon('run')}<span>${t('do.run')}</span></button>${button(t('run.check'), () => send(procedure, false), { kind: 'quiet big', disabled: off })}</footer>`;
}

const more = (procedure, mine) => html`<details class="more" ?open=${mine.more} @toggle=${e => { mine.more = e.target.open; }}><summary>${t('run.more')}</summary><div class="fields">
      ${option('timeout_seconds', { type: 'text', mode: 'numeric', hint: limits(procedure.rules) })}${option('start_before', { type: 'datetime-local' })}${option('labels', { type: 'text', hint: t('run.labels.hint') })}</div></details>`;

function limits({ timeout_seconds: usual, timeout_max_seconds: most }) {
  return [usual ? t('run.timeout.usual', { n: number(usual) }) : '', most ? t('run.timeout.most', { n: number(most) }) : ''].filter(Boolean).join(' · ');
}

function option(name, { type, mode, hint = '' }) {
  const id = optionId(name);
  const given = at(view.options, id, name);
  return html`<div class=${'field' + (given.error ? ' wrong' : '')}><label for=${id}>${t('run.' + name)}</label>
    <input id=${id} type=${type} inputmode=${mode ?? nothing} max=${LAST[type] ?? nothing} .value=${given.value ?? ''} autocomplete="off" aria-invalid=${given.error ? 'true' : nothing} aria-describedby=${`h-${id} e-${id}`} @input=${e => typed(e.target, given)}>
    <p class="hint" id=${'h-' + id}>${hint}</p><p class="error" id=${'e-' + id}>${given.error ?? ''}</p></div>`;
}

/** The same call as text, live; a field that is wrong is in it as it was typed. */
function call(procedure, overload) {
  const known = [...overload.params.filter(param => param.secret).map(param => param.name), ...view.hidden];
  const secrets = new Set(known.map(name => name.toUpperCase()));
  const isSecret = (name, value) => value !== null && secrets.has(name?.toUpperCase());
  const { values, errors, options: terms } = leave(overload);
  const body = bodyOf(procedure.name, overload, { __proto__: null, ...values, ...asShown(overload, errors, secrets.size) }, terms);
  const text = (view.as === 'curl' ? curl : javascript)(body, isSecret);
  const choose = as => {
    view.as = as;
    invalidate();
  };
  return html`<section class="panel call"><h2>${t('run.call')}${pick(t('run.call'), [['curl', 'curl'], ['js', 'JavaScript']], view.as, choose, 'right')}</h2>
    <pre tabindex="0" role="region" aria-label=${t('run.call')}>${text}</pre>
    <p class="call-do"><span class="dim">${[secrets.size ? t('run.secretnote') : '', body.params.some(({ value }) => value instanceof FromFile) ? t('run.filenote') : ''].join(' ')}</span>${button(t('do.copy'), () => copy(text, t('do.copied')), { ico: 'copy', kind: 'small' })}</p></section>`;
}

/** What stands in the call otherwise than it leaves: files by their names, and what is wrong, unless there may be a secret in it. */
function asShown(overload, errors, secrets) {
  return Object.fromEntries(asked(overload).flatMap(({ param, kind }) => {
    const value = valueOf(param);
    if (kind === 'file') {
      return value?.name ? [[param.name, new FromFile(value.name)]] : [];
    }
    return value && errors[idOf(param)] ? [[param.name, kind === 'json' && secrets ? '…' : value]] : [];
  }));
}
