import { z } from "zod";
import { columnTypes } from "#core/contract/fields.ts";
import { formatInstant, type Zone } from "#core/time/zone.ts";
import {
  listed,
  named,
  type Sql,
  type Statement,
  snake,
  sql,
  statementOf,
} from "#server/db/sql.ts";

export interface TypedQueries {
  /** The rows, each as the schema of a reply, or of a part of one, says. */
  readonly rows: <Row extends z.ZodObject>(row: Row, query: Sql) => Promise<z.output<Row>[]>;
  /** First row, or null. */
  readonly maybe: <Row extends z.ZodObject>(row: Row, query: Sql) => Promise<z.output<Row> | null>;
  /** Exactly one; a missing row is a bug in the statement. */
  readonly one: <Row extends z.ZodObject>(row: Row, query: Sql) => Promise<z.output<Row>>;
  readonly grouped: <Row extends z.ZodObject>(
    row: Row,
    query: Sql,
  ) => Promise<(group: number | string) => readonly z.output<Row>[]>;
  /** The only column of the first row; null without a row. */
  readonly value: <Field extends z.ZodType>(
    field: Field,
    query: Sql,
  ) => Promise<z.output<Field> | null>;
  readonly run: (query: Sql) => Promise<void>;
  readonly did: (query: Sql) => Promise<boolean>;
}

export function typedQueries(
  send: (statement: Statement) => Promise<RawRow[]>,
  zone: Zone,
): TypedQueries {
  const rows: TypedQueries["rows"] = async (row, query) =>
    (await send(statementOf(query))).map(rowReader(row, zone));
  return {
    rows,
    maybe: async (row, query) => (await rows(row, query))[0] ?? null,
    one: async (row, query) => {
      const [first] = await rows(row, query);
      if (first === undefined) throw new Error("The statement answered no row");
      return first;
    },
    grouped: async (row, query) => {
      const read = rowReader(row, zone);
      const groups = new Map<string, z.output<typeof row>[]>();
      for (const raw of await send(statementOf(query))) {
        const group = String(raw["group"]);
        groups.set(group, [...(groups.get(group) ?? []), read(raw)]);
      }
      return (group) => groups.get(String(group)) ?? [];
    },
    value: async (field, query) => {
      const [raw] = await send(statementOf(query));
      return raw ? readValue(field, raw, zone) : null;
    },
    run: async (query) => {
      await send(statementOf(query));
    },
    did: async ({ texts, values }) => {
      const returning = [...texts.slice(0, -1), `${texts.at(-1)} returning 1`];
      return (await send(statementOf({ texts: returning, values }))).length > 0;
    },
  };
}

export async function countOf(tx: Pick<TypedQueries, "value">, rows: Sql): Promise<number> {
  const counted = sql`with counted as (${rows}) select count(*) from counted`;
  return (await tx.value(z.int(), counted)) ?? 0;
}

export type RawRow = Readonly<Record<string, unknown>>;

/**
 * Converts rows to a schema, the one place that maps names and types: `review_on` is `reviewOn`,
 * `response_place` is `place` of `response`, a `timestamptz` is a local instant or, for a numeric
 * field, epoch milliseconds, and a `bigint` a number, a text or a cell. A nullable part is null
 * where all of its columns are.
 */
function rowReader<Row extends z.ZodObject>(
  schema: Row,
  zone: Zone,
): (raw: RawRow) => z.output<Row> {
  const read = partReader(schema, "");
  return (raw) => {
    const row = read(raw, zone);
    if (rowChecks.isOn) schema.parse(row);
    return row as z.output<Row>;
  };
}

function readValue<Field extends z.ZodType>(
  field: Field,
  raw: RawRow,
  zone: Zone,
): z.output<Field> | null {
  const [value = null] = Object.values(raw);
  if (value === null) return null;
  const read = valueReader(unwrapped(field).inner)(value, zone);
  return (rowChecks.isOn ? field.parse(read) : read) as z.output<Field>;
}

/** In tests, rows are validated so that a statement that drifts fails there. */
export const rowChecks = { isOn: false };

/**
 * Columns of a schema's row, for a `select`: a role may read no others. Columns read under another
 * name are given as `{ cells: "area_cells" }`, from column to read name.
 */
export function columnsOf(
  schema: z.ZodObject,
  {
    of = "",
    as = {},
  }: { readonly of?: string; readonly as?: Readonly<Record<string, string>> } = {},
): Sql {
  const renamed = new Map(Object.entries(as).map(([column, read]) => [read, column]));
  const table = of === "" ? "" : `${of}.`;
  return listed(
    columnNames(schema, "").map((read) => {
      const column = renamed.get(read);
      const name = named(`${table}${column ?? read}`);
      return column === undefined ? name : sql`${name} as ${named(read)}`;
    }),
  );
}

function columnNames(schema: z.ZodObject, prefix: string): string[] {
  return Object.entries(schema.shape as Record<string, z.ZodType>).flatMap(([name, field]) => {
    const part = partOf(unwrapped(field).inner);
    return part ? columnNames(part, `${prefix}${snake(name)}_`) : [prefix + snake(name)];
  });
}

function partOf(field: z.ZodType): z.ZodObject | null {
  const isPart = field.def.type === "object" && columnTypes.get(field)?.type !== "jsonb";
  return isPart ? (field as z.ZodObject) : null;
}

type Reader = (raw: RawRow, zone: Zone) => unknown;

const readers = new WeakMap<z.ZodObject, Reader>();

function partReader(schema: z.ZodObject, prefix: string): Reader {
  const known = prefix === "" ? readers.get(schema) : undefined;
  if (known) return known;
  const fields = Object.entries(schema.shape as Record<string, z.ZodType>).map(
    ([name, field]) => [name, fieldReader(field, prefix + snake(name))] as const,
  );
  const reader: Reader = (raw, zone) =>
    Object.fromEntries(fields.map(([name, read]) => [name, read(raw, zone)]));
  if (prefix === "") readers.set(schema, reader);
  return reader;
}

function fieldReader(field: z.ZodType, column: string): Reader {
  const { inner, isNullable } = unwrapped(field);
  const part = partOf(inner);
  if (part) {
    const read = partReader(part, `${column}_`);
    if (!isNullable) return read;
    return (raw, zone) => {
      const row = read(raw, zone) as Record<string, unknown>;
      return Object.values(row).every((value) => value === null) ? null : row;
    };
  }
  const read = valueReader(inner);
  return (raw, zone) => {
    const value = raw[column];
    if (value === undefined) throw new Error(`The statement has no column "${column}"`);
    return value === null ? null : read(value, zone);
  };
}

function unwrapped(field: z.ZodType): { readonly inner: z.ZodType; readonly isNullable: boolean } {
  let [inner, isNullable] = [field, false];
  for (;;) {
    const { type, innerType } = inner.def as { type: string; innerType?: z.ZodType };
    if (!innerType) return { inner, isNullable };
    isNullable ||= type === "nullable";
    inner = innerType;
  }
}

function valueReader(field: z.ZodType): (value: unknown, zone: Zone) => unknown {
  const column = columnTypes.get(field)?.type;
  if (column === "timestamptz")
    return (value, zone) => formatInstant(zone, (value as Date).getTime());
  if (column === "cell") return (value) => BigInt(value as string).toString(16);
  const { type, element } = field.def as { type: string; element?: z.ZodType };
  if (type === "number")
    return (value) => (value instanceof Date ? value.getTime() : Number(value));
  if (type === "string") return (value) => (typeof value === "string" ? value : String(value));
  if (!element || isJson(element)) return (value) => value;
  const read = valueReader(unwrapped(element).inner);
  return (value, zone) => (value as readonly unknown[]).map((one) => read(one, zone));
}

/** Arrays of objects come as `jsonb`, named as on the wire. */
const isJson = (element: z.ZodType) => unwrapped(element).inner.def.type === "object";
