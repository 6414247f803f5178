import { create } from '../portal/dom.js';
import { EVERY_TIME, type FaultDescription, type ParameterValue } from './control-client.js';
import { parameterField, type ParameterField } from './parameter-field.js';

export type SwitchOn = (
  fault: FaultDescription,
  values: Readonly<Record<string, ParameterValue>>,
  times?: number,
) => Promise<void>;

const GROUP_TITLES: Record<FaultDescription['group'], string> = {
  network: 'Network',
  closing: 'The connection is closed',
  errors: 'A turn fails',
  requests: 'HTTP requests',
  'text-stream': 'text-stream',
  classic: 'Classic conversations',
  handshake: 'Connecting',
  token: 'Tokens',
  history: 'Earlier messages',
  frames: 'Strange frames',
  pace: 'Pace',
  contradictions: 'What the sources disagree about',
};

/** A form for whatever the server's catalogue lists: choose, fill in, switch on once or for every time. */
export function faultForm(catalogue: readonly FaultDescription[], switchOn: SwitchOn): HTMLFormElement {
  const picker = create('select', { name: 'fault' }, ...groups(catalogue));
  const parameters = create('div', { className: 'parameters' });
  const once = create('button', { textContent: 'Switch on once', value: 'once' });
  const always = create('button', { textContent: 'Switch on', value: 'always' });
  const status = create('p', { className: 'status', role: 'status' });
  let fields: readonly ParameterField[] = [];

  const chosen = (): FaultDescription | undefined => catalogue.find(({ id }) => id === picker.value);
  const redraw = (): void => {
    fields = chosen()?.parameters.map(parameterField) ?? [];
    parameters.replaceChildren(...fields.map(({ element }) => element));
    once.hidden = chosen()?.kind === 'setting';
    always.textContent = once.hidden ? 'Switch on' : 'Switch on for every time';
    status.textContent = '';
  };
  const submit = async (submitter: HTMLElement | null): Promise<void> => {
    const fault = chosen();
    if (!fault) return;
    const repeats = fault.kind === 'fault' && submitter === always;
    await switchOn(fault, readValues(fields), repeats ? EVERY_TIME : undefined);
    status.textContent = `Switched on: ${fault.title}`;
  };

  const form = create(
    'form',
    {},
    create('label', { className: 'field' }, 'What should happen', picker),
    parameters,
    create('div', { className: 'buttons' }, once, always),
    status,
  );
  picker.addEventListener('change', redraw);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit(event.submitter).catch((error: unknown) => {
      status.textContent = error instanceof Error ? error.message : String(error);
    });
  });
  redraw();
  return form;
}

function groups(catalogue: readonly FaultDescription[]): HTMLOptGroupElement[] {
  return Object.entries(GROUP_TITLES).map(([group, label]) => {
    const members = catalogue.filter((fault) => fault.group === group).sort(faultsFirst);
    const options = members.map(({ id, title }) => create('option', { value: id, textContent: title }));
    return create('optgroup', { label }, ...options);
  });
}

/** What goes wrong is what people come for; settings follow. */
function faultsFirst(left: FaultDescription, right: FaultDescription): number {
  return Number(left.kind === 'setting') - Number(right.kind === 'setting');
}

function readValues(fields: readonly ParameterField[]): Record<string, ParameterValue> {
  const filled = fields.flatMap((field) => {
    const value = field.value();
    return value === undefined ? [] : [[field.name, value] as const];
  });
  return Object.fromEntries(filled);
}
