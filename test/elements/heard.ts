import { page } from 'vitest/browser';

/** Whether assistive technology finds exactly one button of this whole name, to the last space. */
export function hasButton(name: string): boolean {
  return page.getByRole('button', { name, exact: true }).elements().length === 1;
}
