import { randomUUID } from 'node:crypto';

import type { TokenClaims, TokenMint } from '../tokens.js';
import { HttpError } from './exchange.js';

/** What a grant allows: for whom, and what the token says. */
export interface Grant {
  readonly subject?: string | undefined;
  readonly workspaceId?: string | undefined;
  readonly ttlSeconds?: number | undefined;
  readonly scope: string;
  readonly claims?: Pick<TokenClaims, 'external' | 'service_id' | 'entity_id' | 'scope'>;
  /** Whether a refresh token comes with it. */
  readonly refreshable: boolean;
}

const PARENT_SCOPE = 'external_user_sessions:create';

/**
 * The grants of `POST /token` (protocol §f). Their details are unpublished, so the names of the fields are OAuth's.
 */
export class Grants {
  private readonly refreshable = new Map<string, Grant>();
  private readonly spent = new Set<string>();

  constructor(private readonly tokens: TokenMint) {}

  /** @throws HttpError 400 or 401 in the shape of OAuth (`error`, `error_description`) */
  read(form: URLSearchParams, bearer: string | undefined, turnScope: string): Grant {
    const scope = ['create', 'turn', 'read_own', 'close_own', 'approve_own']
      .map((name) => (name === 'turn' ? turnScope : `conversations:${name}`))
      .join(' ');
    switch (form.get('grant_type')) {
      case 'api_key':
        this.requireKey(form.get('api_key'));
        return { scope, workspaceId: form.get('workspace_id') ?? undefined, refreshable: true };
      case 'client_credentials':
        this.requireKey(form.get('client_secret') ?? form.get('api_key'));
        return integration(form);
      case 'refresh_token':
        return this.refresh(form.get('refresh_token') ?? '');
      case 'external_user_session':
        this.requireParent(bearer ?? form.get('client_secret') ?? form.get('api_key') ?? undefined);
        return externalUser(form, scope);
      default:
        throw oauthError(400, 'unsupported_grant_type', 'grant_type is not one of the four that are known');
    }
  }

  /** A refresh token is good for one use; presenting it again is final (protocol §f, Getting it). */
  issueRefresh(grant: Grant): string | undefined {
    if (!grant.refreshable) return undefined;
    const token = `rt_${randomUUID()}`;
    this.refreshable.set(token, grant);
    return token;
  }

  private refresh(token: string): Grant {
    const grant = this.refreshable.get(token);
    if (!grant || this.spent.has(token))
      throw oauthError(400, 'invalid_grant', 'refresh token unknown or reused');
    this.spent.add(token);
    return grant;
  }

  private requireKey(key: string | null): void {
    const verdict = this.tokens.check(key ?? undefined);
    if (!verdict.valid || verdict.claims) throw oauthError(401, 'invalid_client', 'unknown key');
  }

  /** The integration's token, or its key. */
  private requireParent(bearer: string | undefined): void {
    const verdict = this.tokens.check(bearer);
    const scope = verdict.valid ? (verdict.claims?.scope ?? PARENT_SCOPE) : '';
    if (!scope.includes(PARENT_SCOPE)) throw oauthError(401, 'invalid_client', `needs ${PARENT_SCOPE}`);
  }
}

function integration(form: URLSearchParams): Grant {
  const workspaceId = form.get('workspace_id') ?? undefined;
  return { scope: PARENT_SCOPE, claims: { scope: PARENT_SCOPE }, workspaceId, refreshable: true };
}

function externalUser(form: URLSearchParams, scope: string): Grant {
  const required = (name: string): string => {
    const value = form.get(name);
    if (value) return value;
    throw oauthError(400, 'invalid_request', `"${name}" is missing`);
  };
  const [workspaceId, subject] = [required('workspace_id'), required('external_subject_key')];
  const service_id = required('service_id').toLowerCase();
  const type = required('subject_type');
  if (!['user', 'anonymous'].includes(type))
    throw oauthError(400, 'invalid_request', '"subject_type" must be user or anonymous');
  const entity = form.get('consumer_entity_id')?.toLowerCase();
  const asked = Number(form.get('ttl_seconds') ?? 900);
  const ttlSeconds = Math.min(Math.max(Number.isFinite(asked) ? asked : 900, 900), 3_600);
  const claims = { external: true, service_id, scope, ...(entity ? { entity_id: entity } : {}) };
  return { subject, workspaceId, ttlSeconds, scope, claims, refreshable: false };
}

function oauthError(status: number, error: string, error_description: string): HttpError {
  return new HttpError(status, error_description, {}, { error, error_description });
}
