// npm start: installs what is missing and runs the demo. npm run dev-server: the development server alone.
// Runs them in this very process, so that Ctrl-C reaches them and nothing is left behind.
import { ensureInstalled } from './install.mjs';

ensureInstalled();
const alone = process.argv[2] === '--dev-server';
if (alone) process.argv.splice(2, 1);

const { register } = await import('tsx/esm/api');
register();
await import(alone ? '../demo/server/cli.ts' : '../demo/server/start.ts');
