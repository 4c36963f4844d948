// The form of a procedure, from its signature. The browser checks what the signature says; the service's 422 is the truth.
import { saidNo } from './actions.js';
import { get, post, Problem } from './api.js';
import { bodyOf, curl, javascript } from './calls.js';
import { FEW, brief, number, percent } from './format.js';
import { html, nothing } from './html.js';
import { icon } from './icons.js';
import { live } from './live.js';
import { announce, copy, invalidate } from './page.js';
import { alone, button, code, pick, shown } from './pieces.js';
import { Reading } from './reading.js';
import { go, href } from './router.js';
import { field, kindOf, leaving } from './run-fields.js';
import { known, t, tn } from './texts.js';

const OPTIONS = ['timeout_seconds', 'start_before', 'labels'];
const SHOWN_VALUE = 200; // of what the copied call shows of a file

let reading = null;
let view = null;

export const runForm = {
  open(route) {
    reading?.stop();
    // A link may bring values: #/run/PKG.PROC?vFECHA=2025-12-10. Names are taken in any case, as the service does.
    const given = new Map([...route.query].map(([key, value]) => [key.toUpperCase(), value]));
    const mine = { values: { __proto__: null }, options: { __proto__: null }, errors: { __proto__: null }, other: [], overload: 0, key: crypto.randomUUID(), as: 'curl', given, busy: '', checked: false, said: null };
    view = mine;
    reading = new Reading(async signal => {
      const procedure = await get('/procedures/' + encodeURIComponent(route.id), { signal });
      if (view === mine) {
        choose(procedure);
      }
      return procedure;
    });
    reading.read();
  },

  close() {
    reading?.stop();
  },

  title: () => reading.data?.name ?? '',

  draw: () => shown(reading, draw, { rows: 5, kind: 'detail', gone: problem => alone('search', problem.title, problem.message, back('btn')) }),
};

const back = cls => html`<a class=${cls} href=${href('/run')}>${t('run.change')}</a>`;

/** The overload that can be called and takes most of what the link brought. */
function choose(procedure) {
  const fits = overload => (overload.callable ? 1 : 0) + overload.params.filter(param => view.given.has(param.name.toUpperCase())).length;
  view.overload = procedure.overloads.reduce((best, overload, i, all) => (fits(overload) > fits(all[best]) ? i : best), 0);
  for (const param of procedure.overloads[view.overload].params) {
    if (!param.secret && view.given.has(param.name.toUpperCase())) {
      view.values[param.name] = view.given.get(param.name.toUpperCase());
    }
  }
}

const overloadOf = procedure => procedure.overloads[view.overload];

/** The parameters that are asked for, each with the JSON Schema of its value. */
function asked(overload) {
  const items = overload.request_schema?.properties?.params?.items?.oneOf ?? [];
  return overload.params.filter(param => param.direction !== 'OUT').map(param => {
    const schema = items.find(item => item.properties?.name?.const === param.name)?.properties.value;
    return { param, schema, kind: kindOf(param, schema) };
  }).filter(({ kind }) => kind !== 'none');
}

/** Values as they leave; what cannot is an error at its field. */
function leave(overload) {
  // Without a prototype: a parameter may be called constructor.
  const values = { __proto__: null };
  const errors = { __proto__: null };
  for (const { param, schema, kind } of asked(overload)) {
    const typed = view.values[param.name] ?? '';
    if (typed === '') {
      if (!param.optional) {
        errors[param.name] = t('run.e.required');
      }
      continue;
    }
    try {
      values[param.name] = leaving(kind, typed);
    } catch (error) {
      errors[param.name] = t(error.message);
    }
    if (schema?.maxLength && typeof typed === 'string' && kind !== 'json' && typed.length > schema.maxLength) {
      errors[param.name] = t('run.e.long', { n: schema.maxLength, have: typed.length });
    }
  }
  return { values, errors };
}

function options() {
  const { timeout_seconds: timeout, start_before: before, labels } = view.options;
  const pairs = (labels ?? '').split(',').map(pair => pair.split('=')).filter(([key]) => key.trim());
  return {
    ...(timeout ? { timeout_seconds: /^\d+$/.test(timeout) ? Number(timeout) : timeout } : {}),
    ...(before ? { start_before: new Date(before).toISOString() } : {}),
    ...(pairs.length ? { labels: Object.fromEntries(pairs.map(([key, ...value]) => [key.trim(), value.join('=').trim()])) } : {}),
  };
}

/** Sends it, or has it checked; view.busy keeps a second click out, and the key a second job. */
async function send(procedure, really) {
  if (view.busy) {
    return;
  }
  const overload = overloadOf(procedure);
  const { values, errors } = leave(overload);
  Object.assign(view, { errors, other: [], checked: false, said: null });
  if (Object.keys(errors).length) {
    wrong();
    return;
  }
  const sent = view;
  const body = bodyOf(procedure.name, overload, values, options());
  view.busy = really ? 'run' : 'check';
  invalidate();
  try {
    const answer = await post('/procedure/async' + (really ? '' : '?validate_only=true'), body, really ? { 'Idempotency-Key': view.key } : {});
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
    const name = fieldOf(pointer, body);
    if (name) {
      view.errors[name] = sentence(detail);
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
  return member === 'params' ? body.params[index]?.name : OPTIONS.includes(member) ? member : null;
}

function wrong() {
  announce(tn('run.invalid', Object.keys(view.errors).length + view.other.length));
  view.more ||= OPTIONS.some(name => view.errors[name]);
  invalidate();
  // After the errors are painted: a field is told to be wrong by then.
  requestAnimationFrame(() => requestAnimationFrame(() => document.querySelector('.wrong input, .wrong textarea, .wrong [tabindex]')?.focus()));
}

/** Another value is another call: what was sent before must not stand in its way. */
function changed(name) {
  delete view.errors[name];
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
    const title = name => (known('run.' + name) ? t('run.' + name) : name);
    return html`<div class="notice bad" role="alert">${icon('failed')}<div><b>${tn('run.invalid', count)}</b><ul>${wrongs.map(([name, text]) => html`<li><a href=${'#f-' + name} @click=${e => jump(e, name)}>${title(name)}</a>: ${text}</li>`)}${view.other.map(text => html`<li>${text}</li>`)}</ul></div></div>`;
  }
  if (view.said) {
    const left = Math.ceil((view.said.until - Date.now()) / 1000);
    return html`<div class="notice bad">${icon('failed')}<div><b role="alert">${view.said.text}</b>${left > 0 ? html`<p role="timer" aria-live="off">${t('run.again', { s: left })}</p>` : nothing}</div></div>`;
  }
  return view.checked ? html`<div class="notice good">${icon('succeeded')}<b>${t('run.checked')}</b></div>` : nothing;
}

function jump(event, name) {
  event.preventDefault();
  document.getElementById('f-' + name)?.focus();
}

const overloads = procedure => html`<fieldset class="overloads"><legend>${t('run.overload')}</legend>${procedure.overloads.map((overload, i) => html`<label class="check"><input type="radio" name="overload" .checked=${i === view.overload} @change=${() => pickOverload(i)}> <code>${overload.signature}</code></label>`)}</fieldset>`;

function pickOverload(i) {
  Object.assign(view, { overload: i, errors: { __proto__: null }, other: [] });
  changed('');
}

function fields(procedure, overload) {
  const inputs = asked(overload);
  const one = input => field(input, {
    value: view.values[input.param.name],
    error: view.errors[input.param.name],
    set(value) {
      view.values[input.param.name] = value;
      changed(input.param.name);
    },
  });
  const off = live.state === 'offline' || Boolean(view.busy);
  return html`${inputs.length ? html`<div class="fields">${inputs.map(one)}</div>` : html`<p class="dim">${t('run.noinputs')}</p>`}
    <details class="more" ?open=${view.more} @toggle=${e => { view.more = e.target.open; }}><summary>${t('run.more')}</summary><div class="fields">
      ${option('timeout_seconds', { type: 'text', mode: 'numeric', hint: limits(procedure.rules) })}${option('start_before', { type: 'datetime-local' })}${option('labels', { type: 'text', hint: t('run.labels.hint') })}</div></details>
    <footer class="form-do"><button type="submit" class="btn primary big" ?disabled=${off} aria-busy=${view.busy === 'run' ? 'true' : nothing}>${icon('run')}<span>${t('do.run')}</span></button>${button(t('run.check'), () => send(procedure, false), { kind: 'quiet big', disabled: off })}</footer>`;
}

function limits({ timeout_seconds: usual, timeout_max_seconds: most }) {
  return [usual ? t('run.timeout.usual', { n: number(usual) }) : '', most ? t('run.timeout.most', { n: number(most) }) : ''].filter(Boolean).join(' · ');
}

function option(name, { type, mode, hint = '' }) {
  const error = view.errors[name];
  const set = event => {
    view.options[name] = event.target.value;
    changed(name);
  };
  return html`<div class=${'field' + (error ? ' wrong' : '')}><label for=${'f-' + name}>${t('run.' + name)}</label>
    <input id=${'f-' + name} type=${type} inputmode=${mode ?? nothing} .value=${view.options[name] ?? ''} autocomplete="off" aria-invalid=${error ? 'true' : nothing} aria-describedby=${`h-${name} e-${name}`} @input=${set}>
    <p class="hint" id=${'h-' + name}>${hint}</p><p class="error" id=${'e-' + name}>${error ?? ''}</p></div>`;
}

function expect({ statistics, rules }) {
  const { runs, success_rate: rate, p50_ms: p50, p95_ms: p95 } = statistics;
  return html`<section class="panel expect">${runs ? html`<p class="expect-main">${p50 === undefined ? t('run.unknown') : t('run.usual', { p50: brief(p50) })}</p>
    ${p95 === undefined || runs < FEW ? nothing : html`<p class="dim">${t('run.upto', { p95: brief(p95) })}</p>${gauge(p50, p95)}`}
    <p class="dim">${t('run.once', { runs: tn('run.runs', runs, number(runs)), rate: percent(rate) })}</p>` : html`<p class="expect-main">${t('run.never')}</p>`}
    ${rules.attempts > 1 ? html`<p class="dim">${t('run.attempts', { n: rules.attempts })}</p>` : nothing}</section>`;
}

/** Where a usual run ends on the way to the 95th percentile. */
const gauge = (p50, p95) => html`<svg class="gauge" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="g-all" width="100" height="8"></rect><rect class="g-95" width="92" height="8"></rect><rect class="g-50" width=${(Math.min(1, p50 / Math.max(1, p95)) * 92).toFixed(1)} height="8"></rect></svg>`;

function returns(overload) {
  const outs = overload.params.filter(param => param.direction !== 'IN').map(({ name, type }) => [name, type]);
  const all = overload.returns ? [['return_value', overload.returns], ...outs] : outs;
  return all.length ? html`<section class="panel"><h2>${t('run.returns')}</h2><ul class="outs">${all.map(([name, type]) => html`<li><code>${name}</code><span class="dim">${type}</span></li>`)}</ul></section>` : nothing;
}

/** The same call as text, live; a field that is wrong is in it as it was typed. */
function call(procedure, overload) {
  const secrets = new Set(overload.params.filter(param => param.secret).map(param => param.name));
  const shownValue = value => (typeof value === 'object' ? value.base64.slice(0, SHOWN_VALUE) + '…' : value);
  const typed = Object.fromEntries(Object.entries(view.values).map(([name, value]) => [name, secrets.has(name) && value ? '***' : shownValue(value)]));
  const body = bodyOf(procedure.name, overload, { __proto__: null, ...typed, ...leaveQuietly(overload, secrets) }, options());
  const text = (view.as === 'curl' ? curl : javascript)(body, secrets);
  const choose = as => {
    view.as = as;
    invalidate();
  };
  return html`<section class="panel call"><h2>${t('run.call')}${pick(t('run.call'), [['curl', 'curl'], ['js', 'JavaScript']], view.as, choose, 'right')}</h2>
    <pre tabindex="0" role="region" aria-label=${t('run.call')}>${text}</pre>
    <p class="call-do"><span class="dim">${secrets.size ? t('run.secretnote') : ''}</span>${button(t('do.copy'), () => copy(text, t('do.copied')), { ico: 'copy', kind: 'small' })}</p></section>`;
}

function leaveQuietly(overload, secrets) {
  const { values } = leave(overload);
  return Object.fromEntries(Object.entries(values).filter(([name]) => !secrets.has(name) && !(typeof view.values[name] === 'object')));
}
