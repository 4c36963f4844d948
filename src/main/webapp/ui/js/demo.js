// Sign-in of demo mode: made-up people, whose tokens the service gives to its own machine.
const WHO = 'diferido.person';

async function people() {
  const response = await fetch('/demo/tokens', { credentials: 'omit', cache: 'no-store', headers: { Accept: 'application/json' } });
  if (!response.ok) {
    throw new Error((await response.json().catch(() => ({}))).error ?? `HTTP ${response.status}`);
  }
  return (await response.json()).people;
}

export class Demo {
  people = [];

  /** The token of who was chosen in this tab before; nothing when nobody was. Only the name is kept, never the token. */
  async complete() {
    this.people = await people();
    return this.#tokenOf(sessionStorage.getItem(WHO));
  }

  enter(name) {
    sessionStorage.setItem(WHO, name);
    return this.#tokenOf(name);
  }

  /** The tokens of demo mode end with the service that made them. */
  renew() {
    return this.complete();
  }

  end() {
    sessionStorage.removeItem(WHO);
    location.reload();
  }

  #tokenOf(name) {
    return this.people.find(person => person.name === name)?.token ?? null;
  }
}
