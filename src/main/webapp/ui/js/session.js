// Who reads: the token, in memory alone, and its renewal. A page that is loaded again asks the issuer again, which knows its people.
import { claims, Issuer, Refused } from './oidc.js';
import { Demo } from './demo.js';
import { invalidate } from './page.js';

// Not below /console: WildFly has that path for itself, and all that is below it.
const CONFIGURATION = '/ui/config';
const RETURNING = 'diferido.returning';
const AHEAD = 30000;

/** phase: starting, out, in, expired (was in, and has to sign in again), unreachable or insecure; trouble: {key of a text, why}. */
export const session = { phase: 'starting', demo: false, host: '', people: [], name: '', roles: [], trouble: null };

let source;
let token = '';
let renewing = null;
let leaving = false;
let onEnter = () => {};
let onLeave = () => {};
let onDeparture = () => {};

export const whenEntered = f => { onEnter = f; };
export const whenLeft = f => { onLeave = f; };

/** Told before somebody leaves the page for the issuer's, and will be back. */
export const whenDeparting = f => { onDeparture = f; };

export const isOperator = () => session.roles.includes('job-operator');
export const seesAll = () => isOperator() || session.roles.includes('job-auditor');
export const mayRun = () => isOperator() || session.roles.includes('procedure-caller');
/** One word for what a person mostly is here. */
export const role = () => (isOperator() ? 'operator' : session.roles.includes('job-auditor') ? 'auditor' : 'caller');

export async function start() {
  // Neither PKCE nor the keys of calls can be made on a page that came without https, but for this very machine's.
  session.phase = isSecureContext ? 'starting' : 'insecure';
  session.trouble = null;
  if (!isSecureContext) {
    invalidate();
    return;
  }
  try {
    const response = await fetch(CONFIGURATION, { credentials: 'omit', headers: { Accept: 'application/json' } });
    if (!response.ok) {
      throw new Error((await response.json().catch(() => ({}))).error ?? `HTTP ${response.status}`);
    }
    const config = await response.json();
    session.demo = config.demo;
    source = config.demo ? new Demo() : new Issuer(config);
    session.host = config.demo ? '' : source.host;
    await first();
  } catch (error) {
    session.phase = error instanceof Refused ? 'out' : 'unreachable';
    session.trouble = troubleOf(error);
  }
  invalidate();
}

const troubleOf = error => ({ key: error instanceof Refused ? 'in.refused' : 'in.unreachable', why: error.message });

async function first() {
  const returning = !session.demo && localStorage.getItem(RETURNING) === 'yes' && !new URLSearchParams(location.search).has('state');
  if (returning) {
    await source.begin(true);
    return;
  }
  const given = await source.complete();
  session.people = source.people ?? [];
  if (given) {
    enter(given);
  } else {
    session.phase = 'out';
    remember(false);
  }
}

/** That somebody signed in with this browser, so that another tab need not ask: no token, no name. */
function remember(yes) {
  if (session.demo) {
    return;
  }
  if (yes) {
    localStorage.setItem(RETURNING, 'yes');
  } else {
    localStorage.removeItem(RETURNING);
  }
}

function enter(given) {
  const before = session.name;
  take(given);
  remember(true);
  if (before && before !== session.name) {
    location.reload(); // what somebody else has read is not for this person
  } else {
    onEnter();
  }
}

function take(given) {
  const told = claims(given);
  token = given;
  session.name = told.upn ?? told.preferred_username ?? told.sub;
  session.roles = Array.isArray(told.groups) ? told.groups : [];
  session.until = told.exp * 1000;
  session.phase = 'in';
  session.trouble = null;
}

export function signIn(person) {
  if (session.demo) {
    enter(source.enter(person));
    invalidate();
    return;
  }
  onDeparture();
  source.begin().catch(error => {
    session.trouble = troubleOf(error);
    invalidate();
  });
}

/** Leaves nothing of what was read on the page, nor in memory: it is loaded anew, or left for the issuer's. */
export async function signOut() {
  leaving = true; // what is still being asked must not sign in again meanwhile
  token = '';
  remember(false);
  Object.assign(session, { phase: 'starting', name: '', roles: [] });
  onLeave();
  try {
    await source.end();
  } catch {
    location.assign('/'); // an issuer that does not answer keeps nobody here
  }
}

/** The session is over and nobody can renew it: what was on the page waits until somebody has signed in again. */
export function expired() {
  token = '';
  session.phase = 'expired';
  invalidate();
}

/** A token that is valid for a while yet, or to its end where there will be no other. */
export async function bearer() {
  return token && session.until - Date.now() > AHEAD ? token : renew(token);
}

/** Another token than this one; requests that need it at once share it. */
export async function renew(stale) {
  if (leaving || (token && token !== stale)) {
    return token;
  }
  renewing ??= renewed().finally(() => { renewing = null; });
  return renewing;
}

async function renewed() {
  let given = null;
  try {
    given = await source.renew();
  } catch (error) {
    if (!(error instanceof Refused) || session.until > Date.now()) {
      return token; // nobody answered, or it has some seconds left: the service will say whether it still counts
    }
  }
  if (leaving) {
    return '';
  }
  if (given) {
    take(given);
  } else {
    expired();
  }
  return token;
}
