// The address is the state: #/jobs?state=failed&q=ventas. The fragment keeps the API's own paths (/jobs/…) free, needs no
// rewrite rule on any server, and keeps filters out of access logs.
export function route() {
  // What is no path, as #main of a link within the page, is where one begins.
  const [path, query] = location.hash.replace(/^#(?!\/).*|^#/, '').split('?');
  const parts = path.split('/').filter(Boolean).map(decoded);
  return { path, screen: parts[0] ?? 'jobs', id: parts[1], query: new URLSearchParams(query ?? '') };
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // a mistyped address is looked up as it is, and not found
  }
}

/** Of a query: pairs, an object, or URLSearchParams; empty values are left out. */
export function href(path, query = {}) {
  const given = query instanceof URLSearchParams ? [...query] : Array.isArray(query) ? query : Object.entries(query);
  const params = new URLSearchParams(given.filter(([, value]) => value !== undefined && value !== null && value !== ''));
  const text = params.toString().replaceAll('%2C', ',').replaceAll('%3A', ':');
  return '#' + path + (text ? '?' + text : '');
}

export const runHref = (name, query) => href('/run/' + encodeURIComponent(name), query);

export const go = (path, query) => { location.hash = href(path, query); };

/** Typing in a search box must not fill the history. */
export function replace(path, query) {
  history.replaceState(null, '', href(path, query));
  dispatchEvent(new Event('addresschange'));
}
