// One silhouette per state, told apart without colour; and the signs of the page's own actions.
import { html, svg } from './html.js';

const ICONS = {
  queued: svg`<circle cx="8" cy="8" r="5.6" stroke-dasharray="2.2 2.2"/>`,
  running: svg`<circle cx="8" cy="8" r="5.6" opacity=".3"/><path class="spin" d="M8 2.4A5.6 5.6 0 0 1 13.6 8"/>`,
  cancelling: svg`<path class="spin" d="M8 2.4A5.6 5.6 0 1 1 2.4 8" /><rect x="6" y="6" width="4" height="4" rx=".8" class="fill"/>`,
  succeeded: svg`<circle cx="8" cy="8" r="6.4" class="fill"/><path d="m5.2 8.2 2 2 3.7-4.2" class="cut"/>`,
  failed: svg`<circle cx="8" cy="8" r="6.4" class="fill"/><path d="m5.8 5.8 4.4 4.4m0-4.4-4.4 4.4" class="cut"/>`,
  cancelled: svg`<circle cx="8" cy="8" r="5.6"/><path d="m4.2 11.8 7.6-7.6"/>`,
  timed_out: svg`<path d="M4.4 2.4h7.2M4.4 13.6h7.2M5.2 2.4c0 3 5.6 4 5.6 5.6s-5.6 2.6-5.6 5.6m5.6-11.2c0 3-5.6 4-5.6 5.6s5.6 2.6 5.6 5.6"/>`,
  expired: svg`<rect x="2.6" y="3.4" width="10.8" height="10" rx="1.6"/><path d="M2.6 6.4h10.8M5.4 1.8v2.6m5.2-2.6v2.6M6.2 8.4l3.6 3.2m0-3.2-3.6 3.2"/>`,
  lost: svg`<path d="M5.6 6.2a2.4 2.4 0 1 1 3.5 2.1c-.7.4-1.1.8-1.1 1.6"/><circle cx="8" cy="12.3" r=".9" class="fill"/>`,
  jobs: svg`<path d="M2.5 4h6M4.5 8h6M7.5 12h6"/>`,
  run: svg`<path d="M4.5 2.8v10.4L13 8z"/>`,
  procedures: svg`<path d="M5 2.5C3.4 2.5 3.6 5 3.6 6S3 8 2 8c1 0 1.6 1 1.6 2s-.2 3.5 1.4 3.5m6-11c1.6 0 1.4 2.5 1.4 3.5S13 8 14 8c-1 0-1.6 1-1.6 2s.2 3.5-1.4 3.5"/>`,
  system: svg`<path d="M1.5 8.5h3l2-5.5 3 10 2-4.5h3"/>`,
  search: svg`<circle cx="7" cy="7" r="4.2"/><path d="m10.2 10.2 3.3 3.3"/>`,
  plus: svg`<path d="M8 3v10M3 8h10"/>`,
  close: svg`<path d="m4 4 8 8m0-8-8 8"/>`,
  left: svg`<path d="m10 3.5-4.5 4.5 4.5 4.5"/>`,
  right: svg`<path d="m6 3.5 4.5 4.5-4.5 4.5"/>`,
  copy: svg`<rect x="5.5" y="5.5" width="8" height="8" rx="1.5"/><path d="M10.5 5.5V4A1.5 1.5 0 0 0 9 2.5H4A1.5 1.5 0 0 0 2.5 4v5A1.5 1.5 0 0 0 4 10.5h1.5"/>`,
  retry: svg`<path d="M13 8a5 5 0 1 1-1.6-3.7M13 2.5v3h-3"/>`,
  download: svg`<path d="M8 2.5v7.5m-3-3 3 3 3-3M2.5 13.5h11"/>`,
  lock: svg`<rect x="3.5" y="7" width="9" height="6.5" rx="1.5"/><path d="M5.5 7V5a2.5 2.5 0 0 1 5 0v2"/>`,
  help: svg`<circle cx="8" cy="8" r="6"/><path d="M6.3 6.5a1.8 1.8 0 1 1 2.6 1.6c-.6.3-.9.6-.9 1.2"/><circle cx="8" cy="11.3" r=".7" class="fill"/>`,
  trash: svg`<path d="M2.5 4.5h11M6 4.5v-2h4v2m-6 0 .6 9h6.8l.6-9"/>`,
};

export const icon = (name, size = 16) =>
  html`<svg class=${'icon i-' + name} viewBox="0 0 16 16" width=${size} height=${size} aria-hidden="true" focusable="false">${ICONS[name]}</svg>`;
