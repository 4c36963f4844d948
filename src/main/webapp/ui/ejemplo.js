// A client of the HTTP interface in a page: launch, follow, download. It asks no more often than there is news: the answer to
// ?wait=N with If-None-Match comes when the job is no longer as this page has it.
const SECONDS = 25;
const PAUSE = 2000;
const FORMATS = { csv: 'CSV', xlsx: 'Excel', ndjson: 'NDJSON' };
const $ = id => document.getElementById(id);
let token = '';

/** The answer, or an error with the text that the service has for people. */
async function ask(path, options = {}) {
  const response = await fetch(path, {
    ...options,
    headers: { Authorization: `Bearer ${token}`, 'Accept-Language': document.documentElement.lang, ...options.headers },
  });
  if (!response.ok && response.status !== 304) {
    const problem = await response.json().catch(() => ({}));
    const fields = (problem.errors ?? []).map(each => `${each.pointer}: ${each.detail}`);
    const error = new Error([problem.error ?? `HTTP ${response.status}`, ...fields].join('\n'));
    error.status = response.status;
    throw error;
  }
  return response;
}

async function launch(call) {
  const response = await ask('/procedure/async', {
    method: 'POST',
    // The same key for the same click: a call that is sent again runs once.
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() },
    body: JSON.stringify(call),
  });
  return (await response.json()).job_id;
}

async function follow(id) {
  let tag = '';
  for (;;) {
    try {
      const response = tag
        ? await ask(`/jobs/${id}?wait=${SECONDS}`, { headers: { 'If-None-Match': tag } })
        : await ask(`/jobs/${id}`);
      if (response.status === 200) {
        const job = await response.json();
        tag = response.headers.get('ETag') ?? '';
        show(job);
        if (job.status === 'completed' || job.status === 'failed') {
          return job;
        }
      }
    } catch (error) {
      // Of what the service refuses there is no use in asking again; all else passes, and the job goes on without this page.
      if (error.status && error.status < 500 && error.status !== 429) {
        throw error;
      }
      $('message').textContent = 'Sin conexión; el trabajo sigue en el servidor…';
      await new Promise(resolve => setTimeout(resolve, PAUSE));
    }
  }
}

function show(job) {
  $('job').hidden = false;
  $('progress').value = job.progress;
  const texts = { pending: 'En cola', running: 'En curso', completed: '✅ Reporte listo para descargar', failed: '❌ No terminó bien' };
  $('state').textContent = texts[job.status];
  $('message').textContent = job.error ?? job.progress_detail?.message ?? '';
  $('cancel').hidden = job.status === 'completed' || job.status === 'failed';
}

/** The result as files: rows in each format, everything else as it is. */
async function offer(job) {
  const list = $('files');
  list.replaceChildren();
  for (const [name, value] of Object.entries(job.result ?? {})) {
    const item = document.createElement('li');
    if (typeof value === 'object' && value?.columns) {
      item.append(`${name}: ${value.row_count} filas `);
      for (const [format, label] of Object.entries(FORMATS)) {
        item.append(button(label, () => download(`/jobs/${job.id}/results/${encodeURIComponent(name)}?format=${format}`, `${name}.${format}`)));
      }
    } else if (typeof value === 'object' && value?.link) {
      item.append(`${name} `, button('Descargar', () => download(value.link, name)));
    } else {
      item.append(`${name}: ${typeof value === 'object' ? JSON.stringify(value) : value}`);
    }
    list.append(item);
  }
}

function button(label, action) {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = label;
  made.addEventListener('click', () => guarded(action));
  return made;
}

/** A link could not have the token: so the file is fetched, and given to the browser. */
async function download(path, name) {
  const blob = await (await ask(path)).blob();
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

async function guarded(action) {
  $('error').textContent = '';
  try {
    await action();
  } catch (error) {
    $('error').textContent = error.message;
  }
}

async function run(id) {
  location.hash = id;
  $('cancel').onclick = () => guarded(() => ask(`/jobs/${id}/cancel`, { method: 'POST' }));
  await offer(await follow(id));
}

$('launch').addEventListener('submit', event => {
  event.preventDefault();
  guarded(async () => {
    token = $('token').value.trim();
    $('files').replaceChildren();
    await run(await launch({ name: $('name').value, params: JSON.parse($('params').value || '[]') }));
  });
});

// In demo mode there is a token for whoever asks; elsewhere it comes from the company's sign-in.
guarded(async () => {
  const demo = await fetch('/demo/tokens');
  if (demo.ok) {
    token = (await demo.json()).people[0].token;
    $('token').value = token;
    if (/^#[0-9a-f]{32}$/.test(location.hash)) {
      await run(location.hash.slice(1));
    }
  }
});
