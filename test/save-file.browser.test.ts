import { expect } from '@open-wc/testing';
import { saveFile } from '../src/save-file.js';
import { FakeClock } from './support/fake-clock.js';

describe('a saved file', () => {
  let clicked: HTMLAnchorElement[];
  const onClick = (event: Event): void => {
    event.preventDefault();
    clicked.push(event.target as HTMLAnchorElement);
  };
  const original = HTMLAnchorElement.prototype.click;

  beforeEach(() => {
    clicked = [];
    // The link is in no page, so that no listener further up hears of it; and the test wants no download.
    HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement): void {
      this.addEventListener('click', onClick);
      original.call(this);
    };
  });
  afterEach(() => {
    HTMLAnchorElement.prototype.click = original;
  });

  const readable = (url: string): Promise<string | undefined> =>
    fetch(url).then(
      (response) => response.text(),
      () => undefined,
    );

  it('can be read under its name until its time is over', async () => {
    const clock = new FakeClock();
    saveFile('Hello, Grüße, 你好', 'chat-transcript.txt', 'text/plain;charset=utf-8', clock);
    const { href, download } = clicked[0]!;
    expect(download).to.equal('chat-transcript.txt');
    expect(await readable(href)).to.equal('Hello, Grüße, 你好');
    clock.advance(39_999);
    expect(await readable(href)).to.equal('Hello, Grüße, 你好');
    clock.advance(1);
    expect(await readable(href)).to.equal(undefined);
  });

  it('is gone at once when it is taken back', async () => {
    const clock = new FakeClock();
    const takeBack = saveFile('Hello', 'chat-transcript.txt', 'text/plain', clock);
    takeBack();
    expect(await readable(clicked[0]!.href)).to.equal(undefined);
  });
});
