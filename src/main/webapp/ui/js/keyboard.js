// Keys. Single letters never act while typing, can be switched off (WCAG 2.1.4), and never change a job.
import { help } from './frame.js';
import { toggle } from './jobs-table.js';
import { drop } from './jobs-bulk.js';
import { view } from './jobs-view.js';
import { close, invalidate, open, page } from './page.js';
import { prefer, preferences } from './preferences.js';
import { go, href, route } from './router.js';
import { session } from './session.js';

const SECOND_KEY = 1200; // ms after "g"
const PLACES = { j: '/jobs', e: '/run', r: '/run', p: '/procedures', s: '/system' };

let wentAt = 0;

export function onKey(event) {
  const typing = event.target.matches('input:not([type=checkbox]):not([type=radio]),textarea,select');
  if (event.key === 'Escape') {
    escape(event, typing);
  } else if (event.key === 'Tab') {
    trap(event);
  } else if (!typing && !event.ctrlKey && !event.metaKey && !event.altKey && session.phase === 'in' && !page.dialog) {
    single(event);
  }
}

function single(event) {
  if (event.key === 'Enter') {
    if (here() && view.byKeys && view.rows[view.cursor] && !event.target.closest('a,button,input,summary')) {
      go('/jobs/' + view.rows[view.cursor].id);
    }
    return;
  }
  if (preferences.singleKeys !== 'on') {
    return;
  }
  const place = Date.now() - wentAt < SECOND_KEY ? PLACES[event.key] : undefined;
  wentAt = 0;
  const act = place ? () => go(place) : KEYS[event.key];
  if (act) {
    event.preventDefault();
    act();
    invalidate();
  }
}

const KEYS = {
  '/': () => document.getElementById('search')?.focus(),
  '?': () => open(help),
  t: () => prefer('exactTimes', preferences.exactTimes === 'on' ? 'off' : 'on'),
  g: () => { wentAt = Date.now(); },
  j: () => move(1),
  k: () => move(-1),
  x: () => here() && view.rows[view.cursor] && toggle(view.rows[view.cursor]),
};

const here = () => route().screen === 'jobs' && !route().id;

function move(step) {
  if (!here() || !view.rows.length) {
    return;
  }
  view.cursor = view.byKeys ? Math.max(0, Math.min(view.rows.length - 1, view.cursor + step)) : 0;
  view.byKeys = true;
  requestAnimationFrame(() => requestAnimationFrame(() => {
    const row = document.getElementById('row-' + view.cursor);
    row?.scrollIntoView({ block: 'nearest' });
    row?.querySelector('.name-link')?.focus({ preventScroll: true });
  }));
}

/** Closes what is on top; with nothing on top it leaves the box, then the choice, then the page. */
function escape(event, typing) {
  if (page.dialog) {
    close();
  } else if (view.menu) {
    view.menu = false;
    document.querySelector('.chip.add')?.focus();
  } else if (typing) {
    event.target.blur();
  } else if (view.chosen.size) {
    drop();
  } else if (route().id) {
    location.hash = route().screen === 'jobs' ? view.address : href('/' + route().screen);
  }
  invalidate();
}

function trap(event) {
  const box = document.querySelector('.dialog');
  if (!box) {
    return;
  }
  const stops = [...box.querySelectorAll('a[href],button:not([disabled]),input,summary')];
  const edge = event.shiftKey ? stops[0] : stops.at(-1);
  if (document.activeElement === edge || !box.contains(document.activeElement) || document.activeElement === box) {
    if (document.activeElement !== box || event.shiftKey) {
      event.preventDefault();
      (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
    }
  }
}
