import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkSources, type SourceFile } from './import-lanes.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

function sourcesUnder(folder: string): SourceFile[] {
  if (!existsSync(root + folder)) return [];
  return readdirSync(root + folder, { recursive: true, encoding: 'utf8' })
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.ts'))
    .map((path) => ({ path, text: readFileSync(root + path, 'utf8') }));
}

describe('the code keeps to its lanes', () => {
  const sources = [...sourcesUnder('src'), ...sourcesUnder('demo/server')];

  it('finds the code at all', () => {
    expect(sources.length).toBeGreaterThan(20);
  });

  it('breaks no rule', () => {
    expect(checkSources(sources)).toEqual([]);
  });
});

describe('the checker', () => {
  it.each([
    ['src/lib/a.ts', "import { x } from '../conversation/state.js';", 'lib may not import conversation'],
    ['src/conversation/a.ts', "import { html } from 'lit';", 'the core is deterministic'],
    ['src/elements/a.ts', "import { S } from '../session/session.js';", 'raise request events'],
    ['src/elements/a.ts', "import { reduce } from '../conversation/reduce.js';", 'write "import type"'],
    ['src/session/a.ts', "export * from '../elements/panel.js';", 'session knows no element'],
    ['src/transport/a.ts', "const m = import('../protocol/close-codes.js');", 'transport knows no protocol'],
    ['src/protocol/a.ts', "import * as z from 'zod';", 'import zod/mini'],
    ['src/protocol/a.ts', "import * as z from 'zod/v4';", 'import zod/mini'],
    ['src/session/a.ts', "import RWS from 'reconnecting-websocket';", 'session may not import'],
    ['src/novelty/a.ts', "import { x } from '../lib/text.js';", 'has no lane yet'],
    ['src/lib/a.ts', "import { x } from '../../demo/server/index.js';", 'nothing outside src'],
    ['demo/server/a.ts', "import { x } from '../../src/lib/text.js';", 'second reading'],
    ['src/elements/a.ts', "node.innerHTML = '';", 'never HTML'],
    ['src/elements/a.ts', 'setTimeout(() => {}, 5);', 'time nothing'],
    ['src/elements/a.ts', 'html`<p style="color:red"></p>`;', 'strict CSP'],
    ['src/elements/a.ts', 'this.shadowRoot?.append(node);', 'closed root'],
    ['src/session/a.ts', 'console.log(1);', 'errors are data'],
    ['src/session/a.ts', 'JSON.parse(text);', 'one door'],
    ['src/session/a.ts', "localStorage.setItem('a', 'b');", 'keeps nothing'],
    ['src/session/a.ts', "new Function('return 1');", 'no code from strings'],
  ])('refuses in %s: %s', (path, text, message) => {
    expect(checkSources([{ path, text }])).toEqual([expect.stringContaining(message)]);
  });

  it.each([
    ['src/elements/a.ts', "import type { State } from '../conversation/state.js';"],
    [
      'src/elements/a.ts',
      "import { type State } from '../conversation/state.js';\nimport { html } from 'lit';",
    ],
    ['src/elements/a.ts', "import { repeat } from 'lit/directives/repeat.js';"],
    ['src/protocol/sessions-connect/decode.ts', 'JSON.parse(text);'],
    ['src/transport/a.ts', "import RWS from 'reconnecting-websocket';"],
    ['src/session/a.ts', '// console.log, innerHTML and eval(x) are not used here\n/* setTimeout( */'],
    ['src/dev-server.ts', "export * from '../demo/server/index.js';"],
  ])('accepts in %s: %s', (path, text) => {
    expect(checkSources([{ path, text }])).toEqual([]);
  });

  it('refuses a file that grew too long', () => {
    const path = 'src/session/a.ts';
    expect(checkSources([{ path, text: 'x;\n'.repeat(301) }])).toEqual([
      expect.stringContaining('has 301 lines'),
    ]);
    expect(checkSources([{ path, text: 'x;\n'.repeat(300) }])).toEqual([]);
  });

  it('names the line', () => {
    expect(checkSources([{ path: 'src/lib/a.ts', text: '/** Doc. */\n\nconsole.info(1);' }])[0]).toMatch(
      /a\.ts:3 /,
    );
  });
});
