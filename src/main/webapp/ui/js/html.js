// The one place that says where the library for templates is. It writes every value as text, and needs neither eval nor inline styles.
export { html, svg, nothing, render } from '../lib/lit-html.js';
