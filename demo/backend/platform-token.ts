/** How a backend proves to the platform who it is. */
export interface PlatformKey {
  readonly baseUrl: string;
  readonly workspaceId: string;
  /** Stays in this process. */
  readonly apiKey: string;
}

/** A token for one browser, in the shape of the `token-url` attribute. */
export interface MintedToken {
  readonly token: string;
  /** ISO time. */
  readonly expires_at: string;
}

const PATIENCE_MS = 10_000;

/** Trades the key for a short-lived token of the platform (protocol §f). Rejects where the platform gives none. */
export async function mintPlatformToken({ baseUrl, workspaceId, apiKey }: PlatformKey): Promise<MintedToken> {
  const response = await fetch(`${baseUrl}/token`, {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams({ grant_type: 'api_key', api_key: apiKey, workspace_id: workspaceId }),
    redirect: 'error', // A redirect would carry the key to somewhere nobody named.
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (!response.ok) throw new Error(`The platform refused the key (HTTP ${response.status}).`);
  const { access_token: token, expires_in: seconds } = (await response.json()) as Record<string, unknown>;
  if (typeof token !== 'string' || typeof seconds !== 'number')
    throw new Error('The platform gave no token.');
  return { token, expires_at: new Date(Date.now() + seconds * 1_000).toISOString() };
}
