// Every text of the console is in texts-es.js and texts-en.js. {name} is filled in; nothing is glued together from halves of sentences.
import { toast } from './page.js';
import { prefer, preferences } from './preferences.js';

const loaded = new Map();

let wanted = '';
let failures = 0;

/** The texts of the reader's language; the other one is not even downloaded. */
export async function loadTexts(lang = preferences.lang) {
  if (!loaded.has(lang)) {
    // A browser may remember that a module could not be had: it is asked for by another address then.
    loaded.set(lang, (await import(`./texts-${lang}.js${failures ? '?' + failures : ''}`)).texts);
  }
}

/** Changes the language once its texts are there: without them, as while the service is away, the page stays in the one it has. */
export async function speak(lang) {
  wanted = lang;
  try {
    await loadTexts(lang);
  } catch {
    failures++;
    toast(t('pref.lang.away'), true);
    return;
  }
  if (wanted === lang) {
    prefer('lang', lang);
  }
}

export function t(key, values) {
  const text = loaded.get(preferences.lang)?.[key] ?? key;
  return values ? text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all) : text;
}

/** Whether there is such a text: of what the server names there may be more than the console knows. */
export const known = key => loaded.get(preferences.lang)?.[key] !== undefined;

/** Counted texts: the language's own plural rule picks between key.one and key.other. */
export const tn = (key, n, shown = n) =>
  t(`${key}.${new Intl.PluralRules(preferences.lang).select(n) === 'one' ? 'one' : 'other'}`, { n: shown });
