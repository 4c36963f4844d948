// A call of a procedure as JSON, and as text to paste in a terminal or a program. Secrets are never in what is copied.
import { isNumber } from './exact.js';

/** What the service shows in the place of a secret value. */
export const MASK = '***';

const isRecord = value => typeof value === 'object' && value !== null && !Array.isArray(value) && !isNumber(value);

const membersOf = value => (Array.isArray(value) ? value.map(each => [undefined, each]) : isRecord(value) ? Object.entries(value) : []);

/** Whether a value, or something within it, is a secret that is not told. */
export const isMasked = value => value === MASK || membersOf(value).some(([, each]) => isMasked(each));

/** The names of the members of a value, however deep, that are not told. */
export const maskedMembers = value =>
  membersOf(value).flatMap(([name, each]) => (each === MASK && name !== undefined ? [name] : maskedMembers(each)));

/**
 * The body of a call. overload: {isFunction, params} as the catalogue has them; values: what was given, by name, and nothing else; options:
 * {labels, start_before, timeout_seconds}.
 */
export function bodyOf(name, overload, values, options = {}) {
  const given = overload.params.flatMap(({ name: param, direction }) => {
    if (direction === 'OUT') {
      return [{ name: param, direction }];
    }
    const value = values[param];
    return value === undefined ? [] : [{ name: param, value, ...(direction === 'IN' ? {} : { direction }) }];
  });
  return { name, ...(overload.isFunction ? { isFunction: true } : {}), params: given, ...options };
}

/** The body of a job that there is, of its params. */
export const bodyOfJob = job => ({
  name: job.procedure_name,
  ...(job.schema ? { schema: job.schema } : {}),
  params: job.params ?? [],
  ...(job.labels ? { labels: job.labels } : {}),
});

// On both sides of a secret's name. Nobody can know it, so no value that somebody gave can be taken for one.
const MARK = Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');

/** Names for variables, none twice, and none that is the call's own, such as TOKEN. */
function variables() {
  const used = new Set();
  return (name = '') => {
    const base = `SECRET_${name.toUpperCase().replace(/\W/g, '_')}`;
    let variable = name ? base : `${base}1`;
    for (let n = 2; used.has(variable); n++) {
      variable = `${base}${name ? '_' : ''}${n}`;
    }
    used.add(variable);
    return variable;
  };
}

/** The value with a mark that is found again for each secret, however deep. */
function hidden(value, name, isSecret, variable) {
  if (isSecret(name, value)) {
    return MARK + variable(name) + MARK;
  }
  const members = membersOf(value).map(([key, each]) => [key, hidden(each, key, isSecret, variable)]);
  return Array.isArray(value) ? members.map(([, each]) => each) : isRecord(value) ? Object.fromEntries(members) : value;
}

/** JSON with a parameter on each line, and marks for the secrets. */
function marked(body, isSecret) {
  const variable = variables();
  const params = body.params.map(param => (param.value === undefined ? param : { ...param, value: hidden(param.value, param.name, isSecret, variable) }));
  const members = Object.entries({ ...body, params }).map(([key, value]) => {
    const text = key === 'params' && value.length ? `[\n${value.map(param => `    ${JSON.stringify(param)}`).join(',\n')}\n  ]` : JSON.stringify(value);
    return `  ${JSON.stringify(key)}: ${text}`;
  });
  return `{\n${members.join(',\n')}\n}`;
}

// Everything but secrets stands between single quotes, where a shell looks at nothing. What a secret has is made a text of JSON.
const quoted = text => text.replaceAll("'", "'\\''").replace(new RegExp(`${MARK}(\\w+?)${MARK}`, 'g'), `'"$(json "$$$1")"'`);

const ESCAPING = `json() { printf %s "$1" | sed 's/[\\"]/\\\\&/g'; }\n`;

/** isSecret is told the name, if there is one, and the value of each parameter and of each member of a value. */
export function curl(body, isSecret) {
  const text = marked(body, isSecret);
  return `${text.includes(MARK) ? ESCAPING : ''}curl -X POST "$DIFERIDO_URL/procedure/async" \\
  -H "Authorization: Bearer $TOKEN" \\
  -H "Content-Type: application/json" \\
  -H "Idempotency-Key: $(uuidgen)" \\
  -d '${quoted(text)}'`;
}

export const javascript = (body, isSecret) => `const response = await fetch(url + '/procedure/async', {
  method: 'POST',
  headers: {
    Authorization: \`Bearer \${token}\`,
    'Content-Type': 'application/json',
    'Idempotency-Key': crypto.randomUUID(),
  },
  body: JSON.stringify(${marked(body, isSecret).replaceAll('\n', '\n  ').replace(new RegExp(`"${MARK}(\\w+?)${MARK}"`, 'g'), 'process.env.$1')}),
});
const { job_id } = await response.json();`;

// A name in single quotes, which it may have itself.
export const curlOfFile = path => `curl -OJ "$DIFERIDO_URL"'${path.replaceAll("'", "'\\''")}' -H "Authorization: Bearer $TOKEN"`;
