import { z } from "zod";
import { date, id, instant } from "#core/contract/fields.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";
import {
  type Command,
  type CommandContext,
  CommandError,
  type CommandResult,
  operatorAct,
  UsageError,
} from "#server/cli/command.ts";
import { sql } from "#server/db/sql.ts";

/** What `import-positions` has stored. */
export const positionsCommand: Command = {
  name: "positions",
  usage: "positions list | remove NUMBER",
  summary: "List or remove imports of recorded patrol time",
  options: {},
  positionals: [1, 2],
  audit: { verb: "erasure", act: "remove recorded patrol time", purpose: "records" },
  run: async (context, { positionals: [word = "", number] }) => {
    if (word === "list" && number === undefined) return list(context);
    if (word === "remove" && number !== undefined && /^\d{1,9}$/.test(number)) {
      return remove(context, Number(number));
    }
    throw new UsageError(`"${word}" is not understood: positions list | remove NUMBER.`);
  },
};

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

/** Newest first. */
async function list(context: CommandContext): Promise<CommandResult> {
  const { db, actor, restate, addDetail } = operatorAct(context);
  restate({ verb: "consultation", act: "list recorded patrol time" });
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
  return { json: { imports }, text: text.length === 0 ? [none] : text };
}

async function remove(context: CommandContext, number: number): Promise<CommandResult> {
  const { db, actor, addDetail } = operatorAct(context);
  await db.transaction(actor, async (tx) => {
    if (!(await tx.did(sql`delete from position_import where id = ${number}`))) {
      throw new CommandError(`There is no import ${number}: "boxster positions list" lists them.`);
    }
    addDetail({ import: number });
  });
  return { json: { import: number, removed: true }, text: [`Import ${number} is gone.`] };
}
