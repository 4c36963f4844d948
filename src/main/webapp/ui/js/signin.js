// Before one is in: who to be in demo mode, or the way to the company's sign-in.
import { choices, mark } from './frame.js';
import { html, nothing } from './html.js';
import { icon } from './icons.js';
import { button } from './pieces.js';
import { session, signIn, start } from './session.js';
import { t } from './texts.js';

const art = () => html`<svg class="sign-art" viewBox="0 0 400 190" aria-hidden="true" focusable="false">
  <path class="a-grid" d="M40.5 0V190M120.5 0V190M200.5 0V190M280.5 0V190M360.5 0V190"></path>
  <rect class="a-1" x="8" y="14" width="96" height="14" rx="7"></rect><rect class="a-2" x="56" y="48" width="148" height="14" rx="7"></rect><rect class="a-1" x="120" y="82" width="70" height="14" rx="7"></rect>
  <rect class="a-3" x="150" y="116" width="150" height="14" rx="7"></rect><rect class="a-4" x="300" y="116" width="70" height="14" rx="7"></rect><rect class="a-2" x="236" y="150" width="92" height="14" rx="7"></rect>
  <path class="a-now" d="M300 0V190"></path><circle class="a-dot" cx="300" cy="123" r="5"></circle></svg>`;

export const signin = () => html`<main class="signin" id="main">
  <section class="sign-say"><div class="sign-brand">${mark()}<b>Diferido</b></div>
    <div><h1 tabindex="-1">${t('in.title')}</h1><p>${t('in.text')}</p></div>${art()}</section>
  <section class="sign-do"><div class="sign-box">
    ${session.phase === 'expired' ? html`<div class="notice warn" role="status">${icon('timed_out')}<span>${t('in.expired')}</span></div>` : nothing}
    ${session.trouble ? html`<div class="notice bad" role="alert">${icon('failed')}<div><b>${t('in.trouble')}</b><p>${t(session.trouble.key, session.trouble)}</p></div></div>` : nothing}
    ${ways()}
  </div><div class="sign-prefs">${choices()}</div></section></main>`;

function ways() {
  if (session.phase === 'starting') {
    return html`<p class="dim center" aria-busy="true">${t('load.text')}…</p>`;
  }
  if (session.phase === 'insecure') {
    return html`<div class="notice warn" role="alert">${icon('lock')}<span>${t('in.insecure')}</span></div>`;
  }
  if (session.phase === 'unreachable') {
    return button(t('do.reload'), start, { ico: 'retry', kind: 'primary big block' });
  }
  return session.demo ? people() : html`<button type="button" class="btn primary big block" @click=${() => signIn()}>${icon('lock')}<span>${t('in.sso')}</span></button>
    <p class="dim center">${t('in.where', { host: session.host })}</p>`;
}

const ROLES = [['job-operator', 'operator'], ['job-auditor', 'auditor'], ['procedure-caller', 'caller']];

const people = () => html`<h2>${t('in.demo')}</h2><p class="dim">${t('in.demo.text')}</p>
  <ul class="people">${session.people.map(({ name, groups }) => {
    const role = ROLES.find(([group]) => groups.includes(group))?.[1] ?? 'caller';
    return html`<li><button type="button" class="person" @click=${() => signIn(name)}><span class=${'avatar r-' + role} aria-hidden="true">${name.charAt(0).toUpperCase()}</span>
      <span class="who"><b>${name}</b><span class="dim">${t('role.' + role)}</span></span>${icon('right')}</button></li>`;
  })}</ul>`;
