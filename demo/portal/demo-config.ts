/** What a page puts on the widget. */
export interface ChatSettings {
  readonly baseUrl: string;
  readonly workspaceId: string;
  readonly serviceId: string;
  readonly entityId: string;
  /** Same-origin address that hands out short-lived tokens. */
  readonly tokenUrl: string;
}

/** Who is signed in, and the chat that is theirs: `GET /chat` of the portal's backend. */
export interface Visit {
  readonly person: { readonly name: string; readonly fullName: string };
  readonly chat: ChatSettings;
}

/**
 * What the host of the demo says about itself in `GET /demo-config.json`. `development` is a portal with patients who
 * sign in, and has the control endpoints that the developer panel drives; `platform` is the real thing, for one person.
 */
export type DemoConfig = { readonly mode: 'development' } | ({ readonly mode: 'platform' } & ChatSettings);

/** Rejects where the page is served by something else than `npm start`. */
export async function fetchDemoConfig(): Promise<DemoConfig> {
  const response = await fetch('/demo-config.json');
  if (!response.ok) throw new Error(`GET /demo-config.json answered ${response.status}`);
  return (await response.json()) as DemoConfig;
}

/** Undefined: nobody is signed in. */
export async function fetchVisit(): Promise<Visit | undefined> {
  const response = await fetch('/chat');
  if (response.status === 401) return undefined;
  if (!response.ok) throw new Error(`GET /chat answered ${response.status}`);
  return (await response.json()) as Visit;
}

/** Writes the settings onto the element, as a portal's server would write them into the page. */
export function configure(widget: HTMLElement, settings: ChatSettings): void {
  const attributes = {
    'base-url': settings.baseUrl,
    'workspace-id': settings.workspaceId,
    'service-id': settings.serviceId,
    'entity-id': settings.entityId,
    'token-url': settings.tokenUrl,
  };
  for (const [name, value] of Object.entries(attributes)) widget.setAttribute(name, value);
}
