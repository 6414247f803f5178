import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { PortalBackend } from './backend.js';
import { signInDemoUser } from './demo-users.js';

const HOST = '127.0.0.1';

/** An environment variable that has to be there. */
function required(name: string): string {
  const value = process.env[name];
  if (value) return value;
  throw new Error(`${name} is missing in the environment.`);
}

function fromEnvironment(): PortalBackend {
  const { AMIGO_CLASSIC_ORGANIZATION: organizationId } = process.env;
  return new PortalBackend({
    platform: {
      baseUrl: process.env['AMIGO_BASE_URL'] ?? 'https://api.platform.amigo.ai',
      workspaceId: required('AMIGO_WORKSPACE_ID'),
      serviceId: required('AMIGO_SERVICE_ID'),
      apiKey: required('AMIGO_API_KEY'),
    },
    ...(organizationId
      ? {
          classic: {
            baseUrl: process.env['AMIGO_CLASSIC_BASE_URL'] ?? 'https://api.amigo.ai',
            organizationId,
            apiKey: required('AMIGO_CLASSIC_API_KEY'),
            apiKeyId: required('AMIGO_CLASSIC_API_KEY_ID'),
          },
        }
      : {}),
    signIn: signInDemoUser,
  });
}

try {
  const backend = fromEnvironment();
  const server = createServer((request, response) => {
    void backend.handle(request, response).then((ours) => ours || response.writeHead(404).end());
  });
  server.listen(Number(process.env['PORT'] ?? 8788), HOST, () => {
    console.log(
      `Portal backend: http://${HOST}:${(server.address() as AddressInfo).port}  (Ctrl-C stops it)`,
    );
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
