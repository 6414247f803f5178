import * as internal from 'vitest/internal/browser';

declare global {
  interface Window {
    /** Where to click for what a selector of Vitest's locators finds, in the frame of the tests. */
    middleOf: (selector: string) => readonly [number, number];
  }
}

/** What Vitest has for its providers, and does not describe. */
const { __INTERNAL } = internal as unknown as {
  __INTERNAL: { _createLocator: (selector: string) => { element: () => Element } };
};

window.middleOf = (selector) => {
  const { left, top, width, height } = __INTERNAL._createLocator(selector).element().getBoundingClientRect();
  return [left + width / 2, top + height / 2];
};
