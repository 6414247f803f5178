import type { AmigoChat } from '../../src/index.js';
import { configure, fetchDemoConfig, type DemoConfig } from './demo-config.js';
import { create } from './dom.js';
import { fillDates } from './dates.js';

/** Configured before it is defined, so that the widget finds everything there when it starts. */
async function startWidget(widget: AmigoChat, config: DemoConfig): Promise<void> {
  configure(widget, config);
  await import('./widget.js');
}

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
function offerSignIn(widget: AmigoChat): void {
  const again = create('button', { type: 'button', textContent: 'Sign in again' });
  const notice = create('div', { className: 'sign-in', slot: 'notice' }, again);
  again.addEventListener('click', () => {
    widget.connect();
  });
  widget.addEventListener('amigo-auth-required', () => {
    widget.append(notice);
  });
  widget.addEventListener('amigo-session-start', () => {
    notice.remove();
  });
}

/** Only the development server has something to switch. */
async function startDeveloperPanel(widget: AmigoChat, config: DemoConfig): Promise<void> {
  const place = document.querySelector<HTMLElement>('[data-developer-panel]');
  if (!place) return;
  if (config.mode !== 'development') return void place.remove();
  const { mountPanel } = await import('../panel/panel.js');
  await mountPanel(place, widget, config.entityId);
}

function showProblem(): void {
  const textContent = 'The chat needs the demo’s own server. Start it with: npm start';
  document.querySelector('main')?.prepend(create('p', { className: 'problem', role: 'alert', textContent }));
}

async function start(widget: AmigoChat): Promise<void> {
  const config = await fetchDemoConfig().catch(showProblem);
  if (!config) return;
  await startWidget(widget, config);
  offerSignIn(widget);
  await startDeveloperPanel(widget, config);
}

fillDates(document);
const widget = document.querySelector('amigo-chat');
if (widget) {
  prepareDrafts(widget);
  void start(widget);
}
