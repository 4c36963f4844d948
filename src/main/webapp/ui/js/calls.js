// A call of a procedure as JSON, and as text to paste in a terminal or a program. Secrets are never in what is copied.

/**
 * The body of a call. overload: {isFunction, params} as the catalogue has them; values: what was given, by name; options: {labels,
 * start_before, timeout_seconds}. An empty value is left out.
 */
export function bodyOf(name, overload, values, options = {}) {
  const given = overload.params.flatMap(({ name: param, direction }) => {
    if (direction === 'OUT') {
      return [{ name: param, direction }];
    }
    const value = values[param];
    return value === undefined || value === '' ? [] : [{ name: param, value, ...(direction === 'IN' ? {} : { direction }) }];
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

const isSecret = (param, secrets) => param.value !== undefined && secrets.has(param.name);
const variable = name => name.toUpperCase().replace(/\W/g, '_');

// On both sides of a secret's name. Nobody can know it, so no value that somebody gave can be taken for one.
const MARK = Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');

/** JSON with a parameter on each line, in which each secret value is a mark that is found again. */
function marked(body, secrets) {
  const params = body.params.map(param => (isSecret(param, secrets) ? { ...param, value: MARK + variable(param.name) + MARK } : param));
  const members = Object.entries({ ...body, params }).map(([key, value]) => {
    const text = key === 'params' && value.length ? `[\n${value.map(param => `    ${JSON.stringify(param)}`).join(',\n')}\n  ]` : JSON.stringify(value);
    return `  ${JSON.stringify(key)}: ${text}`;
  });
  return `{\n${members.join(',\n')}\n}`;
}

// Everything but secrets stands between single quotes, where a shell looks at nothing.
const quoted = text => text.replaceAll("'", "'\\''").replace(new RegExp(`${MARK}(\\w+?)${MARK}`, 'g'), `'"$$$1"'`);

export const curl = (body, secrets = new Set()) => `curl -X POST "$DIFERIDO_URL/procedure/async" \\
  -H "Authorization: Bearer $TOKEN" \\
  -H "Content-Type: application/json" \\
  -H "Idempotency-Key: $(uuidgen)" \\
  -d '${quoted(marked(body, secrets))}'`;

export const javascript = (body, secrets = new Set()) => `const response = await fetch(url + '/procedure/async', {
  method: 'POST',
  headers: {
    Authorization: \`Bearer \${token}\`,
    'Content-Type': 'application/json',
    'Idempotency-Key': crypto.randomUUID(),
  },
  body: JSON.stringify(${marked(body, secrets).replaceAll('\n', '\n  ').replace(new RegExp(`"${MARK}(\\w+?)${MARK}"`, 'g'), 'process.env.$1')}),
});
const { job_id } = await response.json();`;

// A name in single quotes, which it may have itself.
export const curlOfFile = path => `curl -OJ "$DIFERIDO_URL"'${path.replaceAll("'", "'\\''")}' -H "Authorization: Bearer $TOKEN"`;
