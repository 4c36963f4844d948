// Names of procedures as patterns: `*` stands for anything, and a name without a schema is found in any.
export function patternOf(pattern) {
  const escaped = pattern.split('*').map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*');
  return new RegExp(`(^|\\.)${escaped}$`, 'i');
}
