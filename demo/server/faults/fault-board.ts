import type { Clock } from '../clock.js';
import { classicFaults, classicSettings } from './classic-faults.js';
import { ActiveFault, type FaultDescription, type ParameterValue, type Stage } from './fault.js';
import { httpFaults } from './http-faults.js';
import { settings } from './settings.js';
import { wireFaults } from './wire-faults.js';

/** Everything that can be switched on, in the order a panel should show it. */
export const catalogue: readonly FaultDescription[] = [
  ...settings,
  ...classicSettings,
  ...wireFaults,
  ...httpFaults,
  ...classicFaults,
];

/** Name of a fault or setting. */
export type FaultId = (
  typeof settings | typeof classicSettings | typeof wireFaults | typeof httpFaults | typeof classicFaults
)[number]['id'];

/** What to switch on; every other key is a parameter of the fault. */
export interface FaultRequest {
  readonly fault: FaultId;
  /** `default` (everybody), an entity id or a conversation id. */
  readonly scope?: string;
  /** How often it happens: 1 by default for a fault, without end for a setting. */
  readonly times?: number;
  /** Probability that it happens when it could; 1 by default. */
  readonly chance?: number;
  readonly [parameter: string]: ParameterValue | undefined;
}

/** A request that names no known fault or parameter; the message says what would be right. */
export class FaultRequestError extends Error {}

/** Keys of a request that are not parameters. */
const OWN_KEYS = new Set(['fault', 'scope', 'times', 'chance']);

/** The faults that are switched on, by scope; the newest of the narrowest scope wins. */
export class FaultBoard {
  private active: ActiveFault[] = [];

  /** @param sequence the current position of the threads' shared sequence */
  constructor(
    private readonly clock: Clock,
    private readonly sequence: () => number,
    private readonly defaults: readonly FaultRequest[] = [],
  ) {
    this.reset();
  }

  /** @throws FaultRequestError naming what is wrong */
  set(request: FaultRequest): ActiveFault {
    const description = describe(request.fault);
    const scope = request.scope ?? 'default';
    const times = positive(request.times, 'times') ?? (description.kind === 'setting' ? Infinity : 1);
    const chance = positive(request.chance, 'chance') ?? 1;
    const values = readParameters(description, request);
    const fault = new ActiveFault(description.id, scope, times, chance, this.sequence(), values);
    if (description.kind === 'setting') this.clear(description.id, scope);
    this.active.push(fault);
    return fault;
  }

  /** Switches off what matches; without arguments, everything that was not there at the start. */
  clear(fault?: string, scope?: string): void {
    if (fault === undefined && scope === undefined) return this.reset();
    this.active = this.active.filter(
      (one) => (fault !== undefined && one.id !== fault) || (scope !== undefined && one.scope !== scope),
    );
  }

  /** Switches off this very one. */
  remove(fault: ActiveFault): void {
    this.active = this.active.filter((one) => one !== fault);
  }

  reset(): void {
    this.active = [];
    for (const request of this.defaults) this.set(request);
  }

  list(): readonly ActiveFault[] {
    return this.active;
  }

  /** The active fault of that name for the scopes (narrowest first); it is used up by one. */
  take(
    id: FaultId,
    scopes: readonly string[],
    applies: (fault: ActiveFault) => boolean = () => true,
  ): ActiveFault | undefined {
    for (const scope of scopes) {
      const found = this.active.find((fault) => fault.id === id && fault.scope === scope && applies(fault));
      if (found && this.use(found)) return found;
    }
    return undefined;
  }

  /** Uses up every fault that strikes at this stage and that `applies`. */
  takeStaged(
    stage: Stage,
    scopes: readonly string[],
    applies: (fault: ActiveFault) => boolean,
  ): ActiveFault[] {
    return this.active.filter(
      (fault) =>
        fault.text('at') === stage && scopes.includes(fault.scope) && applies(fault) && this.use(fault),
    );
  }

  /** A setting's value for the scopes (narrowest first), or its default in the catalogue. */
  setting(id: FaultId, name: string, scopes: readonly string[]): ParameterValue | undefined {
    for (const scope of scopes) {
      const found = this.active.findLast((fault) => fault.id === id && fault.scope === scope);
      if (found?.has(name)) return found.value(name);
    }
    return describe(id).parameters.find((parameter) => parameter.name === name)?.default;
  }

  /** Whether a setting was switched on for one of the scopes, rather than left at its default. */
  isSet(id: FaultId, scopes: readonly string[]): boolean {
    return this.active.some((fault) => fault.id === id && scopes.includes(fault.scope));
  }

  /** A chance that is not taken uses nothing up. */
  private use(fault: ActiveFault): boolean {
    if (fault.chance < 1 && this.clock.random() >= fault.chance) return false;
    fault.remaining -= 1;
    if (fault.remaining <= 0) this.remove(fault);
    return true;
  }
}

function describe(id: string): FaultDescription {
  const found = catalogue.find((entry) => entry.id === id);
  if (found) return found;
  throw new FaultRequestError(
    `"fault" is ${JSON.stringify(id)}; known are ${catalogue.map((one) => one.id).join(', ')}`,
  );
}

function readParameters(
  description: FaultDescription,
  request: FaultRequest,
): Record<string, ParameterValue> {
  const known = new Map(description.parameters.map((parameter) => [parameter.name, parameter]));
  const values: Record<string, ParameterValue> = {};
  for (const { name, default: initial } of known.values()) if (initial !== undefined) values[name] = initial;
  for (const [name, value] of Object.entries(request)) {
    if (OWN_KEYS.has(name) || value === undefined) continue;
    const parameter = known.get(name);
    if (!parameter)
      throw new FaultRequestError(
        `"${request.fault}" has no "${name}"; it has ${[...known.keys()].join(', ') || 'no parameters'}`,
      );
    const right = { number: 'number', text: 'string', choice: 'string', flag: 'boolean' }[parameter.type];
    if (typeof value !== right)
      throw new FaultRequestError(`"${name}" must be a ${right}, not ${JSON.stringify(value)}`);
    if (parameter.type === 'choice' && !parameter.values?.includes(value)) {
      throw new FaultRequestError(
        `"${name}" is ${JSON.stringify(value)}; it can be ${parameter.values?.join(', ')}`,
      );
    }
    values[name] = value;
  }
  return values;
}

function positive(value: unknown, name: string): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' && value > 0) return value;
  throw new FaultRequestError(`"${name}" must be a number above 0, not ${JSON.stringify(value)}`);
}
