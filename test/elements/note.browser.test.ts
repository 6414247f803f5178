import { expect, fixture, html } from '@open-wc/testing';
import '../../src/elements/note.js';
import type { AmigoNote } from '../../src/elements/note.js';
import { note, textOf } from './timeline.js';

describe('amigo-note', () => {
  it('is a note named by its words', async () => {
    const element = await fixture<AmigoNote>(
      html`<amigo-note .note=${note('n', { note: 'handover' })}></amigo-note>`,
    );
    const words = 'Your chat was passed on to the care team.';
    expect(textOf(element.shadowRoot!.querySelector('span'))).to.equal(words);
    expect(element.getAttribute('role')).to.equal('note');
    expect(element.getAttribute('aria-label')).to.equal(words);
    await expect(element).to.be.accessible();
  });
});
