/** Cells and other int8 values are passed as decimal strings. */
export type SqlValue = string | number | boolean | null | Date | Uint8Array | readonly SqlValue[];

export interface Statement {
  /** Prepared statement name, for frequent ones. */
  readonly name?: string;
  readonly sql: string;
  readonly params?: readonly SqlValue[];
}

export interface Sql {
  readonly texts: readonly string[];
  readonly values: readonly (SqlValue | Sql)[];
}

/**
 * ``sql`select * from place_plan where id = ${id}` ``. PostgreSQL infers a value's type from its
 * context; where it cannot, cast in the text: `${day}::date`. Parts may themselves be made by
 * `sql`.
 */
export function sql(texts: TemplateStringsArray, ...values: readonly (SqlValue | Sql)[]): Sql {
  return { texts, values };
}

export function listed(parts: readonly Sql[]): Sql {
  const inner = parts.slice(1).map(() => ", ");
  return { texts: ["", ...inner, ""], values: parts };
}

/** An identifier; never user input. */
export function named(name: string): Sql {
  if (!/^[a-z_][a-z_\d]*(?:\.[a-z_][a-z_\d]*)?$/.test(name)) {
    throw new Error(`"${name}" is no name of the schema`);
  }
  return { texts: [name], values: [] };
}

/** Nested fields map to columns with their prefix. */
export interface Fields {
  readonly [name: string]: SqlValue | Fields;
}

/** `insert into TABLE (review_on, …) values ($1, …)`: a column for each field. */
export function insertInto(table: string, fields: Fields): Sql {
  const columns = byColumn(fields);
  const values = columns.map(([, value]) => sql`${value}`);
  return sql`insert into ${named(table)} (${listed(columns.map(([column]) => column))}) values (${listed(values)})`;
}

/** The same of many records with the same fields; an object or a list of one is what its column takes as JSON. */
export function insertAll(
  table: string,
  records: readonly Readonly<Record<string, unknown>>[],
): Sql {
  const rows = records.map((record) =>
    Object.fromEntries(Object.entries(record).map(([name, value]) => [snake(name), value])),
  );
  const columns = listed(Object.keys(rows[0] ?? {}).map(named));
  const given = sql`jsonb_populate_recordset(null::${named(table)}, ${JSON.stringify(rows)}::jsonb)`;
  return sql`insert into ${named(table)} (${columns}) select ${columns} from ${given}`;
}

/** `review_on = $1, …`, for an update. */
export function assigned(fields: Fields): Sql {
  return listed(byColumn(fields).map(([column, value]) => sql`${column} = ${value}`));
}

function byColumn(fields: Fields, prefix = ""): (readonly [Sql, SqlValue])[] {
  return Object.entries(fields).flatMap(([name, value]) => {
    const column = prefix + snake(name);
    return isValue(value) ? [[named(column), value] as const] : byColumn(value, `${column}_`);
  });
}

const isValue = (value: SqlValue | Fields): value is SqlValue =>
  typeof value !== "object" ||
  value === null ||
  Array.isArray(value) ||
  value instanceof Date ||
  value instanceof Uint8Array;

const names = new Map<string, string>();

/** `reviewOn` to `review_on`. */
export function snake(name: string): string {
  const known = names.get(name) ?? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  names.set(name, known);
  return known;
}

export function statementOf(query: Sql): Statement {
  const params: SqlValue[] = [];
  const text = ({ texts, values }: Sql): string =>
    texts.reduce((whole, part, at) => {
      const value = values[at - 1];
      if (value === undefined) throw new Error(`A value of "${whole.slice(0, 60)}" is undefined`);
      if (isSql(value)) return whole + text(value) + part;
      params.push(value);
      return `${whole}$${params.length}${part}`;
    });
  return { sql: text(query), params };
}

function isSql(value: SqlValue | Sql): value is Sql {
  return typeof value === "object" && value !== null && "texts" in value;
}
