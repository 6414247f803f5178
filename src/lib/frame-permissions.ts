/**
 * Whether the frames that the page stands in let it do something that a sandbox can take away. Browsers refuse in
 * silence, so this looks at the frames' own attributes; a frame of another origin does not show them.
 *
 * @param keyword one of the words of `<iframe sandbox>`
 * @returns undefined where it cannot be known
 */
export function framesAllow(keyword: 'allow-downloads' | 'allow-modals'): boolean | undefined {
  // A page without an origin is in a sandbox, its own policy's or an outer frame's.
  if (origin === 'null') return undefined;
  for (let page: Window = window; page !== page.parent; page = page.parent) {
    const frame = frameOf(page);
    if (!frame) return undefined;
    if (frame.hasAttribute('sandbox') && !frame.sandbox.contains(keyword)) return false;
  }
  return true;
}

function frameOf(page: Window): HTMLIFrameElement | null {
  try {
    return page.frameElement as HTMLIFrameElement | null;
  } catch {
    return null;
  }
}
