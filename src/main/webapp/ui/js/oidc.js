// Sign-in by OpenID Connect: authorization code with PKCE (RFC 7636), renewal by refresh token, end of the session at the issuer.
// The token is read for who it is for and until when; whether it counts is for the service to say.
const STARTED = 'diferido.signin';

export const base64url = bytes =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');

export const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));

export const challengeOf = async verifier => base64url(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier)));

/** What a JWT says (RFC 7519), unverified. */
export function claims(token) {
  const part = token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/');
  return JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(part), c => c.charCodeAt(0))));
}

/** The issuer says no, or what it says cannot be relied on. */
export class Refused extends Error {}

/** An endpoint may have a query of its own. */
function withQuery(endpoint, query) {
  const url = new URL(endpoint);
  query.forEach((value, key) => url.searchParams.set(key, value));
  return url;
}

export class Issuer {
  #config;
  #found;
  #refreshToken;
  #idToken;

  /** Of {issuer, client_id, scope}. */
  constructor(config) {
    this.#config = config;
  }

  get host() {
    return new URL(this.#config.issuer).host;
  }

  async #endpoints() {
    if (!this.#found) {
      const response = await fetch(this.#config.issuer.replace(/\/$/, '') + '/.well-known/openid-configuration', { credentials: 'omit' });
      const found = await response.json();
      if (found.issuer !== this.#config.issuer) {
        throw new Refused(`issuer: ${found.issuer}`);
      }
      this.#found = found;
    }
    return this.#found;
  }

  /** Leaves the page for the issuer's. Silently, it comes back at once, signed in or not, without asking anybody. */
  async begin(silently = false) {
    const { authorization_endpoint: endpoint } = await this.#endpoints();
    const started = { state: random(), nonce: random(), verifier: random(), hash: location.hash, silently };
    sessionStorage.setItem(STARTED, JSON.stringify(started));
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: this.#config.client_id,
      redirect_uri: location.origin + '/',
      scope: this.#config.scope ?? 'openid',
      state: started.state,
      nonce: started.nonce,
      code_challenge: await challengeOf(started.verifier),
      code_challenge_method: 'S256',
      ...(silently ? { prompt: 'none' } : {}),
    });
    location.assign(withQuery(endpoint, query));
  }

  /** The token for what the issuer came back with; nothing when it did not. The address is then as it was before. */
  async complete() {
    const answer = new URLSearchParams(location.search);
    const started = JSON.parse(sessionStorage.getItem(STARTED) ?? 'null');
    sessionStorage.removeItem(STARTED);
    if (!answer.has('state')) {
      return null;
    }
    history.replaceState(null, '', '/' + (started?.hash ?? ''));
    if (!started || answer.get('state') !== started.state) {
      throw new Refused('state');
    }
    await this.#checkIssuer(answer);
    if (answer.has('error')) {
      if (started.silently) {
        return null;
      }
      throw new Refused(answer.get('error_description') ?? answer.get('error'));
    }
    const token = await this.#ask({
      grant_type: 'authorization_code',
      code: answer.get('code'),
      redirect_uri: location.origin + '/',
      code_verifier: started.verifier,
    });
    if (this.#idToken && claims(this.#idToken).nonce !== started.nonce) {
      throw new Refused('nonce');
    }
    return token;
  }

  /** Whose answer it is (RFC 9207): an issuer that says that it tells it, has to. */
  async #checkIssuer(answer) {
    const { authorization_response_iss_parameter_supported: tells } = await this.#endpoints();
    if ((tells || answer.has('iss')) && answer.get('iss') !== this.#config.issuer) {
      throw new Refused('iss');
    }
  }

  /** Whether an ID token is of this issuer and for this client (OpenID Connect Core 1.0, section 3.1.3.7). */
  #checkIdToken({ iss, aud }) {
    if (iss !== this.#config.issuer || ![aud].flat().includes(this.#config.client_id)) {
      throw new Refused(iss === this.#config.issuer ? 'id_token aud' : 'id_token iss');
    }
  }

  /** A new token; Refused when the issuer gives none any more. */
  async renew() {
    if (!this.#refreshToken) {
      throw new Refused('refresh_token');
    }
    const form = { grant_type: 'refresh_token', refresh_token: this.#refreshToken };
    try {
      return await this.#ask(form);
    } catch (error) {
      if (error instanceof Refused) {
        this.#refreshToken = undefined; // it will not be taken the next time either
      }
      throw error;
    }
  }

  async #ask(form) {
    const { token_endpoint: endpoint } = await this.#endpoints();
    const body = new URLSearchParams({ client_id: this.#config.client_id, ...form });
    const response = await fetch(endpoint, { method: 'POST', credentials: 'omit', body });
    const answer = await response.json();
    if (response.status >= 500) {
      throw new Error(answer.error_description ?? answer.error); // out of order, which is no refusal
    }
    if (!response.ok) {
      throw new Refused(answer.error_description ?? answer.error);
    }
    if (answer.id_token) {
      this.#checkIdToken(claims(answer.id_token));
    }
    this.#refreshToken = answer.refresh_token ?? this.#refreshToken;
    this.#idToken = answer.id_token ?? this.#idToken;
    return answer.access_token;
  }

  /** Ends the session at the issuer, too, where it says how. */
  async end() {
    const { end_session_endpoint: endpoint } = await this.#endpoints();
    const query = new URLSearchParams({ client_id: this.#config.client_id, post_logout_redirect_uri: location.origin + '/' });
    if (this.#idToken) {
      query.set('id_token_hint', this.#idToken);
    }
    location.assign(endpoint ? withQuery(endpoint, query) : '/');
  }
}
