import { formatCount, formatQuantity } from "#core/text/numbers.ts";
import { formatInstant } from "#core/time/zone.ts";
import {
  type Command,
  type CommandContext,
  CommandError,
  type CommandResult,
  operatorActor,
  UsageError,
} from "#server/cli/command.ts";
import { deletePositionImport, positionImports } from "#server/patrols/queries/position-dose.ts";

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

async function list(context: CommandContext): Promise<CommandResult> {
  const { db, zone, operator, restate, addDetail } = context;
  restate({ verb: "consultation", act: "list recorded patrol time" });
  const rows = await db.transaction(operatorActor(operator), async (tx) => {
    const found = await positionImports(tx);
    addDetail({ imports: found.length });
    return found;
  });
  return {
    json: {
      imports: rows.map(({ id, importedAt, ...row }) => ({
        import: id,
        importedAt: formatInstant(zone, importedAt),
        ...row,
      })),
    },
    text:
      rows.length === 0
        ? ["No recorded patrol time. Bring it in with import-positions FILE."]
        : rows.map(
            (row) =>
              `${row.id}: ${row.firstDay} to ${row.lastDay}, ${formatQuantity(row.days, "day")}, ${formatCount(Math.round(row.minutes))} minutes, by ${row.person}`,
          ),
  };
}

async function remove(context: CommandContext, id: number): Promise<CommandResult> {
  const { db, operator, addDetail } = context;
  await db.transaction(operatorActor(operator), async (tx) => {
    if (!(await deletePositionImport(tx, id))) {
      throw new CommandError(`There is no import ${id}: "boxster positions list" lists them.`);
    }
    addDetail({ import: id });
  });
  return { json: { import: id, removed: true }, text: [`Import ${id} is gone.`] };
}
