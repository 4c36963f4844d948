// A call of a procedure as JSON, and as text to paste in a terminal or a program. Secrets are never in what is copied, nor are files.
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

/** The options of a job that there is: a start_before that has gone by would be refused. */
export const termsOf = ({ labels, start_before: before, timeout_seconds: timeout }) => ({
  ...(labels ? { labels } : {}),
  ...(Date.parse(before) > Date.now() ? { start_before: before } : {}),
  ...(timeout ? { timeout_seconds: timeout } : {}),
});

/** The body of a job that there is, of its params, on the terms that it had: its time is told also where it was the usual one. */
export const bodyOfJob = job => ({
  name: job.procedure_name,
  ...(job.schema ? { schema: job.schema } : {}),
  params: job.params ?? [],
  ...termsOf(job),
});

/** A value that is read from a file of this name where the call is made. */
export class FromFile {
  constructor(name) {
    this.name = name;
  }
}

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

/** JSON with a parameter on each line, and marks for the secrets, and for the files, which go by their place. */
function marked(body, isSecret) {
  const variable = variables();
  const value = (param, i) => (param.value instanceof FromFile ? MARK + i + MARK : hidden(param.value, param.name, isSecret, variable));
  const params = body.params.map((param, i) => (param.value === undefined ? param : { ...param, value: value(param, i) }));
  const members = Object.entries({ ...body, params }).map(([key, member]) => {
    const text = key === 'params' && member.length ? `[\n${member.map(param => `    ${JSON.stringify(param)}`).join(',\n')}\n  ]` : JSON.stringify(member);
    return `  ${JSON.stringify(key)}: ${text}`;
  });
  return `{\n${members.join(',\n')}\n}`;
}

const MARKS = new RegExp(`"${MARK}(?:(\\d+)|(\\w+?))${MARK}"`, 'g');

// In single quotes, which it may have itself.
const quoted = text => `'${text.replaceAll("'", "'\\''")}'`;

// Everything but secrets and files stands between single quotes, where a shell looks at nothing. What a secret has is made a text of JSON.
const inShell = text => quoted(text).replace(MARKS, (all, file, secret) => (file ? `"'"$FILE_${file}"'"` : `"'"$(json "$${secret}")"'"`));

const ESCAPING = `json() { printf %s "$1" | sed 's/[\\"]/\\\\&/g'; }\n`;

const filesOf = body => body.params.flatMap(({ value }, i) => (value instanceof FromFile ? [[i, value.name]] : []));

const LONG = 40_000; // characters, of up to three bytes; Linux has room for 131072 in one argument

/** isSecret is told the name, if there is one, and the value of each parameter and of each member of a value. */
export function curl(body, isSecret) {
  const text = marked(body, isSecret);
  const files = filesOf(body);
  // What is long goes by the input. Of that, curl's -d drops the line ends, which base64 has and JSON would not take; no file, no call.
  const read = files.map(([i, name]) => `FILE_${i}=$(base64 < ${quoted(name)}) &&\n`).join('');
  const piped = files.length > 0 || text.length > LONG;
  const shell = inShell(text);
  return `${text.includes(MARK + 'SECRET_') ? ESCAPING : ''}${read}${piped ? `printf %s ${shell} | ` : ''}curl -X POST "$DIFERIDO_URL/procedure/async" \\
  -H "Authorization: Bearer $TOKEN" \\
  -H "Content-Type: application/json" \\
  -H "Idempotency-Key: $(od -An -N16 -tx1 /dev/urandom | tr -d ' \\n')" \\
  -d ${piped ? '@-' : shell}`;
}

export function javascript(body, isSecret) {
  const files = filesOf(body);
  const text = marked(body, isSecret).replaceAll('\n', '\n  ')
    .replace(MARKS, (all, file, secret) => (file ? `await readFile(${JSON.stringify(body.params[file].value.name)}, 'base64')` : `process.env.${secret}`));
  return `${files.length ? "import { readFile } from 'node:fs/promises';\n\n" : ''}const response = await fetch(url + '/procedure/async', {
  method: 'POST',
  headers: {
    Authorization: \`Bearer \${token}\`,
    'Content-Type': 'application/json',
    'Idempotency-Key': crypto.randomUUID(),
  },
  body: JSON.stringify(${text}),
});
const { job_id } = await response.json();`;
}

export const curlOfFile = path => `curl -OJ "$DIFERIDO_URL"${quoted(path)} -H "Authorization: Bearer $TOKEN"`;
