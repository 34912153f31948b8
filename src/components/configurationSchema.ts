/** A JSON Schema, or a part of one. */
export interface ISchema {
  [keyword: string]: unknown;
  type?: string | string[];
  properties?: { [name: string]: ISchema };
  items?: ISchema;
  $ref?: string;
  enum?: unknown[];
  definitions?: { [name: string]: ISchema };
}

/** What a configuration file says, or a part of it. */
export type Value = unknown;

type Table = { [name: string]: Value };

const DEFINITIONS = '#/definitions/';
/** Where a file does not say which of several types a value has. */
const PREFERRED = ['array', 'object', 'boolean', 'string', 'number', 'integer'];

function isTable(value: Value): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function typeOf(value: Value): string {
  return Array.isArray(value) ? 'array' : typeof value;
}

function isNothing(value: Value): boolean {
  return (
    value === undefined ||
    value === null ||
    value === '' ||
    (Array.isArray(value) && value.length === 0) ||
    (isTable(value) && Object.values(value).every(isNothing))
  );
}

/** The one type that a field has: that of what is there, else the usual one; null for several. */
function chosenType({ type }: ISchema, values: readonly Value[]): string | null {
  const allowed = (typeof type === 'string' ? [type] : (type ?? [])).filter(
    name => name !== 'null'
  );
  const present = values.filter(value => value !== undefined && value !== null);
  const fits = (name: string): boolean =>
    present.every(value => typeOf(value) === (name === 'integer' ? 'number' : name));
  return PREFERRED.find(name => allowed.includes(name) && fits(name)) ?? null;
}

/**
 * The part of a schema that a form can show, for values of the file: each field has one type, and
 * null stands for one that has several at once, or that no fields are described for.
 */
export function formSchema(
  schema: ISchema,
  values: readonly Value[],
  root: ISchema = schema
): ISchema | null {
  if (schema.$ref?.startsWith(DEFINITIONS)) {
    const found = root.definitions?.[schema.$ref.slice(DEFINITIONS.length)] ?? {};
    return formSchema({ ...found, ...schema, $ref: undefined }, values, root);
  }
  const { title, description } = schema;
  const type = chosenType(schema, values);
  const known = { title, description, type: type ?? undefined };
  switch (type) {
    case null:
      return null;
    case 'array': {
      const inside = values.flatMap(value => (Array.isArray(value) ? value : []));
      const items = schema.items ? formSchema(schema.items, inside, root) : null;
      return items && { ...known, items };
    }
    case 'object': {
      const fields = Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
        const inside = values.map(value => (isTable(value) ? value[name] : undefined));
        const shown = formSchema(field, inside, root);
        return shown ? [[name, shown] as const] : [];
      });
      return fields.length > 0
        ? { ...known, properties: Object.fromEntries(fields) }
        : null;
    }
    default: {
      const choices = schema.enum?.filter(choice => choice !== null);
      return choices ? { ...known, enum: choices } : known;
    }
  }
}

/** What a form gives back, but for what it made up: an empty field is none that was not there. */
export function withoutFilling(before: Value, after: Value): Value {
  if (isNothing(before) && isNothing(after)) {
    return before;
  }
  if (Array.isArray(after)) {
    const old = Array.isArray(before) ? before : [];
    return after.map((value, index) => withoutFilling(old[index], value) ?? value);
  }
  if (!isTable(after)) {
    return after;
  }
  const old = isTable(before) ? before : {};
  const kept = Object.entries(after)
    .map(([name, value]) => [name, withoutFilling(old[name], value)] as const)
    .filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept);
}
