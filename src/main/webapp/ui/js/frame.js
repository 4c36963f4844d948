// The frame around every screen: navigation, connection, preferences, help.
import { clock, number } from './format.js';
import { html, nothing } from './html.js';
import { icon } from './icons.js';
import { live } from './live.js';
import { open, close, page } from './page.js';
import { button, dialog, iconButton, pick } from './pieces.js';
import { prefer, preferences } from './preferences.js';
import { href } from './router.js';
import { mayRun, role, seesAll, session, signOut } from './session.js';
import { summary } from './summary.js';
import { speak, t } from './texts.js';

export const mark = () => html`<svg class="mark" viewBox="0 0 24 24" width="26" height="26" aria-hidden="true" focusable="false"><rect class="m1" x="2" y="4" width="9" height="4" rx="2"></rect><rect class="m2" x="6" y="10" width="10" height="4" rx="2"></rect><rect class="m3" x="12" y="16" width="10" height="4" rx="2"></rect></svg>`;

export const choices = () => html`
  ${pick(t('pref.theme'), ['light', 'dark', 'system'].map(v => [v, t('pref.' + v)]), preferences.theme, v => prefer('theme', v))}
  ${pick(t('pref.lang'), [['es', 'Español', 'es'], ['en', 'English', 'en']], preferences.lang, speak)}`;

const destinations = () => [
  ['jobs', '/jobs'],
  ...(mayRun() ? [['run', '/run']] : []),
  ['procedures', '/procedures'],
  ...(seesAll() ? [['system', '/system']] : []),
];

const LIVE_TEXT = { live: 'live.on', retrying: 'live.retry', offline: 'live.off' };

export function frame(route, content) {
  const running = summary.running();
  return html`<a class="skip" href="#main" @click=${skip}>${t('nav.skip')}</a>
    <div class=${'shell' + (live.state === 'live' ? '' : ' is-off')}>
      <header class="side">
        <a class="brand" href=${href('/jobs')}>${mark()}<b>Diferido</b></a>
        <nav class="nav" aria-label=${t('nav.main')}>${destinations().map(([key, path]) => html`<a href=${href(path)} aria-current=${route.screen === key ? 'page' : nothing}>${icon(key, 18)}<span>${t('nav.' + key)}</span>${key === 'jobs' && running ? html`<b class="count num" title=${t('jobs.tab.live')}>${number(running)}</b>` : nothing}</a>`)}</nav>
        <div class="side-foot">
          <p class=${'live l-' + live.state}><i></i>${t(LIVE_TEXT[live.state])}</p>
          <button type="button" class="me" @click=${() => open(account)}><span class=${'avatar r-' + role()} aria-hidden="true">${session.name.charAt(0).toUpperCase()}</span><span class="who"><b>${session.name}</b><span class="dim">${mayRun() ? t('role.short.' + role()) : t('role.readonly')}</span></span></button>
          ${iconButton('help', t('help.title'), () => open(help), { kind: 'quiet help-at' })}
        </div>
      </header>
      <main id="main" class="main">
        ${live.state === 'offline' ? html`<div class="offline" role="alert">${icon('lost')}<span>${t('live.off.text', { at: clock(live.since) })}</span></div>` : nothing}
        <div class=${'screen sc-' + route.screen}>${content}</div>
      </main>
    </div>
    ${over()}`;
}

/** What floats over any screen. */
export const over = () => html`
  <div class="toasts">${page.toast ? html`<div class="toast">${icon(page.toast.bad ? 'failed' : 'succeeded')}<span>${page.toast.text}</span></div>` : nothing}</div>
  ${page.dialog ? page.dialog() : nothing}`;

function skip(event) {
  event.preventDefault();
  document.querySelector('h1')?.focus();
}

const KEYS = [
  [['j', 'k'], 'help.move'],
  [['Enter'], 'help.open'],
  [['x'], 'help.select'],
  [['/'], 'help.search'],
  [['g', 'j e p s'], 'help.goto'],
  [['t'], 'help.times'],
  [['?'], 'help.help'],
  [['Esc'], 'help.esc'],
];

export const help = () => dialog({
  title: t('help.title'),
  body: html`<dl class="keys">${KEYS.map(([keys, text]) => html`<div><dt>${keys.map(key => html`<kbd>${key}</kbd>`)}</dt><dd>${t(text)}</dd></div>`)}</dl>
    <label class="check"><input type="checkbox" .checked=${preferences.singleKeys === 'on'} @change=${e => prefer('singleKeys', e.target.checked ? 'on' : 'off')}> ${t('help.single')}</label>`,
});

const account = () => dialog({
  title: session.name,
  body: html`<p class="dim">${t('role.' + role())}</p><h3>${t('pref.title')}</h3><div class="prefs">${choices()}</div>`,
  actions: button(t('in.out'), () => {
    close();
    signOut();
  }),
});
