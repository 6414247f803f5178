import { createConnection, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** What happens to a connection, once `after` more bytes have passed in the direction `way`. */
export interface NetworkFault {
  /** Nothing passes any more and nobody is told; RST; FIN; one byte at a time; everything `ms` later. */
  readonly kind: 'hole' | 'reset' | 'limit' | 'slice' | 'delay';
  /** `up` is towards the server. */
  readonly way?: 'up' | 'down';
  readonly after?: number;
  readonly ms?: number;
  /** Every further connection suffers it as well, until another is set. */
  readonly lasting?: boolean;
}

type Act = (chunk: Buffer, from: Socket, to: Socket, fault: NetworkFault) => void;

/** What becomes of the bytes that a fault does not let pass as they are. */
const acts: Readonly<Record<NetworkFault['kind'], Act>> = {
  hole: () => undefined,
  reset: (_, from, to) => [from, to].forEach((socket) => socket.resetAndDestroy()),
  limit: (_, from, to) => [from, to].forEach((socket) => socket.destroySoon()),
  slice: (chunk, _, to) => chunk.forEach((_byte, index) => to.write(chunk.subarray(index, index + 1))),
  // What is held when a side closes is discarded: nothing of it arrives late.
  delay: (chunk, _, to, { ms = 0 }) => void setTimeout(() => to.writable && to.write(chunk), ms),
};

/** A network that fails on request: TCP in front of a server. Only connections that are WebSockets suffer. */
export class FaultProxy {
  /** WebSocket connections so far. */
  webSockets = 0;
  private fault: NetworkFault | undefined;
  private left = 0;
  private readonly open = new Set<Socket>();
  private readonly server: Server;

  private constructor(port: number) {
    this.server = createServer({ noDelay: true }, (page) => {
      const site = createConnection({ port, host: '127.0.0.1', noDelay: true });
      const link: { struck?: NetworkFault; isWebSocket?: boolean } = {};
      this.pipe(page, site, 'up', link);
      this.pipe(site, page, 'down', link);
    });
  }

  /** In front of this port, on a free one. */
  static async listen(port: number): Promise<FaultProxy> {
    const proxy = new FaultProxy(port);
    await new Promise<void>((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What the next WebSocket connection with traffic suffers; undefined: nothing, for those that have not yet. */
  set(fault: NetworkFault | undefined): void {
    this.fault = fault;
    this.left = fault?.after ?? 0;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const socket of this.open) socket.destroy();
    await closed;
  }

  private pipe(
    from: Socket,
    to: Socket,
    way: 'up' | 'down',
    link: { struck?: NetworkFault; isWebSocket?: boolean },
  ): void {
    this.open.add(from);
    from.on('data', (chunk: Buffer) => {
      if (!link.isWebSocket && chunk.includes('Upgrade: websocket')) {
        link.isWebSocket = true;
        this.webSockets += 1;
      }
      const passing = link.isWebSocket ? this.passing(chunk, way, link) : chunk.length;
      if (passing > 0) to.write(chunk.subarray(0, passing));
      if (link.struck && passing < chunk.length)
        acts[link.struck.kind](chunk.subarray(passing), from, to, link.struck);
    });
    from.on('error', () => undefined);
    from.on('close', () => {
      this.open.delete(from);
      to.destroySoon();
    });
  }

  /** How many bytes of the chunk pass unharmed. The one that is too many makes the fault strike. */
  private passing(chunk: Buffer, way: 'up' | 'down', link: { struck?: NetworkFault }): number {
    const concerns = (fault: NetworkFault): boolean => (fault.way ?? way) === way;
    if (link.struck) return link.struck.kind === 'hole' || concerns(link.struck) ? 0 : chunk.length;
    if (!this.fault || !concerns(this.fault)) return chunk.length;
    const passing = Math.min(this.left, chunk.length);
    this.left -= passing;
    if (passing === chunk.length) return passing;
    link.struck = this.fault;
    if (!this.fault.lasting) this.fault = undefined;
    return passing;
  }
}
