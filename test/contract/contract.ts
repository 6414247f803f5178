import { readFileSync } from 'node:fs';
import { Ajv2020, type AnySchema, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

// The package is CommonJS: its types name the module where the value is the function.
const addFormats = formats as unknown as (ajv: Ajv2020) => void;

/** A request and its answer, as they were on the wire. */
export interface Recorded {
  readonly method: string;
  readonly url: URL;
  readonly requestBody: unknown;
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: AnySchema;
}
type Content = Readonly<Record<string, { readonly schema?: AnySchema }>>;
interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** An OpenAPI 3.1 description, as a judge of exchanges. */
export class Contract {
  private readonly document: Document;
  private readonly ajv: Ajv2020;
  private readonly coercing: Ajv2020;
  private readonly compiled = new Map<string, ValidateFunction>();

  /** @param file beside this one */
  constructor(private readonly file: string) {
    this.document = JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')) as Document;
    this.ajv = this.makeAjv(false);
    this.coercing = this.makeAjv(true);
  }

  /** `METHOD /path` of every operation. */
  get operations(): readonly string[] {
    return Object.entries(this.document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
  }

  /** The operation of an exchange; undefined: it is not described. */
  operationOf({ method, url }: Pick<Recorded, 'method' | 'url'>): string | undefined {
    const fits = Object.keys(this.document.paths).filter((path) => {
      const pattern = path.replaceAll(/\{[^}]+\}/g, '[^/]+');
      return (
        this.document.paths[path]?.[method.toLowerCase()] && new RegExp(`^${pattern}$`).test(url.pathname)
      );
    });
    // A path of plain words is meant rather than one with a placeholder in the same place.
    const best = fits.sort((one, two) => one.split('{').length - two.split('{').length)[0];
    return best && `${method} ${best}`;
  }

  /** What is wrong with the request; empty: nothing. */
  checkRequest(exchange: Recorded): readonly string[] {
    const name = this.operationOf(exchange);
    if (!name) return [`${exchange.method} ${exchange.url.pathname} is not described`];
    const content = this.operation(name).requestBody?.content;
    const [type, described] = Object.entries(content ?? {})[0] ?? [];
    const body = described?.schema
      ? this.check(`${name} request ${type}`, described.schema, exchange.requestBody)
      : [];
    return [...this.checkQuery(name, exchange.url), ...body];
  }

  /** What is wrong with the answer; empty: nothing. A refusal that is not described needs a `detail`. */
  checkAnswer(exchange: Recorded): readonly string[] {
    const name = this.operationOf(exchange);
    if (!name) return [`${exchange.method} ${exchange.url.pathname} is not described`];
    const { status, contentType, body } = exchange;
    const response = this.operation(name).responses[String(status)];
    if (!response && status < 400) return [`${name}: ${status} is not described`];
    const schema = response?.content?.[contentType]?.schema;
    if (!schema)
      return status >= 400 ? hasDetail(name, body) : body === '' || contentType ? [] : [`${name}: a body`];
    return documentsOf(contentType, body).flatMap((value) =>
      this.check(`${name} ${status} ${contentType}`, schema, value),
    );
  }

  private operation(name: string): Operation {
    const [method = '', path = ''] = name.split(' ');
    return this.document.paths[path]?.[method.toLowerCase()] as Operation;
  }

  private checkQuery(name: string, url: URL): readonly string[] {
    const parameters = (this.operation(name).parameters ?? []).filter((one) => one.in === 'query');
    const given: Record<string, unknown> = {};
    for (const key of new Set(url.searchParams.keys())) {
      const all = url.searchParams.getAll(key);
      given[key] = all.length > 1 ? all : all[0];
    }
    const schema = {
      type: 'object',
      properties: Object.fromEntries(parameters.map((one) => [one.name, this.rebase(one.schema ?? {})])),
      required: parameters.filter((one) => one.required).map((one) => one.name),
      additionalProperties: false,
    };
    const validate = this.coercing.compile(schema);
    return validate(given) ? [] : [`${name} query: ${this.coercing.errorsText(validate.errors)}`];
  }

  private check(what: string, schema: AnySchema, value: unknown): readonly string[] {
    const validate = this.compiled.get(what) ?? this.ajv.compile(this.rebase(schema) as AnySchema);
    this.compiled.set(what, validate);
    return validate(value)
      ? []
      : [`${what}: ${this.ajv.errorsText(validate.errors)} in ${JSON.stringify(value)}`];
  }

  /** References inside the description, from outside of it. */
  private rebase(schema: unknown): object {
    return JSON.parse(JSON.stringify(schema).replaceAll('"#/', `"${this.file}#/`)) as object;
  }

  private makeAjv(coerce: boolean): Ajv2020 {
    const ajv = new Ajv2020({ strict: false, allErrors: true, ...(coerce ? { coerceTypes: 'array' } : {}) });
    addFormats(ajv);
    ajv.addSchema({ ...this.document, $id: this.file });
    return ajv;
  }
}

function hasDetail(name: string, body: string): readonly string[] {
  const value = JSON.parse(body) as Record<string, unknown> | null;
  return value?.['detail'] === undefined ? [`${name}: a refusal without "detail": ${body}`] : [];
}

/** The JSON values of an answer: one, or one for each event or line of a stream. */
function documentsOf(contentType: string, body: string): readonly unknown[] {
  if (contentType === 'application/json') return [JSON.parse(body)];
  const lines = body.split(/\r?\n/).filter((line) => line !== '');
  if (contentType === 'application/x-ndjson') return lines.map((line) => JSON.parse(line) as unknown);
  return lines.flatMap((line) => (line.startsWith('data: ') ? [JSON.parse(line.slice(6)) as unknown] : []));
}
