// Server-Sent Events out of a stream of text (HTML standard, section 9.2.6): EventSource cannot send a token.

/** Takes text as it comes, in whatever pieces; says each event as {type, data, id}. */
export class EventParser {
  #rest = '';
  #event = { type: '', data: [] };
  id = '';

  /** The events that are complete with this piece. */
  push(text) {
    const lines = (this.#rest + text).split(/\r\n|\n|\r(?!$)/);
    // A carriage return at the end may be half of a line's end.
    this.#rest = lines.pop();
    return lines.map(line => this.#line(line)).filter(Boolean);
  }

  #line(line) {
    if (line === '') {
      const { type, data } = this.#event;
      this.#event = { type: '', data: [] };
      return data.length || type ? { type: type || 'message', data: data.join('\n'), id: this.id } : null;
    }
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'data') {
      this.#event.data.push(value);
    } else if (field === 'event') {
      this.#event.type = value;
    } else if (field === 'id') {
      this.id = value;
    }
    return null;
  }
}
