/** What the server selects (protocol §a, Negotiated). */
const AUTH = 'auth';

/** The token alphabet that survives the subprotocol grammar; 1–4,096 characters (protocol §a). */
const tokenPattern = /^[A-Za-z0-9._+-]{1,4096}$/;

/** True where a token can travel as a subprotocol. A key holding `: / =` cannot; a JWT always can. */
export function isSubprotocolToken(token: string): boolean {
  return tokenPattern.test(token);
}

/** The token as a list of subprotocols: the only way a browser can authenticate a WebSocket outside its URL. */
export function authSubprotocols(token: string): string[] {
  return [AUTH, token];
}
