import type { Control } from '../../demo/server/index.js';
import { Widget } from '../faults/widget.js';
import { expect, test } from '../support/e2e.js';
import { seeded } from '../support/seeded.js';

/** The children of one caregiver, each with a thread of their own, and a name that no other word holds. */
const nameOf = (child: number): string => `kid${String(child)}x`;
const entityOf = (child: number): string => `00000000-0000-4000-8000-${String(child + 1).padStart(12, '0')}`;

interface Scene {
  readonly widget: Widget;
  readonly control: Control;
  /** Whose thread is open. */
  readonly child: number;
  /** Something that nobody else says, in this child's name. */
  readonly words: (text: string) => string;
}

const statusOf = async ({ widget }: Scene, text: string): Promise<string | undefined> =>
  (await widget.messages()).find((message) => message.text === text)?.status;
const turn = async ({ widget }: Scene): Promise<string> => (await widget.state()).turn;
const slowly = ({ control, child }: Scene, setting: object): unknown =>
  control.set({ fault: 'pace', speed: 1, scope: entityOf(child), ...setting });

/** Brings a turn to the point at which the child is switched. */
const points: Readonly<Record<string, (scene: Scene) => Promise<unknown>>> = {
  'before anything is said': () => Promise.resolve(),
  'while words wait for a turn to end': async (scene) => {
    slowly(scene, { first_token_ms: 5_000 });
    const [first, second] = [scene.words('first'), scene.words('second')];
    await scene.widget.send(first);
    await scene.widget.send(second);
    await expect.poll(() => statusOf(scene, second)).toBe('queued');
  },
  'sent, without a sign of it': async (scene) => {
    scene.control.set({ fault: 'stall', at: 'processed', scope: entityOf(scene.child) });
    const text = scene.words('stalled');
    await scene.widget.send(text);
    await expect.poll(() => statusOf(scene, text)).toBe('sent');
  },
  'in the middle of a reply': async (scene) => {
    slowly(scene, {});
    await scene.widget.send(scene.words('I need a guide to healthy blood pressure'));
    await expect.poll(() => turn(scene)).toBe('replying');
  },
  'while a tool runs': async (scene) => {
    slowly(scene, {});
    await scene.widget.send(scene.words('When is my next visit?'));
    await expect(scene.widget.chat.locator('amigo-tool-event .tool.running').first()).toBeVisible();
  },
  'before the end of a reply': async (scene) => {
    scene.control.set({ fault: 'no-done', scope: entityOf(scene.child) });
    const before = (await scene.widget.said('agent')).length;
    await scene.widget.send(scene.words('Is my insurance still good?'));
    await expect.poll(async () => (await scene.widget.said('agent')).length).toBeGreaterThan(before);
  },
  'while it reconnects': async (scene) => {
    const scope = entityOf(scene.child);
    scene.control.set({ fault: 'hung-handshake', scope });
    scene.control.drop(scope);
    await expect.poll(async () => (await scene.widget.state()).connection).toBe('reconnecting');
    await scene.widget.send(scene.words('while gone'));
  },
  'while the history loads': async (scene) => {
    scene.control.set({ fault: 'history-slow', ms: 5_000, scope: entityOf(scene.child) });
    const reads = (): number =>
      scene.control.log().filter(({ detail }) => detail === 'GET conversation').length;
    const before = reads();
    await scene.widget.chat.evaluate((element) => {
      const { parentElement } = element;
      element.remove();
      // An element that leaves is taken down one task later.
      setTimeout(() => parentElement?.append(element), 20);
    });
    await expect.poll(reads).toBe(before + 1);
  },
};

/** Watches in the page, frame by frame, that nothing of another child is on the screen or told to the page. */
function watch(): void {
  const wrong: string[] = [];
  Object.assign(window, { wrong });
  const textOf = (node: Node): string => {
    const inside = node instanceof Element && node.shadowRoot ? textOf(node.shadowRoot) : '';
    const own = node.nodeType === Node.TEXT_NODE ? (node.textContent ?? '') : '';
    return own + inside + [...node.childNodes].map(textOf).join(' ');
  };
  const look = (): void => {
    const chat = document.querySelector('amigo-chat');
    if (chat) {
      const text = JSON.stringify(chat.messages) + textOf(chat);
      const names = text.match(/kid\dx/g) ?? [];
      if (names.some((name) => name !== chat.dataset['child']))
        wrong.push(`${chat.dataset['child'] ?? ''}: ${text}`);
    }
    requestAnimationFrame(look);
  };
  look();
}

/** A switch at each point, in an order that the seed decides. */
function order(seed: number): readonly string[] {
  const random = seeded(seed);
  return Object.keys(points)
    .map((name) => ({ name, at: random() }))
    .sort((one, other) => one.at - other.at)
    .map(({ name }) => name);
}

for (const seed of [1, 2]) {
  const story = order(seed);
  test(`switched ${story.join(', ')}: nobody sees or sends anything of the other (seed ${String(seed)})`, async ({
    page,
    mountChat,
    control,
  }) => {
    const attributes = {
      layout: 'inline',
      transport: 'sessions-connect',
      'tool-events': true,
      'entity-id': entityOf(0),
      'data-child': nameOf(0),
    };
    const widget = await new Widget(await mountChat(page, { attributes })).ready();
    await page.evaluate(watch);
    const asked: string[] = [];
    for (const [child, point] of story.entries()) {
      const words = (text: string, whose = child): string => {
        asked.push(`${text} (${nameOf(whose)}, ${String(asked.length)})`);
        return asked.at(-1) ?? '';
      };
      await test.step(point, () => points[point]?.({ widget, control, child, words }));
      const next = child + 1;
      await widget.chat.evaluate(
        (element, [name, id]) => {
          element.dataset['child'] = name;
          element.setAttribute('entity-id', id);
        },
        [nameOf(next), entityOf(next)] as const,
      );
      // What comes late for the one that was left comes to nobody.
      control.say(`This is for ${nameOf(child)} alone`, entityOf(child));
      await widget.ready();
      const text = words('Hello', next);
      await widget.send(text);
      await widget.settles(text, 'delivered');
    }
    expect(await page.evaluate(() => (window as unknown as { wrong: string[] }).wrong)).toEqual([]);
    const heard = control.log().filter(({ kind }) => kind === 'user-text');
    // Each child after the first has said hello, and at most of the points something else was said before.
    expect(heard.length).toBeGreaterThan(story.length + 3);
    for (const { text = '' } of heard) {
      expect(asked).toContain(text);
      expect(heard.filter((entry) => entry.text === text)).toHaveLength(1);
    }
    for (let child = 0; child <= story.length; child += 1) {
      const texts = [
        ...heard.filter(({ entityId }) => entityId === entityOf(child)).map(({ text = '' }) => text),
        ...control.conversations(entityOf(child)).flatMap(({ turns }) => turns.map(({ text }) => text)),
      ];
      const names = texts.flatMap((text) => text.match(/kid\dx/g) ?? []);
      expect([...new Set([...names, nameOf(child)])]).toEqual([nameOf(child)]);
    }
  });
}
