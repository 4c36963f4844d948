// Charts: plain SVG stretched to its box; every label is HTML, so that text keeps its size and can be read aloud.
import { html, nothing, svg } from './html.js';

const two = n => n.toFixed(2);

/**
 * Columns of what adds up; keys are [member, class]. With hrefOf each is a link, and one with nothing in it no stop of Tab.
 * unknown: of how many more before them nothing is known, which uncounted says.
 */
export function stacked(bins, keys, { label, titleOf, hrefOf, unknown = 0, uncounted = '' }) {
  const sum = bin => keys.reduce((total, [key]) => total + (bin[key] ?? 0), 0);
  const most = Math.max(1, ...bins.map(sum));
  const width = 100 / (unknown + bins.length);
  return html`<svg class="bars" viewBox="0 0 100 40" preserveAspectRatio="none" role=${hrefOf ? 'group' : 'img'} aria-label=${label}>${unknown ? svg`<g><title>${uncounted}</title><rect class="c-none" y="2" width=${two(unknown * width)} height="38"></rect></g>` : nothing}${bins.map((bin, at) => {
    const i = unknown + at;
    let top = 40;
    const part = ([key, cls]) => {
      const height = ((bin[key] ?? 0) / most) * 38;
      top -= height;
      return svg`<rect class=${cls} x=${two(i * width + width * 0.14)} y=${two(top)} width=${two(width * 0.72)} height=${two(height)}></rect>`;
    };
    const column = svg`<g class=${hrefOf ? 'pick' : ''}><title>${titleOf(bin)}</title><rect class="hit" x=${two(i * width)} y="0" width=${two(width)} height="40"></rect>${keys.map(part)}</g>`;
    return hrefOf ? link(hrefOf(bin), titleOf(bin), sum(bin) > 0, column) : column;
  })}</svg>`;
}

const link = (to, label, stop, column) =>
  svg`<a href=${to} aria-label=${label} tabindex=${stop ? nothing : '-1'} aria-hidden=${stop ? nothing : 'true'}>${column}</a>`;

/** Lines over time; keys are [member, class]. */
export function lines(points, keys, label, unit) {
  const most = Math.max(1, ...points.flatMap(point => keys.map(([key]) => point[key] ?? 0)));
  const x = i => two((i / Math.max(1, points.length - 1)) * 100);
  const path = key => points.map((point, i) => `${i ? 'L' : 'M'}${x(i)} ${two(39 - ((point[key] ?? 0) / most) * 36)}`).join('');
  return html`<div class="chart"><div class="chart-y"><span>${unit(most)}</span><span>${unit(most / 2)}</span><span>0</span></div>
    <svg class="plot" viewBox="0 0 100 40" preserveAspectRatio="none" role="img" aria-label=${label}><path class="grid" d="M0 3H100M0 21H100M0 39H100"></path>${keys.map(([key, cls]) => svg`<path class=${cls} d=${path(key)}></path>`)}</svg></div>`;
}

/** How much of what there is. */
export const meter = (n, of, label) =>
  html`<svg class=${'meter' + (n >= of ? ' full' : '')} viewBox="0 0 100 6" preserveAspectRatio="none" role="img" aria-label=${label}><rect class="m-all" width="100" height="6"></rect><rect class="m-is" width=${two((of ? Math.min(1, n / of) : 0) * 100)} height="6"></rect></svg>`;

export const legend = items => html`<ul class="legend right">${items.map(([cls, text]) => html`<li><i class=${cls}></i>${text}</li>`)}</ul>`;
