import { z } from "zod";
import { date, id, instant } from "#core/contract/fields.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";
import { action, type Command, CommandError, listNumber } from "#server/cli/command.ts";
import { linesOr } from "#server/cli/table.ts";
import { sql } from "#server/db/sql.ts";

const listedImport = z.object({
  import: id,
  importedAt: instant,
  person: z.string(),
  /** Seconds. */
  refresh: z.number(),
  firstDay: date,
  lastDay: date,
  days: z.int(),
  minutes: z.number(),
});

/** What `import-positions` has stored. */
export const positionsCommand: Command = {
  name: "positions",
  summary: "List or remove imports of recorded patrol time",
  words: {
    /** Newest first. */
    list: action({
      audit: { verb: "consultation", act: "list recorded patrol time", purpose: "records" },
      run: async ({ db, actor, addDetail }) => {
        const imports = await db.transaction(actor, async (tx) => {
          const found = await tx.rows(
            listedImport,
            sql`select id as import, imported_at, imported_by as person,
                refresh_seconds::float8 as refresh, min(day) as first_day, max(day) as last_day,
                count(*) as days, sum(minutes::float8) as minutes
              from position_import join position_day on import_id = id
              group by id order by id desc`,
          );
          addDetail({ imports: found.length });
          return found;
        });
        const text = imports.map(
          (row) =>
            `${row.import}: ${row.firstDay} to ${row.lastDay}, ${formatQuantity(row.days, "day")}, ${formatCount(Math.round(row.minutes))} minutes, by ${row.person}`,
        );
        const none = "No recorded patrol time. Bring it in with import-positions FILE.";
        return { json: { imports }, text: linesOr(text, none) };
      },
    }),
    remove: action({
      takes: "NUMBER",
      audit: { verb: "erasure", act: "remove recorded patrol time", purpose: "records" },
      reads: z.object({ number: listNumber }),
      run: async ({ db, actor, addDetail }, { number }) => {
        await db.transaction(actor, async (tx) => {
          if (!(await tx.did(sql`delete from position_import where id = ${number}`))) {
            throw new CommandError(
              `There is no import ${number}: "boxster positions list" lists them.`,
            );
          }
          addDetail({ import: number });
        });
        return { json: { import: number, removed: true }, text: [`Import ${number} is gone.`] };
      },
    }),
  },
};
