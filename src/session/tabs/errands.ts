import type { Command } from '../../conversation/command.js';
import type { Cancel, Clock } from '../../lib/clock.js';
import { createId } from '../../lib/id.js';
import type { TabMessage } from '../../protocol/tabs/index.js';

/** A leader that has not answered for this long is taken for frozen. */
const PATIENCE = 2_000;
/** A command older than this is no longer carried out: by then whoever asked may have taken the lead. */
export const COMMAND_LIFE = 1_000;

/** What one tab has asked the leader for and has no answer to: its commands, and how things stand. */
export class Errands {
  private readonly commands = new Map<string, Command>();
  private greeted = false;
  private timer: Cancel | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly post: (message: Extract<TabMessage, { type: 'hello' | 'command' }>) => void,
    /** Nobody answers. */
    private readonly unanswered: () => void,
  ) {}

  /** Whether somebody is being asked how things stand. */
  get awaiting(): boolean {
    return this.greeted;
  }

  hello(): void {
    this.greeted = true;
    this.post({ type: 'hello' });
    this.watch();
  }

  /** Keeps a command until it is known to be carried out; it is asked for once there is somebody to ask. */
  add(command: Command, ask: boolean): void {
    const id = createId();
    this.commands.set(id, command);
    if (ask) this.ask(id, command);
  }

  /** Somebody leads, and said so: whatever is open is asked of them. */
  answered(): void {
    this.settle();
    for (const [id, command] of this.commands) this.ask(id, command);
  }

  done(id: string): void {
    this.commands.delete(id);
    if (this.commands.size === 0 && !this.greeted) this.settle();
  }

  /** Nobody is waited for. The commands stay. */
  settle(): void {
    this.greeted = false;
    this.timer?.();
    this.timer = undefined;
  }

  /** Hands out what is open, for this tab to carry out itself. */
  take(): readonly (readonly [id: string, command: Command])[] {
    this.settle();
    const open = [...this.commands];
    this.commands.clear();
    return open;
  }

  private ask(id: string, command: Command): void {
    this.post({ type: 'command', id, at: this.clock.now(), command });
    this.watch();
  }

  private watch(): void {
    this.timer ??= this.clock.after(PATIENCE, () => {
      this.timer = undefined;
      this.unanswered();
    });
  }
}
