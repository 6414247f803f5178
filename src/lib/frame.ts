/** Frames do not come while a tab is hidden; then a change is shown after this many milliseconds. */
const HIDDEN_LIMIT = 250;

/** Runs something at most once per frame, however often it is asked for. */
export class FrameScheduler {
  private frame = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly run: () => void) {}

  request(): void {
    if (this.timer !== undefined) return;
    this.frame = requestAnimationFrame(this.flush);
    this.timer = setTimeout(this.flush, HIDDEN_LIMIT);
  }

  cancel(): void {
    cancelAnimationFrame(this.frame);
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private readonly flush = (): void => {
    this.cancel();
    this.run();
  };
}
