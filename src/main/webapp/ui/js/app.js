// The console: one picture of what is known, painted again when something of it changes.
import { ask } from './api.js';
import { announce, close, hush, invalidate, onInvalidate, page } from './page.js';
import { alone } from './pieces.js';
import { frame, over } from './frame.js';
import { html, render } from './html.js';
import { job } from './job.js';
import { jobs } from './jobs.js';
import { onKey } from './keyboard.js';
import { isLive } from './pieces.js';
import { Listening } from './live.js';
import { preferences } from './preferences.js';
import { procedures } from './procedures.js';
import { retryWhatIsDue } from './reading.js';
import { route } from './router.js';
import { run } from './run.js';
import { park, unpark } from './run-kept.js';
import { session, start, whenDeparting, whenEntered, whenLeft } from './session.js';
import { signin } from './signin.js';
import { summary } from './summary.js';
import { system } from './system.js';
import { loadTexts, t } from './texts.js';

// Without a prototype: #/constructor is no screen.
const SCREENS = { __proto__: null, jobs, run, procedures, system };
const nowhere = { open() {}, close() {}, draw: () => alone('search', t('nowhere.title'), t('nowhere.text')) };
const root = document.getElementById('app');

let current = null;
let listening = null;
let lang = '';
let opener = null;
let phase = '';
let broken = '';

const screenOf = at => (at.screen === 'jobs' && at.id ? job : SCREENS[at.screen] ?? nowhere);

/** What the address asks for, once somebody is in. */
function show({ again = false } = {}) {
  if (session.phase !== 'in') {
    return;
  }
  const at = route();
  const next = screenOf(at);
  if (current && (current !== next || again)) {
    current.close();
  }
  current = next;
  current.open(at);
  invalidate();
}

/** Somebody is in, or in again: a form that was being filled stays as it is. */
function entered() {
  listen(false);
  unpark(session.name);
  if (current === run) {
    invalidate();
  } else {
    show({ again: true });
  }
}

/** Nothing of what was read stays on the page, which a browser may keep to come back to. */
function left() {
  close();
  hush();
  announce('');
  current?.close();
  current = null;
  paint();
}

/** One stream of all jobs; a screen that has one of its own needs none beside it. */
function listen(wanted) {
  if (wanted === Boolean(listening)) {
    return;
  }
  listening?.stop();
  listening = wanted ? new Listening('/events', { event, reset, look }) : null;
}

function event(type, news) {
  current?.news?.(type, news);
  if (type === 'state') {
    summary.news();
    if (!isLive(news) && news.owner === session.name) {
      announce(t('job.ended', { title: news.procedure_name, state: t('state.' + news.state) }));
    }
  }
}

function reset() {
  current?.reset?.();
  summary.news();
}

/** Where no stream comes through: what is shown may be old, and whether the service is there has to be asked. */
async function look() {
  reset();
  await ask('/ping');
}

function paint() {
  if (lang !== preferences.lang) {
    // What the service said is in the language it was asked in; a form that is being filled stays as it is.
    const before = lang;
    lang = preferences.lang;
    if (before && current !== run) {
      show({ again: true });
    }
  }
  const at = route();
  const inside = session.phase === 'in' && current;
  listen(Boolean(inside) && !current.streams);
  const had = opener ?? document.activeElement;
  const title = draw(at, inside);
  document.title = title ? `${title} · Diferido` : 'Diferido';
  focusDialog();
  focusHeading(had !== document.body && document.activeElement === document.body);
}

/** Where what had the focus is no more, and where the session ends or begins again, one goes on at the heading. */
function focusHeading(lost) {
  const before = phase;
  phase = session.phase;
  const again = before === 'out' || before === 'expired';
  const swapped = before !== phase && (phase === 'expired' || (phase === 'in' && again));
  if ((lost || swapped) && !page.dialog) {
    awaitHeading();
  }
}

/** The picture; what nobody foresaw costs the screen alone, and is told once, not with each picture. */
function draw(at, inside) {
  try {
    render(inside ? frame(at, current.draw()) : html`${signin()}${over()}`, root);
    broken = '';
    return inside && SCREENS[at.screen] ? current.title?.() || t('nav.' + at.screen) : '';
  } catch (error) {
    if (broken !== String(error)) {
      broken = String(error);
      reportError(error);
    }
    render(html`<main class="main" id="main">${alone('failed', t('error.page.title'), t('error.page.text'))}</main>`, root);
    return '';
  }
}

/** A dialog takes focus, and gives it back. */
function focusDialog() {
  const box = document.querySelector('.dialog');
  if (box && !opener) {
    opener = document.activeElement;
    box.focus();
  } else if (!box && opener) {
    if (opener.isConnected) {
      opener.focus();
    }
    opener = null;
  }
}

function moved(focus) {
  if (page.dialog) {
    close();
  }
  show();
  if (focus && !page.toast) {
    announce(''); // what was said of the screen before
  }
  if (focus) {
    scrollTo(0, 0);
    // After the next picture: until then the headings are those of the screen before.
    requestAnimationFrame(() => requestAnimationFrame(() => awaitHeading()));
  }
}

/** A new screen moves focus to its heading, which may yet have to come. */
function awaitHeading(tries = 120) {
  const heading = document.querySelector('#main h1');
  if (heading && !document.querySelector('#main .skeleton.detail')) {
    heading.focus({ preventScroll: true });
  } else if (tries) {
    requestAnimationFrame(() => awaitHeading(tries - 1));
  }
}

const pathOf = url => new URL(url).hash.split('?')[0];

onInvalidate(paint);
addEventListener('hashchange', e => moved(pathOf(e.oldURL) !== pathOf(e.newURL)));
addEventListener('addresschange', () => moved(false));
addEventListener('keydown', onKey);
document.addEventListener('visibilitychange', invalidate);
setInterval(() => {
  // A hidden tab costs nothing: neither pictures nor requests.
  if (!document.hidden) {
    retryWhatIsDue();
    invalidate();
  }
}, 1000);
// A page out of the browser's cache of pages may be somebody else's by now.
addEventListener('pageshow', e => e.persisted && location.reload());
whenEntered(entered);
whenLeft(left);
whenDeparting(() => park(session.name));
await loadTexts();
await start();
