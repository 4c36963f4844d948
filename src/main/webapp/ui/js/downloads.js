// Files: a link could not have the token, so they are fetched, and given to the browser, or written as they come where that can be done.
import { ask } from './api.js';
import { saidNo } from './actions.js';
import { curlOfFile } from './calls.js';
import { bytes } from './format.js';
import { html } from './html.js';
import { copy, hush, open, toast } from './page.js';
import { button, dialog } from './pieces.js';
import { t } from './texts.js';

const LARGE = 50_000_000; // beyond it a file is better written than kept
const MANY_ROWS = 200_000;
const LARGEST = 200_000_000; // of what is kept in memory

const MIME = {
  csv: 'text/csv',
  ndjson: 'application/x-ndjson',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** Of a path and the name to save it under; {format, size, rows} as far as they are known. */
export async function download(path, name, { format, size = 0, rows = 0 } = {}) {
  try {
    const large = (size > LARGE || rows > MANY_ROWS) && globalThis.showSaveFilePicker;
    toast(t('job.downloading', { name }));
    // First of all: what the service refuses must leave no empty file.
    const response = await ask(path, { headers: { Accept: `${MIME[format] ?? '*/*'}, application/problem+json` } });
    if (await (large ? written(response, name) : saved(response, name))) {
      toast(t('job.downloaded', { name }));
    }
  } catch (error) {
    if (error instanceof TooLarge) {
      open(() => byCurl(path));
    } else {
      toast(broken(error), true);
    }
  }
}

class TooLarge extends Error {}

/** A stream that breaks off is no problem that the service could tell of. */
const broken = error => (error instanceof TypeError ? t('job.brokeoff') : saidNo(error));

/** What the browser cannot hold can be had without it. */
function byCurl(path) {
  const line = curlOfFile(path);
  return dialog({
    title: t('job.toolarge', { size: bytes(LARGEST) }),
    body: html`<pre class="line" tabindex="0" role="region" aria-label="curl">${line}</pre>`,
    actions: button(t('do.copy'), () => copy(line, t('do.copied')), { ico: 'copy', kind: 'primary' }),
  });
}

async function saved(response, name) {
  save(await kept(response), nameIn(response) ?? name);
  return true;
}

/** Writes it as it comes; false when the reader thought better of it. */
async function written(response, suggestedName) {
  let file;
  try {
    file = await showSaveFilePicker({ suggestedName });
  } catch (error) {
    if (error.name !== 'AbortError') {
      return saved(response, suggestedName); // the click is too long ago for the browser to ask where
    }
    await response.body.cancel();
    hush();
    return false;
  }
  try {
    await response.body.pipeTo(await file.createWritable());
    return true;
  } catch (error) {
    await file.remove?.().catch(() => {}); // it would be empty
    throw error;
  }
}

async function kept(response) {
  const parts = [];
  let length = 0;
  for (const reader = response.body.getReader();;) {
    const { value, done } = await reader.read();
    if (done) {
      return new Blob(parts, { type: response.headers.get('Content-Type') ?? '' });
    }
    length += value.length;
    if (length > LARGEST) {
      await reader.cancel();
      throw new TooLarge();
    }
    parts.push(value);
  }
}

/** RFC 6266: the name in UTF-8 goes before the plain one. */
function nameIn(response) {
  const told = response.headers.get('Content-Disposition') ?? '';
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(told)?.[1];
  return encoded ? decodeURIComponent(encoded) : /filename="([^"]+)"/i.exec(told)?.[1];
}

function save(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // Not at once: the browser has yet to read it.
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
