// Names of procedures as patterns: `*` stands for anything, and a name without a schema is found in any.

/** Piece by piece, and not by a regular expression: one with many `*` would go on for ever. */
export function isNamed(pattern, name) {
  const [first, ...rest] = pattern.toLowerCase().split(/\*+/);
  const whole = name.toLowerCase();
  return fits(whole, first, rest) || [...whole.matchAll(/\./g)].some(({ index }) => fits(whole.slice(index + 1), first, rest));
}

/** Whether a text begins with the first piece, ends with the last one, and has the others between them, in their order. */
function fits(text, first, rest) {
  if (!rest.length) {
    return text === first;
  }
  let at = text.startsWith(first) ? first.length : Infinity;
  for (const piece of rest.slice(0, -1)) {
    const found = text.indexOf(piece, at);
    at = found < at ? Infinity : found + piece.length;
  }
  const last = rest.at(-1);
  return text.length - last.length >= at && text.endsWith(last);
}
