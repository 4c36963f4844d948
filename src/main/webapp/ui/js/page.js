// What the page shows besides its data: a dialog, a message, and the one way to ask for a new picture.
const TOLD = 8000;

export const page = { dialog: null, toast: null };

let paint = () => {};
let asked = false;

export const onInvalidate = f => { paint = f; };

export function invalidate() {
  if (asked) {
    return;
  }
  asked = true;
  // Frames stop in a hidden tab; what is to be painted then is painted when it is looked at.
  requestAnimationFrame(() => {
    asked = false;
    paint();
  });
}

/** Said once to a screen reader: only what changes a decision (ends, errors), never a percentage. */
export function announce(text) {
  document.getElementById('told').textContent = text;
}

export function toast(text, bad = false) {
  page.toast = { text, bad };
  announce(text);
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => {
    page.toast = null;
    invalidate();
  }, TOLD);
  invalidate();
}

/** What was said is not so any more. */
export function hush() {
  page.toast = null;
  invalidate();
}

/** A dialog is a function that makes its template, so that it is painted again with everything else. */
export function open(dialog) {
  page.dialog = dialog;
  invalidate();
}

export function close() {
  page.dialog = null;
  invalidate();
}

export async function copy(text, done) {
  try {
    await navigator.clipboard.writeText(text);
    toast(done);
  } catch { /* refused: the text stays selectable on the page */ }
}
