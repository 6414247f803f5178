import { Thread } from './thread.js';
import type { ThreadKey, ThreadOptions, ThreadWorld } from './thread-world.js';

/** Every conversation the server knows, whatever surface it was begun on. */
export class ThreadStore {
  private readonly byId = new Map<string, Thread>();
  private readonly byKey = new Map<string, Thread>();

  constructor(private readonly world: ThreadWorld) {}

  /** The open conversation of this entity and service, begun if there is none. */
  continueOrBegin(key: ThreadKey): Thread {
    return this.current(key) ?? this.begin(key);
  }

  /** The open conversation of this entity and service, if there is one. */
  current(key: ThreadKey): Thread | undefined {
    const current = this.byKey.get(nameOf(key));
    return current?.closed ? undefined : current;
  }

  /** A new conversation, from now on the current one of its entity and service. */
  begin(key: ThreadKey, options: ThreadOptions = {}): Thread {
    const thread = new Thread(key, this.world, options);
    this.byId.set(thread.id, thread);
    this.byKey.set(nameOf(key), thread);
    return thread;
  }

  /** The conversation, if it belongs to the workspace. */
  find(workspaceId: string, id: string): Thread | undefined {
    const thread = this.byId.get(id.toLowerCase());
    return thread?.key.workspaceId === workspaceId.toLowerCase() ? thread : undefined;
  }

  /** Forgets a conversation that never came about. */
  forget(thread: Thread): void {
    this.byId.delete(thread.id);
    if (this.byKey.get(nameOf(thread.key)) === thread) this.byKey.delete(nameOf(thread.key));
  }

  /** Conversations in a scope (`default`: all), oldest first. */
  inScope(scope = 'default'): Thread[] {
    return [...this.byId.values()].filter((thread) => thread.scopes.includes(scope));
  }

  /** Ends and forgets everything. */
  reset(): void {
    for (const thread of this.byId.values()) thread.end();
    this.byId.clear();
    this.byKey.clear();
  }
}

function nameOf(key: ThreadKey): string {
  return [key.workspaceId, key.serviceId, key.entityId].join('/');
}
