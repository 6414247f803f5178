import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * Tells an element how much of the window the on-screen keyboard leaves, by `--visible-size` and
 * `--visible-start` on it. `dvh` does not shrink for a keyboard; only the visual viewport does.
 */
export class VisibleArea implements ReactiveController {
  constructor(
    host: ReactiveControllerHost,
    private readonly element: () => HTMLElement | null,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    visualViewport?.addEventListener('resize', this.measure);
    visualViewport?.addEventListener('scroll', this.measure);
  }

  hostUpdated(): void {
    this.measure();
  }

  hostDisconnected(): void {
    visualViewport?.removeEventListener('resize', this.measure);
    visualViewport?.removeEventListener('scroll', this.measure);
  }

  private readonly measure = (): void => {
    const style = this.element()?.style;
    // Somebody who zooms in with two fingers wants a part of it larger, not all of it smaller.
    if (!style || !visualViewport || visualViewport.scale > 1.01) return;
    const { height, offsetTop } = visualViewport;
    style.setProperty('--visible-size', `${height}px`);
    style.setProperty('--visible-start', `${offsetTop}px`);
  };
}
