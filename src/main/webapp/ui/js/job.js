// One job: what it does, what came of it, and what can be done about it.
import { cancel, erase, mayChange, retry, saidNo } from './actions.js';
import { get, withQuery } from './api.js';
import { bodyOfJob, curl, MASK } from './calls.js';
import { isNumber, numbersQuery } from './exact.js';
import { about, clock, duration, isSoon, number, running, time } from './format.js';
import { html, nothing } from './html.js';
import { icon } from './icons.js';
import { failure, isFailure } from './job-error.js';
import { mainFile, results } from './job-result.js';
import { timeline } from './job-timeline.js';
import { view } from './jobs-view.js';
import { live, Listening } from './live.js';
import { announce, close, copy, invalidate, open, toast } from './page.js';
import { alone, button, code, copyButton, dialog, fact, iconButton, isLive, isRunning, name, progress, progressText, shown, toJobs, tookOf } from './pieces.js';
import { Reading } from './reading.js';
import { go, href, runHref } from './router.js';
import { t, tn } from './texts.js';

const SETTLES = 1000; // a click that was meant for the buttons of before

let id = '';
let reading = null;
let listening = null;
let alive = false;
let endedAt = -SETTLES;
let busy = '';
/** News that came while the job is being read: the answer may be older. */
let heard = null;

export const job = {
  /** Whether it has a stream of its own, so that the one of all jobs is not needed meanwhile. */
  get streams() {
    return reading?.data === null || listening !== null;
  },

  title: () => (reading?.data ? `${t('state.' + reading.data.state)}: ${reading.data.procedure_name}` : ''),

  open(route) {
    job.close();
    id = route.id;
    view.opened = id;
    const path = withQuery(`/jobs/${encodeURIComponent(id)}`, numbersQuery ? [numbersQuery.split('=')] : []);
    reading = new Reading(async signal => {
      heard = null;
      const found = await get(path, { signal });
      return follow((isLive(found) && heard) || found);
    }, found => {
      if (isLive(found)) {
        listen();
      }
    });
    reading.read();
  },

  close() {
    reading?.stop();
    listening?.stop();
    listening = null;
    alive = false;
    endedAt = -SETTLES;
    id = '';
  },

  draw: () => shown(reading, screen, {
    rows: 6,
    kind: 'detail',
    gone: () => alone('search', t('job.gone.title'), t('job.gone.text'), toJobs()),
  }),
};

/** Says that the job has ended, once: the answer to a cancel may tell it before the stream does. */
function follow(job) {
  if (alive && !isLive(job)) {
    announce(t('job.ended', { title: job.procedure_name, state: t('state.' + job.state) }));
    endedAt = performance.now();
    setTimeout(invalidate, SETTLES);
  }
  alive = isLive(job);
  if (!alive) {
    listening?.stop(); // it may be the reading that tells, where the stream has not come through
    listening = null;
  }
  return job;
}

function listen() {
  listening?.stop();
  listening = new Listening(`/jobs/${id}/events`, {
    event(type, news) {
      const before = reading.data;
      // A number that a double cannot hold comes whole by the path of the job alone, where the browser does not tell digits.
      reading.data = { ...news, ...(numbersQuery ? { result: undefined, result_omitted: true } : {}) };
      heard = reading.data;
      follow(news);
      if (type === 'state' && before.state !== news.state) {
        invalidate();
      }
      if (isLive(news)) {
        return 'more';
      }
      reading.read();
      return 'end';
    },
    reset: () => reading.read(),
    refused() {
      listening = null;
      reading.read();
    },
  }, `/jobs/${id}`);
}

/** Does it once, however often it is clicked, and says what the service says no with. */
async function act(what, action) {
  if (busy) {
    return;
  }
  busy = what;
  invalidate();
  try {
    await action();
  } catch (error) {
    toast(saidNo(error), true);
  } finally {
    busy = ''; // also after what nobody foresaw
    invalidate();
  }
}

function screen(found) {
  return html`
    <nav class="crumb"><a href=${view.address}>${icon('left', 14)} ${t('do.back')}</a><code class="id" title=${found.id}>${found.id.slice(0, 12)}…</code>${copyButton(found.id, t('job.copyid'))}
      ${found.retry_of ? html`<a href=${href('/jobs/' + found.retry_of)}>${t('job.retryof')} ${found.retry_of.slice(0, 8)}</a>` : nothing}</nav>
    ${hero(found)}
    ${isFailure(found) ? failure(found) : nothing}
    <div class="two">
      <div class="col">${timeline(found)}
        ${found.state === 'succeeded' || isLive(found) ? html`<section class="panel"><h2>${t('job.results')}</h2>${isLive(found) ? html`<p class="dim pad">${t('job.noresult')}</p>` : found.result_omitted ? omitted() : results(found)}</section>` : nothing}
        ${log(found)}</div>
      <aside class="col" aria-label=${t('job.facts')}>${params(found)}${facts(found)}${found.history ? history(found.history) : nothing}</aside>
    </div>`;
}

/** News leave out a large result, and numbers that were not asked for as text: the job is being read again, or could not be. */
const omitted = () => (reading.problem
  ? html`<p class="pad">${button(t('do.reload'), () => reading.read(), { ico: 'retry' })}</p>`
  : html`<p class="dim pad" aria-busy="true">${t('load.text')}…</p>`);

function hero(found) {
  return html`<section class=${'hero panel s-' + found.state}>
    <div class="hero-top">
      <div class="hero-mark">${icon(found.state, 34)}</div>
      <div class="hero-what"><p class="hero-state">${t('state.' + found.state)}</p><h1 tabindex="-1">${code(found.procedure_name)}</h1></div>
      <div class="hero-do">${mayChange(found) && !isLive(found) ? actions(found) : main(found)}${button(t('do.curl'), () => copyCall(found), { ico: 'copy' })}${mayChange(found) ? last(found) : nothing}</div>
    </div>
    <p class="hero-say">${sentence(found)}</p>
    ${isRunning(found) ? html`<div class="hero-progress">${progress(found, true)}<div class="hero-numbers"><b class="num">${progressText(found) || '…'}</b><span>${source(found)}</span><span class="dim">${found.progress_detail?.message ?? ''}</span></div></div>` : nothing}
    ${found.stop ? steps(found) : nothing}</section>`;
}

const justEnded = () => performance.now() - endedAt < SETTLES;

const off = () => live.state === 'offline' || busy !== '';

const main = found => (found.state === 'succeeded' ? mainFile(found) : nothing);

/** Where it ends while one is about to cancel it, the pointer is over what asks first, and not over what would run it again. */
const last = found => (isLive(found)
  ? button(t('do.cancel'), () => open(() => confirmCancel(found)), { kind: 'danger', disabled: off() || found.state === 'cancelling', busy: busy === 'cancel' })
  : iconButton('trash', t('do.delete'), () => open(() => confirmErase(found)), { disabled: off() }));

/** One primary action: download when it went well, correct when repeating would fail again, run again when it may work. */
function actions(found) {
  const again = found.error_detail?.retryable;
  const correct = isFailure(found) && !again && found.error_detail.category !== 'outcome';
  return html`${main(found)}
    ${correct ? html`<a class="btn primary" href=${corrected(found)}>${t('do.edit')}</a>` : nothing}
    ${found.links.retry ? button(t('do.retry'), () => act('retry', async () => go('/jobs/' + await retry(found.id))), { ico: 'retry', kind: again ? 'primary' : '', disabled: off() || justEnded(), busy: busy === 'retry' }) : nothing}
    ${found.links.retry || correct ? nothing : html`<a class="btn" href=${corrected(found)}>${t('do.edit')}</a>`}`;
}

const nameOf = found => (found.schema ? `${found.schema}.` : '') + found.procedure_name;

/** The form reads the job again: its address is as short as this, however much the job was given, and has none of it. */
const corrected = found => runHref(nameOf(found), { from: found.id });

function copyCall(found) {
  copy(curl(bodyOfJob(found), (name, value) => value === MASK), t('do.copied'));
}

function sentence(found) {
  const took = duration(tookOf(found));
  if (found.state === 'running') {
    return [t('say.running', { elapsed: running(Date.now() - new Date(found.started_at ?? found.start_time)) }), remaining(found)].join(' ');
  }
  if (found.state === 'queued') {
    return found.not_before ? t('say.waits', { at: clock(found.not_before) }) : t('say.queued');
  }
  if (found.state === 'succeeded' && found.stop) {
    return t('say.won');
  }
  if (found.state === 'cancelled' && !found.started_at) {
    return t('say.unstarted');
  }
  if (found.state === 'failed' && !found.started_at) {
    return t('say.notbegun');
  }
  return t('say.' + found.state, { took, limit: duration((found.timeout_seconds ?? 0) * 1000) });
}

function remaining(found) {
  const left = (found.progress_detail?.remaining_seconds ?? 0) * 1000;
  if (!left) {
    return (found.progress_detail?.source ?? 'none') === 'none' ? t('say.noleft') : '';
  }
  return isSoon(left) ? t('say.soon') : t('say.left', { left: about(left) });
}

function source(found) {
  const { source: from = 'none', done, total, unit } = found.progress_detail ?? {};
  const of = total ? html`: <span class="num">${number(done ?? 0, 2)}</span> / <span class="num">${number(total, 2)}</span> ${unit ?? ''}` : '';
  return html`${t('source.' + from)}${of}`;
}

/** What was asked, and what the database answered: never what was hoped for. */
function steps(found) {
  const ended = !isLive(found);
  const how = found.state === 'succeeded' ? 'won' : found.stop.ended_by ?? 'ended';
  const since = Date.now() - new Date(found.stop.at);
  return html`<ol class="steps">
    <li class="done"><span>${t('job.cancel.' + found.stop.reason)}${found.stop.reason === 'requested' ? html` <span class="dim">· ${found.stop.by}</span>` : nothing}</span><time class="num">${clock(found.stop.at)}</time></li>
    <li class=${ended ? 'done' : 'now'}><span>${t(ended ? 'job.cancel.' + how : 'job.cancel.wait')}</span><span class="num">${ended ? clock(found.end_time) : running(since)}</span></li></ol>`;
}

function confirmCancel(found) {
  const sure = () => {
    close();
    act('cancel', async () => {
      try {
        reading.data = { ...reading.data, ...await cancel(found.id) };
      } catch (error) {
        if (error.status !== 409) {
          throw error; // one that has ended meanwhile is no error: the page shows its end
        }
      }
      await reading.read();
    });
  };
  return dialog({
    title: t('job.cancel.title'),
    body: html`<div class="confirm">${name(found.procedure_name)}<p>${t('job.cancel.text')}</p></div>`,
    actions: html`${button(t('do.keep'), close)}${button(t('do.cancel'), sure, { kind: 'danger-solid' })}`,
  });
}

function confirmErase(found) {
  const sure = () => {
    close();
    act('delete', async () => {
      await erase(found.id);
      toast(t('job.deleted'));
      location.hash = view.address;
    });
  };
  return dialog({
    title: tn('jobs.confirm.delete', 1),
    body: html`<div class="confirm">${name(found.procedure_name)}<p>${t('jobs.confirm.delete.text')}</p></div>`,
    actions: html`${button(t('do.keep.one'), close)}${button(t('do.delete'), sure, { kind: 'danger-solid' })}`,
  });
}

function log(found) {
  const rows = found.log ?? [];
  const none = isLive(found) ? t('job.log.later') : t('job.log.empty');
  return html`<section class="panel" id="log"><h2>${t('job.log')}</h2>${rows.length
    ? html`<ol class="log" tabindex="0" aria-label=${t('job.log')}>${rows.map(row => html`<li><span>${row}</span></li>`)}</ol>`
    : html`<p class="dim pad">${none}</p>`}</section>`;
}

function params(found) {
  // What only comes back is among the results.
  const given = (found.params ?? []).filter(param => param.value !== undefined || !/^out$/i.test(param.direction ?? ''));
  if (!given.length) {
    return nothing;
  }
  const value = param => {
    if (param.value === MASK) {
      return html`<span class="secret">${icon('lock', 13)} ••• <span class="sr-only">${t('job.secret')}</span></span>`;
    }
    if (param.value === undefined) {
      return html`<span class="dim">${param.direction ?? '–'}</span>`;
    }
    return param.value === null ? html`<i class="null">null</i>` : html`<span class="num">${typeof param.value === 'object' && !isNumber(param.value) ? JSON.stringify(param.value) : String(param.value)}</span>`;
  };
  return html`<section class="panel"><h2>${t('job.params')}</h2><dl class="facts">${given.map((param, i) => html`<dt><code>${param.name ?? i + 1}</code></dt><dd>${value(param)}</dd>`)}</dl></section>`;
}

const facts = found => html`<section class="panel"><h2>${t('job.facts')}</h2><dl class="facts">
  ${fact(t('jobs.col.owner'), found.owner)}
  ${fact(t('jobs.filter.node'), found.node)}
  ${fact(t('job.attempt'), found.attempt > 1 ? found.attempt : null)}
  ${fact(t('job.timeout'), found.timeout_seconds ? duration(found.timeout_seconds * 1000) : null)}
  ${fact(t('job.before'), found.start_before ? time(found.start_before) : null)}
  ${Object.entries(found.labels ?? {}).map(([key, value]) => fact(t('jobs.filter.label'), html`<a class="tag" href=${href('/jobs', { label: `${key}=${value}` })}>${key}=${value}</a>`))}
  ${fact(t('job.expires'), found.expires_at ? time(found.expires_at) : null)}</dl></section>`;

const history = runs => html`<section class="panel"><h2>${t('job.history')}</h2><ol class="hooks">${runs.map(run => html`<li><span class="num">${run.attempt}</span><span>${run.error}</span><span class="dim num">${clock(run.ended_at)}</span></li>`)}</ol></section>`;
