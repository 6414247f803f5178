import type { AmigoChat } from '../../src/index.js';
import { create } from '../portal/dom.js';

/** Attributes of the widget that a patient notices and that can be switched at any time. */
const SWITCHES = ['read-aloud', 'language-picker', 'tool-events'] as const;

/** Switches them as a portal would: by setting the attribute. */
export function attributeForm(widget: AmigoChat): HTMLElement {
  return create(
    'div',
    { className: 'buttons' },
    ...SWITCHES.map((name) => toggle(widget, name)),
    consent(widget),
    size(widget),
  );
}

function toggle(widget: AmigoChat, name: string): HTMLElement {
  const box = create('input', { type: 'checkbox', checked: widget.hasAttribute(name) });
  box.addEventListener('change', () => {
    widget.toggleAttribute(name, box.checked);
  });
  return create('label', {}, box, ` ${name}`);
}

/** Each time another id, so that the person is asked again. */
function consent(widget: AmigoChat): HTMLElement {
  let version = 0;
  const box = create('input', { type: 'checkbox', checked: widget.hasAttribute('consent') });
  box.addEventListener('change', () => {
    if (box.checked) widget.setAttribute('consent', `demo-${String((version += 1))}`);
    else widget.removeAttribute('consent');
  });
  return create('label', {}, box, ' consent');
}

function size(widget: AmigoChat): HTMLElement {
  const field = create('input', { type: 'range', min: '1', max: '2', step: '0.25', value: '1' });
  field.addEventListener('input', () => {
    widget.setAttribute('text-size', field.value);
  });
  return create('label', {}, 'text-size ', field);
}
