import { timingSafeEqual } from 'node:crypto';

import type { PortalUser } from './sessions.js';

/** The patient of the demo. */
export const demoUser: PortalUser = {
  name: 'maria',
  fullName: 'Maria Alvarez',
  canonicalId: 'charmhealth:Patient:67890',
  classicUserId: '68a1c0de5e41f1ce0000a001',
};

/** Somebody else, who must never meet a word of hers. */
const otherDemoUser: PortalUser = {
  name: 'james',
  fullName: 'James Whitfield',
  canonicalId: 'charmhealth:Patient:24680',
  classicUserId: '68a1c0de5e41f1ce0000a002',
};

const PASSWORD = 'demo';

/** Lets the demo's patients in. A real portal asks its identity provider here. */
export function signInDemoUser(name: string, password: string): PortalUser | undefined {
  const [given, right] = [Buffer.from(password), Buffer.from(PASSWORD)];
  const fits = given.length === right.length && timingSafeEqual(given, right);
  return fits ? [demoUser, otherDemoUser].find((user) => user.name === name) : undefined;
}
