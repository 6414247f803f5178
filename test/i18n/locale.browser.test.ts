import { aTimeout, elementUpdated, expect, fixture, html } from '@open-wc/testing';
import { LitElement } from 'lit';
import type { CatalogueLoader, Catalogues } from '../../src/i18n/catalogues.js';
import { LocaleController } from '../../src/i18n/locale.js';
import { en } from '../../src/i18n/locales/en.js';
import { es } from '../../src/i18n/locales/es.js';
import type { StringOverrides, Strings, Translation } from '../../src/i18n/strings.js';
import { define } from '../../src/lib/define.js';

const fr: Translation = { reviewed: false, send: 'Envoyer', emergency: 'Urgence ?' };
const ar: Strings = { ...en, send: 'إرسال' };
let loads = 0;
let finishLoading: (module: Awaited<ReturnType<CatalogueLoader>>) => void = () => undefined;

const catalogues: Catalogues = {
  en,
  es,
  ar,
  fr: () => {
    loads += 1;
    return new Promise((resolve) => {
      finishLoading = resolve;
    });
  },
  ko: () => Promise.reject(new Error('no network')),
};

class LocaleProbe extends LitElement {
  overrides: StringOverrides | undefined;
  unknown: string[] = [];
  renders = 0;
  readonly language = new LocaleController(this, {
    catalogues,
    overrides: () => this.overrides,
    onUnknown: (tag) => this.unknown.push(tag),
  });

  override render(): unknown {
    this.renders += 1;
    return html`<button>${this.language.strings.send}</button>`;
  }
}
define('locale-probe', LocaleProbe);

const word = (probe: LocaleProbe): string => probe.shadowRoot?.textContent?.trim() ?? '';
const settled = async (probe: LocaleProbe): Promise<void> => {
  await aTimeout(0);
  await elementUpdated(probe);
};

describe('the language of a widget', () => {
  afterEach(() => {
    document.documentElement.removeAttribute('lang');
  });

  it('is its own lang before any other', async () => {
    document.documentElement.lang = 'en';
    const probe = await fixture<LocaleProbe>(html`<locale-probe lang="es-MX"></locale-probe>`);
    expect(word(probe)).to.equal('Enviar');
    expect(probe.language.locale).to.equal('es-MX');
  });

  it('is that of the nearest ancestor, through shadow hosts', async () => {
    const outer = await fixture(html`<div lang="es"><p></p></div>`);
    const root = (outer.firstElementChild as HTMLElement).attachShadow({ mode: 'open' });
    const probe = document.createElement('locale-probe') as LocaleProbe;
    root.append(probe);
    await settled(probe);
    expect(word(probe)).to.equal('Enviar');
  });

  it('is the page’s, and English where nothing is said', async () => {
    document.documentElement.lang = 'es';
    const spanish = await fixture<LocaleProbe>(html`<locale-probe></locale-probe>`);
    expect(word(spanish)).to.equal('Enviar');
    document.documentElement.removeAttribute('lang');
    await settled(spanish);
    expect(word(spanish)).to.equal('Send');
    expect(spanish.unknown).to.deep.equal([]);
  });

  it('changes live, of two widgets only the one concerned', async () => {
    const page = await fixture(html`
      <div>
        <section lang="en"><locale-probe></locale-probe></section>
        <section lang="en"><locale-probe></locale-probe></section>
      </div>
    `);
    const [first, second] = page.querySelectorAll<LocaleProbe>('locale-probe');
    page.querySelector('section')?.setAttribute('lang', 'es');
    await settled(first as LocaleProbe);
    expect(word(first as LocaleProbe)).to.equal('Enviar');
    expect((second as LocaleProbe).renders).to.equal(1);
  });

  it('has its direction', async () => {
    const probe = await fixture<LocaleProbe>(html`<locale-probe lang="ar"></locale-probe>`);
    expect(probe.language.dir).to.equal('rtl');
    probe.lang = 'es';
    await settled(probe);
    expect(probe.language.dir).to.equal('ltr');
  });

  it('falls back to English for an unknown one, and says so once', async () => {
    const probe = await fixture<LocaleProbe>(html`<locale-probe lang="de"></locale-probe>`);
    await settled(probe);
    expect(word(probe)).to.equal('Send');
    expect(probe.language.locale).to.equal('en');
    probe.lang = 'es';
    await settled(probe);
    probe.lang = 'de';
    await settled(probe);
    expect(word(probe)).to.equal('Send');
    expect(probe.unknown).to.deep.equal(['de']);
  });

  it('takes lang="" for no mistake', async () => {
    const probe = await fixture<LocaleProbe>(html`<locale-probe lang=""></locale-probe>`);
    await settled(probe);
    expect(word(probe)).to.equal('Send');
    expect(probe.unknown).to.deep.equal([]);
  });

  it('loads on demand and keeps the old words until then', async () => {
    const probe = await fixture<LocaleProbe>(html`<locale-probe lang="es"></locale-probe>`);
    loads = 0;
    probe.lang = 'fr';
    await settled(probe);
    expect(word(probe)).to.equal('Enviar');
    finishLoading({ default: fr });
    await settled(probe);
    expect(word(probe)).to.equal('Envoyer');
    expect(loads).to.equal(1);
  });

  it('forgets a load that is not wanted any more', async () => {
    const probe = await fixture<LocaleProbe>(html`<locale-probe lang="fr"></locale-probe>`);
    probe.lang = 'es';
    await settled(probe);
    finishLoading({ default: fr });
    await settled(probe);
    expect(word(probe)).to.equal('Enviar');
  });

  it('is English where a catalogue does not load', async () => {
    const probe = await fixture<LocaleProbe>(html`<locale-probe lang="ko"></locale-probe>`);
    await settled(probe);
    expect(word(probe)).to.equal('Send');
    expect(probe.unknown).to.deep.equal(['ko']);
  });

  it('is let go of while the widget is out of the page, and found again after', async () => {
    const page = await fixture(html`<div lang="en"><locale-probe></locale-probe></div>`);
    const probe = page.firstElementChild as LocaleProbe;
    probe.remove();
    page.setAttribute('lang', 'es');
    await aTimeout(0);
    expect(probe.language.locale).to.equal('en');
    page.append(probe);
    await settled(probe);
    expect(word(probe)).to.equal('Enviar');
  });
});

describe('a page’s own words', () => {
  it('replace the catalogue’s, without a new object at every access', async () => {
    const probe = await fixture<LocaleProbe>(html`<locale-probe lang="es"></locale-probe>`);
    probe.overrides = { send: 'Mandar' };
    probe.requestUpdate();
    await settled(probe);
    expect(word(probe)).to.equal('Mandar');
    expect(probe.language.strings).to.equal(probe.language.strings);
  });
});
