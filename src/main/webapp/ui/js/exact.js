// JSON whose numbers stay what they were: a NUMBER of Oracle has up to 40 digits, a double about 16.

/** A number that a double cannot hold, as its digits. */
export class Exact {
  constructor(text) {
    this.text = text;
  }

  toString() {
    return this.text;
  }

  toJSON() {
    return JSON.rawJSON ? JSON.rawJSON(this.text) : this.text;
  }
}

// "JSON.parse source text access" (ECMAScript proposal): the reviver is told the digits themselves.
let toldSource = false;
JSON.parse('1', (key, value, context) => {
  toldSource = context?.source !== undefined;
  return value;
});

/** What a request for results has to add where the browser does not tell the digits: then they come as text. */
export const numbersQuery = toldSource ? '' : 'numbers=string';

const revive = (key, value, context) =>
  typeof value === 'number' && String(value) !== context.source ? new Exact(context.source) : value;

export const parse = text => (toldSource ? JSON.parse(text, revive) : JSON.parse(text));

export const isNumber = value => typeof value === 'number' || value instanceof Exact;
