// The script-tag files get ./mini.ts in place of zod/mini.
import { fileURLToPath } from 'node:url';

const mini = fileURLToPath(new URL('mini.ts', import.meta.url));

/** @returns {import('vite').Plugin} */
export const leanZod = () => ({
  name: 'amigo-chat:lean-zod',
  enforce: 'pre',
  resolveId: { filter: { id: /^zod\/mini$/ }, handler: () => mini },
});
