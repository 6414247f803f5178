import { parseArgs } from 'node:util';

import { createDevServer, demoIds, DEMO_API_KEY, profiles, type Profile } from './index.js';

const DEFAULT_PORT = 8787;
const USAGE = 'Usage: dev-server [--port 8787] [--host 127.0.0.1] [--speed 1] [--profile openapi]';

interface Settings {
  readonly port: number;
  readonly host: string;
  readonly speed: number;
  readonly profile: Profile;
}

function readSettings(): Settings {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      host: { type: 'string' },
      speed: { type: 'string' },
      profile: { type: 'string' },
    },
  });
  const port = Number(values.port ?? DEFAULT_PORT);
  const speed = Number(values.speed ?? 1);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error('--port must be a number from 0 to 65535.');
  if (!(speed >= 0)) throw new Error('--speed must be 0 or more.');
  const profile = profiles.find((one) => one === (values.profile ?? 'openapi'));
  if (!profile) throw new Error(`--profile must be ${profiles.join(' or ')}.`);
  return { port, speed, profile, host: values.host ?? '127.0.0.1' };
}

async function main({ port, host, speed, profile }: Settings): Promise<void> {
  const server = createDevServer({ speed, profile });
  const bound = await server.listen(port, host).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    return server.listen(0, host);
  });
  if (port !== 0 && bound.port !== port) console.log(`Port ${port} is taken; using ${bound.port} instead.`);
  console.log(`Amigo development server: ${bound.url}  (Ctrl-C stops it)`);
  console.log(
    `  workspace ${demoIds.workspaceId}\n  service   ${demoIds.serviceId}\n  entity    ${demoIds.entityId}`,
  );
  console.log(`  token     POST ${bound.url}/token, or the key ${DEMO_API_KEY}`);
  console.log(`  faults    GET ${bound.url}/control/faults`);
  const stop = (): void => void server.close();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

try {
  await main(readSettings());
} catch (error) {
  console.error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  process.exitCode = 1;
}
