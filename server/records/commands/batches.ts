import { cleanFileName } from "#core/text/file-name.ts";
import { formatCount } from "#core/text/numbers.ts";
import { formatInstant, type Zone } from "#core/time/zone.ts";
import { type Command, operatorActor } from "#server/cli/command.ts";
import { withOptions } from "#server/db/database.ts";
import { type BatchRow, listBatches } from "#server/records/queries/batches.ts";

export const batchesCommand: Command = {
  name: "batches",
  usage: "batches",
  summary: "What was imported, newest first, by the numbers that undo takes",
  options: {},
  positionals: [0, 0],
  audit: { verb: "consultation", act: "list imports", purpose: "records" },
  run: async ({ db, zone, operator, addDetail }) => {
    const events = withOptions(db, { events: true });
    const rows = await events.transaction(operatorActor(operator), async (tx) => {
      const listed = await listBatches(tx);
      addDetail({ batches: listed.length });
      return listed;
    });
    const batches = rows.map((row) => describe(zone, row));
    return {
      json: { batches },
      text: batches.length > 0 ? lines(batches) : ["Nothing was imported yet."],
    };
  },
};

type Described = ReturnType<typeof describe>;

/** Under the names of the JSON of `import`. */
function describe(zone: Zone, row: BatchRow) {
  const { id, person, importedAt, fileName, profile, rows, accepted, rejected, duplicates } = row;
  return {
    batch: id,
    fileName: cleanFileName(fileName),
    importedAt: formatInstant(zone, importedAt),
    person,
    profile,
    rows,
    accepted,
    rejected,
    duplicates,
    placed: row.placed,
    undoneAt: row.undoneAt === null ? null : formatInstant(zone, row.undoneAt),
    undoneBy: row.undoneBy,
  };
}

function lines(batches: readonly Described[]): string[] {
  const line = (cells: readonly string[]) => cells.join("  ").trimEnd();
  const numbers = (all: readonly string[]) => all.map((one) => one.padStart(10));
  return [
    line(["batch".padStart(6), "imported".padEnd(16), ...numbers(heads), "file"]),
    ...batches.map((one) =>
      line([
        String(one.batch).padStart(6),
        one.importedAt.slice(0, 16).replace("T", " "),
        ...numbers([one.accepted, one.rejected, one.duplicates].map((count) => formatCount(count))),
        `${one.fileName}, by ${one.person}${one.undoneBy === null ? "" : `, undone by ${one.undoneBy}`}`,
      ]),
    ),
  ];
}

const heads = ["accepted", "rejected", "duplicates"];
