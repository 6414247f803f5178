/** Ids the demo pages use. The server accepts any UUID except {@link NOBODY}. */
export const demoIds = {
  workspaceId: '5f0c1d7e-3b52-4c09-9a51-0c6f2f6a1b01',
  serviceId: '8b9f3c52-7d64-4f7e-8f0b-1f6f4c1d2e02',
  entityId: 'c1a7d0b4-92e3-4d18-b6a9-7e5d3c2b1a03',
  organizationId: 'demo-clinic',
  /** Ids of the classic surface are 24 hexadecimal digits. */
  classicServiceId: '68a1c0de5e41f1ce00000004',
} as const;

/** The nil UUID names no workspace, service or entity: it gets 4004 "not found". */
export const NOBODY = '00000000-0000-0000-0000-000000000000';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether `value` has the shape of a UUID (any version). */
export function isUuid(value: string | null | undefined): value is string {
  return typeof value === 'string' && UUID.test(value);
}
