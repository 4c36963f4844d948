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
  json: 'application/x-ndjson', // of which it is made
  ndjson: 'application/x-ndjson',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** Of a path and the name to save it under; {format, size, rows} as far as they are known; through: makes another file of it, on its way. */
export async function download(path, name, { format, size = 0, rows = 0, through } = {}) {
  try {
    const large = (size > LARGE || rows > MANY_ROWS) && globalThis.showSaveFilePicker;
    toast(t('job.downloading', { name }));
    // First of all: what the service refuses must leave no empty file.
    const response = await ask(path, { headers: { Accept: `${MIME[format] ?? '*/*'}, application/problem+json` } });
    const file = fileOf(response, name);
    const made = through ? through(file) : file;
    if (await (large ? written : saved)(made)) {
      toast(t('job.downloaded', { name: made.name }));
    }
  } catch (error) {
    if (error instanceof TooLarge) {
      open(() => byCurl(path));
    } else {
      toast(broken(error, name), true);
    }
  }
}

/** {body, type, name} */
const fileOf = (response, name) => ({ body: response.body, type: response.headers.get('Content-Type') ?? '', name: nameIn(response) ?? name });

/** Of NDJSON one JSON array, as it comes: an LF ends a row's line, and stands nowhere else (a text has it escaped). */
export function jsonOfLines({ body, name }) {
  let end = '';
  const array = new TransformStream({
    start: out => out.enqueue('['),
    transform(text, out) {
      const lines = end + text;
      end = lines.endsWith('\n') ? '\n' : '';
      out.enqueue(lines.slice(0, lines.length - end.length).replaceAll('\n', ',\n'));
    },
    flush: out => out.enqueue(end + ']\n'),
  });
  return {
    body: body.pipeThrough(new TextDecoderStream()).pipeThrough(array).pipeThrough(new TextEncoderStream()),
    type: 'application/json',
    name: name.replace(/\.ndjson$/, '.json'),
  };
}

class TooLarge extends Error {}

/** Neither a stream that breaks off nor a full disk is a problem that the service could tell of. */
function broken(error, name) {
  if (error instanceof DOMException) {
    return t('job.notsaved', { name });
  }
  return error instanceof TypeError ? t('job.brokeoff') : saidNo(error);
}

/** What the browser cannot hold can be had without it. */
function byCurl(path) {
  const line = curlOfFile(path);
  return dialog({
    title: t('job.toolarge', { size: bytes(LARGEST) }),
    body: html`<pre class="line" tabindex="0" role="region" aria-label="curl">${line}</pre>`,
    actions: button(t('do.copy'), () => copy(line, t('do.copied')), { ico: 'copy', kind: 'primary' }),
  });
}

async function saved(file) {
  save(await kept(file), file.name);
  return true;
}

/** Writes it as it comes; false when the reader thought better of it. */
async function written(file) {
  let place;
  try {
    place = await showSaveFilePicker({ suggestedName: file.name });
  } catch (error) {
    if (error.name !== 'AbortError') {
      return saved(file); // the click is too long ago for the browser to ask where
    }
    await file.body.cancel();
    hush();
    return false;
  }
  try {
    await file.body.pipeTo(await place.createWritable());
    return true;
  } catch (error) {
    await place.remove?.().catch(() => {}); // it would be empty
    throw error;
  }
}

async function kept({ body, type }) {
  const parts = [];
  let length = 0;
  for (const reader = body.getReader();;) {
    const { value, done } = await reader.read();
    if (done) {
      return new Blob(parts, { type });
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
