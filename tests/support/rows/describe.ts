import { readFile } from "node:fs/promises";
import { type messages, PGlite, protocol } from "@electric-sql/pglite";
import { btree_gist } from "@electric-sql/pglite/contrib/btree_gist";
import { usedPostgis } from "#server/db/postgis-files.ts";
import { migratedSnapshot } from "#tests/support/migrated.ts";
import type { Kind } from "#tests/support/rows/row-type.ts";

const { serialize } = protocol;

/** One column that a statement gives, as the engine itself describes it. */
export interface Column {
  readonly name: string;
  readonly type: string;
  /** A column of a table that may be null; false too where it is worked out or of a view, of which the engine says nothing. */
  readonly mayBeNull: boolean;
}

/** What reads each type of PostgreSQL: anything else, such as a number of 64 bits, must be cast in the statement. */
export const kindsOfType: Readonly<Record<string, readonly Kind[]>> = {
  int2: ["number"],
  int4: ["number"],
  float4: ["number"],
  float8: ["number"],
  text: ["string"],
  varchar: ["string"],
  bool: ["boolean"],
  bytea: ["octets"],
  uuid: ["string"],
  json: ["object", "array", "string", "number", "boolean", "null", "unknown"],
  jsonb: ["object", "array", "string", "number", "boolean", "null", "unknown"],
};

/** Asks PostgreSQL what statements give, without running them. */
export async function openDescriber() {
  const snapshot = new Blob([await readFile(await migratedSnapshot())]);
  const database = await PGlite.create({
    loadDataDir: snapshot,
    extensions: { postgis: usedPostgis(), btree_gist },
  });
  const types = new Map(
    (
      await database.query<{ oid: number; typname: string }>("select oid, typname from pg_type")
    ).rows.map(({ oid, typname }) => [oid, typname]),
  );
  const optional = new Set(
    (
      await database.query<{ place: string }>(
        `select attrelid::text || ' ' || attnum::text as place
         from pg_attribute join pg_class on pg_class.oid = attrelid
         where attnum > 0 and not attnotnull and relkind <> 'v'`,
      )
    ).rows.map(({ place }) => place),
  );
  return {
    describe: async (text: string): Promise<readonly Column[]> => {
      const asked = [
        serialize.parse({ text }),
        serialize.describe({ type: "S" }),
        serialize.sync(),
      ];
      const answered = await database.execProtocolStream(Buffer.concat(asked));
      const described = answered.find(({ name }) => name === "rowDescription");
      const fields = (described as messages.RowDescriptionMessage | undefined)?.fields ?? [];
      return fields.map(({ name, dataTypeID, tableID, columnID }) => ({
        name,
        type: types.get(dataTypeID) ?? String(dataTypeID),
        mayBeNull: tableID !== 0 && optional.has(`${tableID} ${columnID}`),
      }));
    },
    close: () => database.close(),
  };
}
