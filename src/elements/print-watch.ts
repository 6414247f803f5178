import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Tells an element that the page is about to be printed, and that it was. Owns two listeners of the window. */
export class PrintWatch implements ReactiveController {
  /** @param printing called with true before, and with false after; what it changes must be rendered at once */
  constructor(
    host: ReactiveControllerHost,
    private readonly printing: (printing: boolean) => void,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener('beforeprint', this.tell);
    addEventListener('afterprint', this.tell);
  }

  hostDisconnected(): void {
    removeEventListener('beforeprint', this.tell);
    removeEventListener('afterprint', this.tell);
  }

  private readonly tell = ({ type }: Event): void => {
    this.printing(type === 'beforeprint');
  };
}
