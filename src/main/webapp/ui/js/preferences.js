// What the reader has chosen about the page itself. Kept in this browser; nothing in it is secret.
import { invalidate } from './page.js';

const PREFIX = 'diferido.';

function kept(key, otherwise) {
  try {
    return localStorage.getItem(PREFIX + key) ?? otherwise;
  } catch {
    return otherwise; // storage refused
  }
}

export const preferences = {
  lang: kept('lang', 'es') === 'en' ? 'en' : 'es',
  theme: ['light', 'dark'].includes(kept('theme')) ? kept('theme') : 'system',
  singleKeys: kept('singleKeys', 'on'),
  exactTimes: kept('exactTimes', 'off'),
};

export const english = () => preferences.lang === 'en';

export function prefer(key, value) {
  preferences[key] = value;
  try {
    localStorage.setItem(PREFIX + key, value);
  } catch { /* not kept, still true for now */ }
  document.documentElement.dataset.theme = preferences.theme;
  document.documentElement.lang = preferences.lang;
  invalidate();
}
