// What a node tells Prometheus (text format 0.0.4), as the figures of the system that can be read out of it.

const SAMPLE = /^(\w+)(?:\{(.*)\})? (\S+)/;
const LABEL = /(\w+)="((?:[^"\\]|\\.)*)"/g;

/** Sums of samples by name, of those whose labels pass. */
function reader(text) {
  const samples = text.split('\n').flatMap(line => {
    const [, name, labels = '', value] = SAMPLE.exec(line) ?? [];
    return name ? [{ name, labels: Object.fromEntries([...labels.matchAll(LABEL)].map(([, key, of]) => [key, of])), value: Number(value) }] : [];
  });
  const all = (name, test = () => true) => samples.filter(sample => sample.name === name && test(sample.labels));
  return {
    sum: (name, test) => all(name, test).reduce((total, sample) => total + sample.value, 0),
    first: name => all(name)[0],
  };
}

/** In the form of GET /system, as far as one node knows. */
export function systemOf(text) {
  const { sum, first } = reader(text);
  const value = name => first(name)?.value;
  const workers = value('diferido_workers') ?? 0;
  const now = Date.now();
  const ago = seconds => (Number.isFinite(seconds) ? new Date(now - seconds * 1000).toISOString() : undefined);
  return {
    one_node: true,
    nodes: [{
      name: first('diferido_node_info')?.labels.node ?? '–',
      state: 'active',
      workers,
      busy: workers - (value('diferido_workers_free') ?? workers),
      heartbeat_at: ago(value('diferido_heartbeat_age_seconds')),
      started_at: ago(value('process_uptime_seconds')),
      connections: sum('diferido_pool_used'),
    }],
    queue: {
      queued: sum('diferido_queue_jobs'),
      capacity: value('diferido_queue_capacity'),
      oldest_seconds: value('diferido_queue_oldest_seconds'),
    },
    refused: sum('diferido_http_problems_total', ({ status }) => status === '429' || status === '503'),
  };
}
