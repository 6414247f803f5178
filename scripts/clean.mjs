// Before a build: installs what is missing, so that `npm run build` works on a clean clone, and removes what the last one wrote.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled, root } from './install.mjs';

ensureInstalled();
rmSync(join(root, 'dist'), { recursive: true, force: true });
