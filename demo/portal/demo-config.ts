/** What the host of the demo says about itself in `GET /demo-config.json`. */
export interface DemoConfig {
  /** `development` has the control endpoints that the developer panel drives; `platform` is the real thing. */
  readonly mode: 'development' | 'platform';
  readonly baseUrl: string;
  readonly workspaceId: string;
  readonly serviceId: string;
  readonly entityId: string;
  /** Same-origin address that hands out short-lived tokens. */
  readonly tokenUrl: string;
}

/** Rejects where the page is served by something else than `npm start`. */
export async function fetchDemoConfig(): Promise<DemoConfig> {
  const response = await fetch('/demo-config.json');
  if (!response.ok) throw new Error(`GET /demo-config.json answered ${response.status}`);
  return (await response.json()) as DemoConfig;
}

/** Writes the configuration onto the element, as a portal's server would write it into the page. */
export function configure(widget: HTMLElement, config: DemoConfig): void {
  const attributes = {
    'base-url': config.baseUrl,
    'workspace-id': config.workspaceId,
    'service-id': config.serviceId,
    'entity-id': config.entityId,
    'token-url': config.tokenUrl,
  };
  for (const [name, value] of Object.entries(attributes)) widget.setAttribute(name, value);
}
