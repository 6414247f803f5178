/**
 * Main-thread milliseconds of streaming a reply into `<amigo-markdown>` in Chromium, for 500 and 2,000 chunks.
 * Run with `npx tsx test/bench/markdown.bench.ts`.
 */
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { build } from 'vite';
import { chromiumLaunchOptions } from '../../scripts/browsers.mjs';

async function bundlePage(): Promise<string> {
  const entry = fileURLToPath(new URL('./markdown-page.ts', import.meta.url));
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, target: 'es2022', lib: { entry, formats: ['es'] } },
  });
  const [first] = Array.isArray(built) ? built : [built];
  if (!first || !('output' in first)) throw new Error('nothing was built');
  return first.output[0].code;
}

const script = await bundlePage();
const browser = await chromium.launch(chromiumLaunchOptions());
try {
  for (const chunks of [500, 2000]) {
    const page = await browser.newPage();
    await page.setContent('<!doctype html><title>Markdown</title>');
    await page.addScriptTag({ content: script, type: 'module' });
    await page.waitForFunction('globalThis.streamReply');
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    const busy = async (): Promise<number> => {
      const { metrics } = await session.send('Performance.getMetrics');
      return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN);
    };
    const before = await busy();
    await page.evaluate(`streamReply(${chunks})`);
    console.log(`${chunks} chunks: ${Math.round((await busy()) - before)} ms`);
    await page.close();
  }
} finally {
  await browser.close();
}
