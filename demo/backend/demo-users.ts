import { timingSafeEqual } from 'node:crypto';

import type { PortalUser } from './sessions.js';

/** The patient of the demo. */
export const demoUser: PortalUser = {
  name: 'maria',
  canonicalId: 'charmhealth:Patient:67890',
  classicUserId: '68a1c0de5e41f1ce0000a001',
};

const PASSWORD = 'demo';

/** Lets the demo's patient in. A real portal asks its identity provider here. */
export function signInDemoUser(name: string, password: string): PortalUser | undefined {
  const [given, right] = [Buffer.from(password), Buffer.from(PASSWORD)];
  const fits = given.length === right.length && timingSafeEqual(given, right);
  return fits && name === demoUser.name ? demoUser : undefined;
}
