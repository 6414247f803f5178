import type { CDPSession, Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** One thing as assistive technology is given it. */
export interface AccessibleNode {
  readonly role: string;
  readonly name: string;
  readonly value: string;
  readonly focused: boolean;
  readonly expanded: boolean | undefined;
  readonly domNode: number;
}

/**
 * A page as a person with assistive technology has it: read from the browser's accessibility tree, which shows
 * closed shadow roots like open ones, and used by mouse and keyboard. No selector, and nothing of the DOM.
 */
export class AccessibilityTree {
  private constructor(
    private readonly page: Page,
    private readonly session: CDPSession,
  ) {}

  static async of(page: Page): Promise<AccessibilityTree> {
    const session = await page.context().newCDPSession(page);
    await session.send('Accessibility.enable');
    return new AccessibilityTree(page, session);
  }

  async nodes(): Promise<readonly AccessibleNode[]> {
    const { nodes } = await this.session.send('Accessibility.getFullAXTree');
    return nodes
      .filter(({ ignored }) => !ignored)
      .map(({ role, name, value, properties = [], backendDOMNodeId = 0 }) => {
        const property = (wanted: string): unknown =>
          properties.find((one) => one.name === wanted)?.value.value;
        return {
          role: String(role?.value ?? ''),
          name: String(name?.value ?? ''),
          value: String(value?.value ?? ''),
          focused: property('focused') === true,
          expanded: property('expanded') as boolean | undefined,
          domNode: backendDOMNodeId,
        };
      });
  }

  async all(role: string, name?: string | RegExp): Promise<readonly AccessibleNode[]> {
    const fits = (node: AccessibleNode): boolean =>
      node.role === role &&
      (name === undefined || (typeof name === 'string' ? node.name === name : name.test(node.name)));
    return (await this.nodes()).filter(fits);
  }

  async count(role: string, name?: string | RegExp): Promise<number> {
    return (await this.all(role, name)).length;
  }

  /** The one thing of that role and name; waits for it. */
  async one(role: string, name?: string | RegExp): Promise<AccessibleNode> {
    await expect.poll(() => this.count(role, name), { message: `${role} ${String(name)}` }).toBe(1);
    const [node] = await this.all(role, name);
    if (!node) throw new Error(`${role} ${String(name)} went away`);
    return node;
  }

  /** All text that can be read. */
  async text(): Promise<string> {
    return (await this.nodes()).map(({ name, value }) => `${name} ${value}`).join('\n');
  }

  /** Role and name of what has the focus. */
  async focus(): Promise<string> {
    const focused = (await this.nodes()).filter((node) => node.focused && node.role !== 'RootWebArea');
    return focused.map(({ role, name }) => `${role} ${name}`).join(', ');
  }

  /** Clicks in the middle of it, as a person does. */
  async click(role: string, name?: string | RegExp): Promise<void> {
    const { domNode: backendNodeId } = await this.one(role, name);
    await this.session.send('DOM.scrollIntoViewIfNeeded', { backendNodeId });
    const { model } = await this.session.send('DOM.getBoxModel', { backendNodeId });
    const [left = 0, top = 0, , , right = 0, bottom = 0] = model.border;
    await this.page.mouse.click((left + right) / 2, (top + bottom) / 2);
  }
}
