import type { Command } from '../conversation/command.js';
import { conversationError } from '../conversation/error.js';
import type { LocalEvent } from '../conversation/event.js';
import type { ConversationState } from '../conversation/state.js';
import { wait } from '../lib/clock.js';
import type { Clock } from '../lib/clock.js';
import type { Refusal, RefusalKind } from '../protocol/http.js';
import type { Decision } from '../protocol/surface.js';
import type { SurfaceInUse } from './surface-in-use.js';

export interface ApprovalsOptions {
  readonly state: () => ConversationState;
  readonly dispatch: (event: LocalEvent) => void;
  readonly surface: Pick<SurfaceInUse, 'decide'>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** A decision is the same however often it arrives, so that trying again is safe (protocol §c, approval). */
const TRIES = 3;
const PAUSE = 2_000;
const PASSING: ReadonlySet<RefusalKind> = new Set(['unreachable', 'too-many', 'failed', 'busy']);

/** What the person decides about actions that the agent proposes. The host asks; no frame announces it. */
export class Approvals {
  constructor(private readonly options: ApprovalsOptions) {}

  /** Commands about approvals; any other is not for here. */
  command(command: Command): void {
    if (command.type === 'request-approval') {
      this.options.dispatch({ type: 'approval.requested', approvalId: command.id, summary: command.summary });
    } else if (command.type === 'decide') {
      const { decision, reason } = command;
      void this.decide(command.id, reason === undefined ? { decision } : { decision, reason });
    }
  }

  private async decide(approvalId: string, decision: Decision): Promise<void> {
    const { dispatch, signal, state } = this.options;
    const { approvals, conversationId } = state();
    if (approvals.some(({ id, deciding }) => id === approvalId && deciding)) return;
    dispatch({ type: 'approval.deciding', approvalId, deciding: true });
    const refusal = conversationId === undefined ? 'nowhere' : await this.pass(conversationId, decision);
    const left =
      state().conversationId !== conversationId && !state().approvals.some(({ id }) => id === approvalId);
    if (signal.aborted || left) return;
    if (!refusal) {
      dispatch({ type: 'approval.decided', approvalId, decision: decision.decision });
      return;
    }
    dispatch({ type: 'approval.deciding', approvalId, deciding: false });
    dispatch({ type: 'error.raised', error: conversationError('server', 'approval-failed') });
  }

  private async pass(conversationId: string, decision: Decision): Promise<Refusal | undefined> {
    const { clock, signal, surface } = this.options;
    for (let tries = 1; ; tries += 1) {
      const refusal = await surface.decide(conversationId, decision);
      if (!refusal || tries === TRIES || !PASSING.has(refusal.kind)) return refusal;
      await wait(clock, refusal.retryAfter ?? PAUSE, signal);
      if (signal.aborted) return refusal;
    }
  }
}
