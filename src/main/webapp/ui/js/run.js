// Running a procedure: first which one, then the form for it.
import { Catalogue } from './catalogue.js';
import { brief, number, percent } from './format.js';
import { runForm } from './run-form.js';
import { html, nothing } from './html.js';
import { icon } from './icons.js';
import { button, empty, forbidden, name, shown } from './pieces.js';
import { runHref } from './router.js';
import { mayRun } from './session.js';
import { t, tn } from './texts.js';

const catalogue = new Catalogue();
let form = null;

export const run = {
  open(route) {
    runForm.close();
    form = route.id ? runForm : null;
    (form ?? catalogue).open(route);
  },

  close() {
    (form ?? catalogue).close();
  },

  title: () => form?.title() ?? '',

  draw() {
    if (!mayRun()) {
      return forbidden(t('run.readonly'));
    }
    return form ? form.draw() : choice();
  },
};

function choice() {
  return html`<header class="head"><div><h1 tabindex="-1">${t('run.pick')}</h1></div></header>
    ${searchBox(catalogue)}
    ${shown(catalogue.reading, found => (found.procedures.length
    ? html`<ul class="catalogue">${found.procedures.map(entry)}</ul>${found.next ? more(catalogue) : nothing}`
    : catalogue.search ? empty('search', t('run.none'), '') : empty('procedures', t('run.nothing'), t('run.nothing.text'))), { rows: 6 })}`;
}

export const more = of => html`<p class="more-at">${button(t('do.more'), () => of.more())}</p>`;

export const searchBox = of => html`<label class="search wide">${icon('search')}<span class="sr-only">${t('run.search')}</span>
  <input type="search" id="search" placeholder=${t('run.search')} .value=${of.search} maxlength="200" autocomplete="off" spellcheck="false" @input=${e => of.type(e.target.value)} @keydown=${e => e.key === 'Enter' && choose(of)}><kbd>/</kbd></label>`;

/** The only one that there is. */
function choose({ only }) {
  if (only && mayRun()) {
    location.hash = runHref(only.name);
  }
}

const entry = procedure => html`<li class="panel"><div class="cat-what">${name(procedure.name, runHref(procedure.name))}<p>${t('run.kind.' + procedure.kind)}${procedure.overloads > 1 ? ` · ${t('run.overloads', { n: procedure.overloads })}` : ''}</p></div>
  <p class="cat-facts">${usual(procedure.statistics)}</p></li>`;

function usual({ runs, p50_ms: p50, success_rate: rate }) {
  if (!runs) {
    return html`<span class="dim">${t('run.never')}</span>`;
  }
  return html`<span>${p50 === undefined ? '' : t('run.usual', { p50: brief(p50) })}</span><span class="dim">${t('run.once', { runs: tn('run.runs', runs, number(runs)), rate: percent(rate) })}</span>`;
}
