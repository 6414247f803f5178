import { property } from 'lit/decorators.js';
import type { AnnounceMode } from './announcer/announcements.js';
import { ClassicProperties } from './classic-properties.js';
import type { Layout } from './elements/panel.js';
import type { StringOverrides } from './i18n/strings.js';
import type { GetToken } from './session/token-source.js';

export type Theme = 'auto' | 'light' | 'dark';

const LAYOUTS: readonly string[] = ['popup', 'inline', 'fullscreen'] satisfies readonly Layout[];
const THEMES: readonly string[] = ['auto', 'light', 'dark'] satisfies readonly Theme[];
/** Empty: the bare attribute. */
const FEEDBACK: readonly string[] = ['on', 'off', ''];
const ANNOUNCE: readonly string[] = ['message', 'sentences', 'off'] satisfies readonly AnnounceMode[];

/** The properties that decide whom the element talks to. */
export const CONFIG_PROPERTIES = [
  'baseUrl',
  'workspaceId',
  'serviceId',
  'entityId',
  'conversationId',
  'transport',
  'textStreamUrl',
  'organizationId',
  'classicBaseUrl',
  'serviceVersionSet',
  'finishAfter',
  'history',
  'tokenUrl',
  'toolEvents',
  'getToken',
] as const;

/** What a page sets on `<amigo-chat>`, as attributes and properties; other values than these never come in. */
export abstract class ChatProperties extends ClassicProperties {
  /** Origin of the platform, or of a proxy in front of it. Empty: `https://api.platform.amigo.ai`. */
  @property({ attribute: 'base-url' }) baseUrl = '';

  /** The workspace to talk to. Required. */
  @property({ attribute: 'workspace-id' }) workspaceId = '';

  /** The service (agent) to talk to. Required. */
  @property({ attribute: 'service-id' }) serviceId = '';

  /** The person whom the conversation is about. Required, but for `turns` and `text-stream` with a token that says it. */
  @property({ attribute: 'entity-id' }) entityId = '';

  /** Resume exactly this conversation, where the surface allows it. */
  @property({ attribute: 'conversation-id' }) conversationId = '';

  /**
   * How the platform is reached: `sessions-connect`, `text-stream`, `turns`, `classic`, or `auto` (sessions-connect, and
   * HTTP turns where WebSockets cannot be opened).
   */
  @property() transport = 'auto';

  /** Where text-stream lives, if not under `base-url`. */
  @property({ attribute: 'text-stream-url' }) textStreamUrl = '';

  /** Show which tools the agent uses. */
  @property({ type: Boolean, attribute: 'tool-events' }) toolEvents = false;

  /** Same-origin address that answers `POST` with `{"token", "expires_at"?}`. */
  @property({ attribute: 'token-url' }) tokenUrl = '';

  /** Fetches a token; wins over `token-url`. */
  @property({ attribute: false }) getToken: GetToken | undefined;

  /** `popup` (a launcher in the corner), `inline` (in the page's flow) or `fullscreen`. */
  @property({ reflect: true }) layout: Layout = 'popup';

  /** Whether the popup is shown. */
  @property({ type: Boolean, reflect: true }) open = false;

  /**
   * Where earlier messages come from: the `server`, nowhere (`memory`), or this tab's `sessionStorage` (`session`),
   * the only value that stores anything on the device.
   */
  @property() history = 'server';

  /** Colours: the system's choice (`auto`), `light` or `dark`. */
  @property({ reflect: true }) theme: Theme = 'auto';

  /** Offer the person a choice of language, in the header; what they pick becomes the element's `lang`. */
  @property({ type: Boolean, attribute: 'language-picker' }) languagePicker = false;

  /** Factor for all text, 1 to 2. The person can change it in the menu. */
  @property({ type: Number, attribute: 'text-size' }) textSize = 1;

  /**
   * Read replies out as they come, and give each a button for it, by voices of the person's device alone: others would
   * be sent the text. The person can switch it in the menu.
   */
  @property({ type: Boolean, attribute: 'read-aloud' }) readAloud = false;

  /** Texts of your own over the built-in ones. */
  @property({ attribute: false }) strings: StringOverrides | undefined;

  /** What screen readers are told of a reply: the whole `message`, `sentences` as they come, or nothing (`off`). */
  @property() announce: AnnounceMode = 'message';

  /**
   * Minutes after which the conversation is hidden where nobody touched the page, half a minute at least. A
   * warning comes 30 s before, and any key puts the lock off. 0: never.
   */
  @property({ type: Number, attribute: 'lock-after' }) lockAfter = 0;

  /**
   * Whether each reply is followed by the question whether it helped (thumbs up and down); the answers are
   * `amigo-feedback` events. `off` for a page that does not listen.
   */
  @property() feedback: 'on' | 'off' = 'on';

  /**
   * The id of a text that the person agrees to before anything connects: the slot `consent`, or ours. Asked again when
   * the id changes, after `reset()`, of another person, and after a reload. Absent: nobody is asked.
   */
  @property() consent: string | null | undefined;

  /** Put the text of messages into event details. Off, because analytics scripts listen to events. */
  @property({ type: Boolean, attribute: 'event-text' }) eventText = false;

  /** The layout in use: what is no layout is a popup. */
  protected get effectiveLayout(): Layout {
    return LAYOUTS.includes(this.layout) ? this.layout : 'popup';
  }

  /** Whether the panel is on the screen. */
  protected get visible(): boolean {
    return this.open || this.effectiveLayout !== 'popup';
  }

  /** Names and values of what is none of its choices: the default holds in its place. */
  protected get misspelt(): readonly (readonly [name: string, value: string])[] {
    const choices: readonly (readonly [string, string, readonly string[]])[] = [
      ['layout', this.layout, LAYOUTS],
      ['theme', this.theme, THEMES],
      ['announce', this.announce, ANNOUNCE],
      ['feedback', this.feedback, FEEDBACK],
    ];
    const nameless = this.consent?.trim() === '' ? [['consent', ''] as const] : [];
    return [
      ...nameless,
      ...choices.flatMap(([name, value, allowed]) =>
        allowed.includes(value) ? [] : [[name, value] as const],
      ),
    ];
  }
}
