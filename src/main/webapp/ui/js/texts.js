// Every text of the console is in texts-es.js and texts-en.js. {name} is filled in; nothing is glued together from halves of sentences.
import { preferences } from './preferences.js';

const loaded = new Map();

/** The texts of the reader's language; the other one is not even downloaded. */
export async function loadTexts() {
  const { lang } = preferences;
  if (!loaded.has(lang)) {
    loaded.set(lang, (await import(`./texts-${lang}.js`)).texts);
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
