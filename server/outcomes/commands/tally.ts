import { z } from "zod";
import { readTallyTable, tallyHeadings } from "#core/outcomes/tally-table.ts";
import * as wire from "#core/outcomes/wire/tallies.ts";
import { formatDateRange } from "#core/time/words.ts";
import {
  action,
  type Command,
  type CommandAct,
  CommandError,
  type CommandResult,
  listNumber,
} from "#server/cli/command.ts";
import { orNothing, readText, refuseFaults } from "#server/cli/files.ts";
import { linesOr } from "#server/cli/table.ts";
import { correctTally, enterTallies, readTallies } from "#server/outcomes/tallies.ts";
import { Problem } from "#server/problem.ts";

const purpose = "assessment";
const collects = { verb: "collection", act: "type tallies", purpose } as const;

/** Typed totals: for the exact period typed, never split or summed. */
export const tallyCommand: Command = {
  name: "tally",
  summary: "List, add, import or correct manual totals",
  options: {
    from: "first day, YYYY-MM-DD",
    to: "last day",
    value: "the total; with correct: none to withdraw it",
    breakdown: "by what it is broken down, such as residence",
    part: "which part, such as within_command",
    "taken-from": "the source record or return, without personal details",
    file: "a CSV file",
    reason: Object.keys(wire.tallyReasons).join(", "),
  },
  moreHelp: () => [
    `The CSV needs the columns ${tallyHeadings.join(",")}. It is imported whole or not at all.`,
    "Exact figures are for police only. Public figures: boxster release.",
  ],
  words: {
    list: action({
      audit: { verb: "consultation", act: "read tallies", purpose },
      run: async (act) => {
        const reply = await readTallies(act);
        return { json: reply, text: linesOr(reply.tallies.map(lineOf), "No manual totals yet.") };
      },
    }),
    add: action({
      takes:
        "MEASURE --from DATE --to DATE --value N [--breakdown NAME --part NAME] [--taken-from WORDS]",
      audit: collects,
      reads: wire.writtenTally
        .omit({ takenFrom: true })
        .extend({ "taken-from": wire.writtenTally.shape.takenFrom }),
      run: (act, { "taken-from": takenFrom, ...total }) =>
        enter(act, [{ breakdown: null, part: null, ...total, takenFrom: takenFrom ?? null }]),
    }),
    import: action({
      takes: "--file FILE",
      audit: collects,
      reads: z.object({ file: z.string() }),
      run: async (act, { file }) => {
        const read = await orNothing(act, async () => readTallyTable(await readText(file)));
        if (!read.ok) throw new CommandError(`${read.reason} Nothing was saved.`);
        const { totals, rows, faults } = read.value;
        refuseFaults(faults);
        if (totals.length === 0) {
          throw new CommandError("There are no totals below the headings.");
        }
        return enter(act, totals, rows);
      },
    }),
    correct: action({
      takes: "ID --value N|none --reason NAME",
      audit: { verb: "alteration", act: "correct a tally", purpose },
      reads: wire.correctTallyBody.omit({ revision: true }).extend({
        id: listNumber,
        value: z.string().transform((word) => (word === "none" ? null : word)),
      }),
      run: async (act, { id, ...correction }) => {
        const { tallies } = await correctTally(act, id, correction);
        const corrected = tallies.find((tally) => tally.id === id) ?? null;
        return { json: corrected, text: corrected === null ? [] : [lineOf(corrected)] };
      },
    }),
  },
};

/** `rows`: position of each total in its file. */
async function enter(
  act: CommandAct,
  totals: readonly wire.WrittenTally[],
  rows?: readonly number[],
): Promise<CommandResult> {
  try {
    const { kept } = await enterTallies(act, totals);
    return { json: { kept }, text: [`${kept} kept.`] };
  } catch (error) {
    if (error instanceof Problem && rows) {
      refuseFaults(error.errors.map((one) => ({ ...one, row: rows[(one.row ?? 1) - 1] ?? 0 })));
    }
    throw error;
  }
}

function lineOf({ id, label, from, to, value, changes }: wire.StoredTallyReply): string {
  const last = changes.at(-1);
  const total = value === null ? "withdrawn" : String(value);
  return `${id}  ${formatDateRange(from, to)}  ${label}: ${total} (${last?.by ?? ""}${changes.length > 1 ? ", corrected" : ""})`;
}
