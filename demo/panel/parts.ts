import { create } from '../portal/dom.js';

/** A button that never submits; what it does may fail, and `report` is told the reason. */
export function actionButton(
  label: string,
  act: () => Promise<void>,
  report: (message: string) => void,
): HTMLButtonElement {
  const button = create('button', { type: 'button', textContent: label });
  button.addEventListener('click', () => {
    act().catch((error: unknown) => {
      report(error instanceof Error ? error.message : String(error));
    });
  });
  return button;
}

/** A titled part of the panel. */
export function section(title: string, ...children: readonly (Node | string)[]): HTMLElement {
  return create('section', {}, create('h3', { textContent: title }), ...children);
}
