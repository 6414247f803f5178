import { AmigoMarkdown } from '../../src/elements/markdown/markdown.js';

const SECTION =
  '## Your results\n\nYour **A1c** is *slightly* above the range, see [the guide](https://clinic.example/a1c).\n\n' +
  '- Walk 20 minutes\n- Drink `water`\n  - not juice\n\n| Test | Value |\n|---|---:|\n| A1c | 6.1 |\n| LDL | 98 |\n\n';

/** Streams one reply of `chunks` pieces of 5 characters, 4 ms apart, into an `<amigo-markdown>`. */
async function streamReply(chunks: number): Promise<void> {
  const reply = SECTION.repeat(Math.ceil((chunks * 5) / SECTION.length)).slice(0, chunks * 5);
  const element = new AmigoMarkdown();
  element.streaming = true;
  document.body.append(element);
  for (let chunk = 1; chunk <= chunks; chunk += 1) {
    element.text = reply.slice(0, chunk * 5);
    await new Promise((resolve) => setTimeout(resolve, 4));
  }
  element.streaming = false;
  await element.updateComplete;
  if (!element.shadowRoot?.querySelector('table')) throw new Error('the reply was not rendered');
}

Object.assign(globalThis, { streamReply });
