import { create } from '../portal/dom.js';
import type { FaultParameter, ParameterValue } from './control-client.js';

/** A labelled control for one parameter of a fault. */
export interface ParameterField {
  readonly element: HTMLElement;
  readonly name: string;
  /** Undefined: the parameter is left out. */
  value(): ParameterValue | undefined;
}

const fields: Record<FaultParameter['type'], (parameter: FaultParameter) => ParameterField> = {
  number: numberField,
  text: textField,
  choice: choiceField,
  flag: flagField,
};

export function parameterField(parameter: FaultParameter): ParameterField {
  return fields[parameter.type](parameter);
}

/** Any number may be typed; those worth offering come as suggestions. */
function numberField({ name, title, values = [], default: initial }: FaultParameter): ParameterField {
  const input = create('input', { type: 'number', step: 'any', value: String(initial ?? '') });
  const list = create('datalist', { id: `values-of-${name}` }, ...values.map(option));
  if (values.length > 0) input.setAttribute('list', list.id);
  const element = create('div', {}, create('label', { className: 'field' }, title, input), list);
  return { element, name, value: () => (input.value === '' ? undefined : input.valueAsNumber) };
}

function textField({ name, title, default: initial }: FaultParameter): ParameterField {
  const input = create('input', { type: 'text', value: String(initial ?? '') });
  return {
    element: create('label', { className: 'field' }, title, input),
    name,
    value: () => input.value || undefined,
  };
}

function choiceField({ name, title, values = [], default: initial }: FaultParameter): ParameterField {
  const select = create('select', {}, ...values.map(option));
  select.value = String(initial ?? values[0]);
  return { element: create('label', { className: 'field' }, title, select), name, value: () => select.value };
}

function flagField({ name, title, default: initial }: FaultParameter): ParameterField {
  const input = create('input', { type: 'checkbox', checked: initial === true });
  return {
    element: create('label', { className: 'flag-field' }, input, title),
    name,
    value: () => input.checked,
  };
}

function option(value: ParameterValue): HTMLOptionElement {
  return create('option', { value: String(value), textContent: String(value) });
}
