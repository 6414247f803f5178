import type { ConversationState } from '../../conversation/state.js';
import type { Clock } from '../../lib/clock.js';
import type { Environment } from '../../transport/environment.js';
import type { Tabs } from '../../transport/tabs.js';
import type { ConversationSession } from '../conversation-session.js';
import type { TokenSource } from '../token-source.js';
import type { Succession } from './take-over.js';

export interface TabSessionOptions {
  /** Whose conversation, where, and of which version: tabs share it if all of that is the same. */
  readonly identity: string;
  /** An empty conversation. */
  readonly initial: ConversationState;
  /** Begins the real session, in the tab that leads. */
  readonly start: (succession: Required<Succession>) => ConversationSession;
  readonly tokens: Pick<TokenSource, 'subject' | 'forRequest'>;
  readonly clock: Clock;
  readonly environment: Pick<Environment, 'observe'>;
  /** Undefined where the browser cannot share: then the tab stands alone. */
  readonly tabs: Tabs | undefined;
}
