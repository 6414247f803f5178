import type { Cancel } from '../lib/clock.js';
import { OWN_CLOSE } from '../protocol/close-codes.js';
import type { HttpSurface, Saying, SocketSurface } from '../protocol/surface.js';
import { httpLink, socketLink } from './link-context.js';
import type { LinkContext } from './link-context.js';
import type { Link, LinkEnd, LinkObserver } from './link.js';
import type { Handshake } from './socket-link.js';

export interface AutoLinkOptions {
  readonly socket: SocketSurface;
  readonly http: HttpSurface;
  readonly context: LinkContext;
}

/** Attempts in a row that fail before the socket is open, and mean that something stands between. */
const FAILED_HANDSHAKES = 2;
/** How often the socket is tried again, unseen, while HTTP carries the conversation. */
const SOCKET_AGAIN = 5 * 60_000;

/**
 * A socket where one can be opened, HTTP where not (design: `auto`). Both are links; one of them is current and
 * speaks to the session. The other may be on trial, unseen: it takes over once it has a session, and is dropped
 * at its first trouble. The session stays the same throughout, so nothing leaves the screen and nothing is sent
 * twice.
 */
export class AutoLink implements Link {
  private current: Link;
  private overHttp: boolean;
  private trial: Link | undefined;
  private failed = 0;
  private turning = false;
  private isOpen = false;
  private active = false;
  /** This page will never open a socket. */
  private blocked = false;
  private again: Cancel | undefined;

  constructor(
    private readonly options: AutoLinkOptions,
    private readonly observer: LinkObserver,
  ) {
    const { socketless, inUse } = options.context;
    this.overHttp = socketless.has(inUse.baseUrl);
    this.current = this.overHttp ? this.newHttp() : this.newSocket();
  }

  open(): void {
    this.active = true;
    this.current.open();
    this.schedule();
  }

  hurry(): void {
    this.current.hurry();
  }

  send(saying: Saying): boolean {
    return this.current.send(saying);
  }

  turn(active: boolean): void {
    this.turning = active;
    this.current.turn(active);
  }

  abandon(): void {
    this.current.abandon();
  }

  async end(conversationId: string | undefined): Promise<void> {
    this.settle();
    await this.current.end(conversationId);
  }

  close(code: number): void {
    this.settle();
    this.current.close(code);
  }

  private settle(): void {
    this.active = false;
    this.isOpen = false;
    this.again?.();
    this.dismiss();
  }

  private newSocket(): Link {
    const { socket, context } = this.options;
    const link: Link = socketLink(
      socket,
      context,
      this.watch(() => link),
      (outcome) => {
        if (link === this.current) this.onHandshake(outcome);
      },
    );
    return link;
  }

  private newHttp(): Link {
    const { http, context } = this.options;
    const link: Link = httpLink(
      http,
      context,
      this.watch(() => link),
    );
    return link;
  }

  /** What is current speaks; what is on trial either takes over or is dropped. */
  private watch(self: () => Link): LinkObserver {
    const { observer } = this;
    const current = (): boolean => self() === this.current;
    return {
      surface: (surface) => {
        if (current()) observer.surface(surface);
      },
      event: (event) => {
        if (!current() && event.type === 'session.opened') this.takeOver(self(), event.conversationId);
        if (current()) observer.event(event);
      },
      status: (status, attempt, offline) => {
        if (!current()) return;
        this.isOpen = status === 'open';
        observer.status(status, attempt, offline);
      },
      trouble: (error) => {
        if (!current()) {
          if (error) this.drop(self());
          return;
        }
        observer.trouble(error);
        // HTTP fails too: perhaps it was not the socket's fault.
        if (error && this.overHttp) this.try();
      },
      lost: () => {
        if (current()) observer.lost();
      },
      returned: () => {
        if (current()) observer.returned();
      },
      ready: () => {
        if (current()) observer.ready();
      },
      stopped: (end) => {
        if (!current()) this.drop(self());
        else if (!this.goesAround(end)) {
          this.settle();
          observer.stopped(end);
        }
      },
      subject: (subject) => {
        observer.subject(subject);
      },
    };
  }

  private onHandshake(outcome: Handshake): void {
    this.failed = outcome === 'opened' ? 0 : this.failed + 1;
    if (outcome === 'hung' || this.failed >= FAILED_HANDSHAKES) this.try();
  }

  /** A page without sockets, or one whose policy blocks them: there is nothing left to go on trying. */
  private goesAround(end: LinkEnd): boolean {
    const blocked =
      end.reason === 'failed' &&
      (end.error.code === 'blocked-by-policy' || end.error.code === 'no-websocket');
    if (this.overHttp || !blocked || !this.active) return false;
    this.blocked = true;
    this.dismiss();
    this.adopt(this.newHttp());
    this.current.open();
    return true;
  }

  /** Puts the other way on trial, between turns. */
  private try(): void {
    if (this.trial || !this.active || this.turning || this.blocked) return;
    this.trial = this.overHttp ? this.newSocket() : this.newHttp();
    this.trial.open();
  }

  private takeOver(link: Link, conversationId: string | undefined): void {
    const known = this.options.context.inUse.conversationId;
    const elsewhere = this.overHttp && known !== undefined && conversationId !== known;
    // A socket that leads into another conversation would change the subject.
    if (link !== this.trial || this.turning || (this.isOpen && elsewhere)) {
      this.drop(link);
      return;
    }
    const before = this.current;
    this.trial = undefined;
    this.adopt(link);
    before.close(OWN_CLOSE.normal);
  }

  private adopt(link: Link): void {
    const { context, http, socket } = this.options;
    const { socketless, inUse } = context;
    this.overHttp = !this.overHttp;
    this.failed = 0;
    this.current = link;
    if (this.overHttp) socketless.add(inUse.baseUrl);
    else socketless.delete(inUse.baseUrl);
    this.observer.surface(this.overHttp ? http : socket);
    this.schedule();
  }

  private drop(link: Link): void {
    if (link !== this.trial) return;
    this.dismiss();
    this.schedule();
  }

  private dismiss(): void {
    const { trial } = this;
    this.trial = undefined;
    trial?.close(OWN_CLOSE.normal);
  }

  private schedule(): void {
    this.again?.();
    this.again = undefined;
    if (!this.active || !this.overHttp) return;
    this.again = this.options.context.clock.after(SOCKET_AGAIN, () => {
      this.try();
      this.schedule();
    });
  }
}
