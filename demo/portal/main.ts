import type { AmigoChat } from '../../src/index.js';
import { Account } from './account.js';
import { configure, fetchDemoConfig } from './demo-config.js';
import { create } from './dom.js';
import { fillDates } from './dates.js';

/** The portal's buttons begin a question for the patient, who reads it over and sends it. */
function prepareDrafts(widget: AmigoChat): void {
  for (const button of document.querySelectorAll<HTMLElement>('button[data-draft]')) {
    button.addEventListener('click', () => void ask(widget, button.dataset['draft'] ?? ''));
  }
}

/** Somebody may press a button before the widget has loaded. */
async function ask(widget: AmigoChat, draft: string): Promise<void> {
  await customElements.whenDefined('amigo-chat');
  widget.setDraft(draft);
  widget.focusComposer();
}

/**
 * Signing in is the portal's business: the widget says when it is needed, and goes on when told. The button
 * stands in the widget's own notice, where the patient is looking.
 */
function offerSignIn(widget: AmigoChat, account?: Account): void {
  const again = create('button', { type: 'button', textContent: 'Sign in again' });
  const notice = create('div', { className: 'sign-in', slot: 'notice' }, again);
  const goOn = async (): Promise<void> => {
    if (await (account?.isKnown() ?? true)) widget.connect();
  };
  again.addEventListener('click', () => void goOn());
  widget.addEventListener('amigo-auth-required', () => {
    widget.append(notice);
  });
  widget.addEventListener('amigo-session-start', () => {
    notice.remove();
  });
}

const panelPlace = document.querySelector<HTMLElement>('[data-developer-panel]');

/** What the development server does to the patient who is signed in can be switched. */
async function startDeveloperPanel(widget: AmigoChat, entityId: string): Promise<void> {
  if (!panelPlace) return;
  const { mountPanel } = await import('../panel/panel.js');
  panelPlace.replaceChildren();
  await mountPanel(panelPlace, widget, entityId);
}

/** The widget is defined once it is configured, so that it finds everything there when it starts. */
async function startPortal(widget: AmigoChat): Promise<void> {
  const account = new Account(widget, ({ chat }) => {
    void import('./widget.js').then(() => startDeveloperPanel(widget, chat.entityId));
  });
  offerSignIn(widget, account);
  await account.begin();
}

function showProblem(): void {
  const textContent = 'The chat needs the demo’s own server. Start it with: npm start';
  document.querySelector('main')?.prepend(create('p', { className: 'problem', role: 'alert', textContent }));
}

async function start(widget: AmigoChat): Promise<void> {
  const config = await fetchDemoConfig().catch(showProblem);
  if (!config) return;
  if (config.mode === 'development') return startPortal(widget);
  panelPlace?.remove();
  configure(widget, config);
  await import('./widget.js');
  offerSignIn(widget);
}

fillDates(document);
const widget = document.querySelector('amigo-chat');
if (widget) {
  prepareDrafts(widget);
  void start(widget);
}
