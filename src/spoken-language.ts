import type { ReactiveControllerHost } from 'lit';
import type { MessageLanguage } from './i18n/guess-language.js';
import { onDemand } from './lib/on-demand.js';

/** Brings what tells the language of a message, once there is a message: until then none is marked. */
export class SpokenLanguage {
  of: MessageLanguage | undefined;

  constructor(private readonly host: ReactiveControllerHost) {}

  readonly need = onDemand(async () => {
    this.of = (await import('./i18n/guess-language.js')).messageLanguage;
    this.host.requestUpdate();
  });
}
