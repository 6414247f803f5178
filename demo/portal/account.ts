import type { AmigoChat } from '../../src/index.js';
import { configure, fetchVisit, type Visit } from './demo-config.js';
import { create } from './dom.js';

/** Who may sign in, as a hint of the demo; a real portal has no such list. */
const PATIENTS = [
  ['maria', 'Maria Alvarez'],
  ['james', 'James Whitfield'],
] as const;

/** In the address of a page that somebody has signed out of: the demo signs nobody in by itself there. */
const SIGNED_OUT = '?signed-out';

/**
 * Signing in and out of the portal, and what that means for the chat: whoever signs in gets their own, and whoever
 * signs out leaves nothing of it behind, in any tab.
 */
export class Account {
  private readonly others = new BroadcastChannel('demo-portal');
  private readonly card = create('section', { className: 'card wide sign-in-card' });

  /** @param signedIn told who it is, before the chat begins */
  constructor(
    private readonly widget: AmigoChat,
    private readonly signedIn: (visit: Visit) => void,
  ) {
    this.card.append(...this.form());
    this.card.setAttribute('aria-label', 'Sign in');
    this.others.onmessage = ({ data }: MessageEvent<string>) => {
      location.replace(location.pathname + data);
    };
  }

  /** Shows the portal to whoever is signed in, or asks who it is. */
  async begin(): Promise<void> {
    const visit = location.search === SIGNED_OUT ? undefined : await fetchVisit();
    if (visit) this.show(visit);
    else this.ask();
  }

  /** Whether the portal still knows the person; if not, it asks. */
  async isKnown(): Promise<boolean> {
    const visit = await fetchVisit();
    if (!visit) this.ask();
    return visit !== undefined;
  }

  private show({ person, chat }: Visit): void {
    const [first = ''] = person.fullName.split(' ');
    const initials = person.fullName.replace(/[^A-Z]/g, '');
    for (const [what, text] of Object.entries({ first, full: person.fullName, initials })) {
      for (const place of document.querySelectorAll(`[data-person=${what}]`)) place.textContent = text;
    }
    for (const part of document.querySelectorAll<HTMLElement>('[data-patient]'))
      part.hidden = part.dataset['patient'] !== person.name;
    const out = create('button', { type: 'button', className: 'sign-out', textContent: 'Sign out' });
    out.addEventListener('click', () => void this.signOut());
    document.querySelector('.person')?.append(out);
    this.card.remove();
    delete document.body.dataset['signedOut'];
    configure(this.widget, chat);
    this.signedIn({ person, chat });
  }

  private ask(): void {
    document.body.dataset['signedOut'] = '';
    document.querySelector('.sign-out')?.remove();
    document.querySelector('main')?.prepend(this.card);
    this.card.querySelector('select')?.focus();
  }

  private async signOut(): Promise<void> {
    // Before the portal's own session goes: nothing of this person may be fetched or shown after it.
    this.widget.reset();
    for (const name of ['entity-id', 'token-url']) this.widget.removeAttribute(name);
    await fetch('/sign-out', { method: 'POST' });
    history.replaceState(null, '', location.pathname + SIGNED_OUT);
    this.others.postMessage(SIGNED_OUT);
    this.ask();
  }

  private async signIn(name: string, password: string): Promise<void> {
    const response = await fetch('/sign-in', { method: 'POST', body: JSON.stringify({ name, password }) });
    const status = this.card.querySelector('[role=status]');
    if (status) status.textContent = response.ok ? '' : 'That did not work. Check the password.';
    if (!response.ok) return;
    history.replaceState(null, '', location.pathname);
    this.others.postMessage('');
    await this.begin();
  }

  private form(): Node[] {
    const options = PATIENTS.map(([value, textContent]) => create('option', { value, textContent }));
    const who = create('select', { name: 'name' }, ...options);
    const password = create('input', { type: 'password', value: 'demo', autocomplete: 'off' });
    const form = create(
      'form',
      {},
      create('label', { className: 'field' }, 'Patient', who),
      create('label', { className: 'field' }, 'Password (“demo” for everybody)', password),
      create('button', { type: 'submit', textContent: 'Sign in' }),
      create('p', { role: 'status' }),
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.signIn(who.value, password.value);
    });
    return [create('h1', { textContent: 'Sign in to Lakeside Family Clinic' }), form];
  }
}
