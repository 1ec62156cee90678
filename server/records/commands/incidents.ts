import { z } from "zod";
import type { Incident, IncidentsDecided, IncidentsReply } from "#core/records/wire/records.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";
import { action, type Command, flag, UsageError } from "#server/cli/command.ts";
import { decideIncidents, findIncidents, readIncidents } from "#server/records/incidents.ts";

/** What is decided of some, by their references, or of all that are listed. */
const decides = (decision: IncidentsDecided["decision"], said: string) =>
  action({
    takes: "[REFERENCE...] [--on DATE] [--all]",
    audit: { verb: "combination", act: "decide on records of one incident", purpose: "records" },
    reads: z.object({
      reference: z.array(z.string()).max(500),
      on: z.iso.date("a day such as 2021-06-05").nullable().default(null),
      all: flag,
    }),
    run: async (act, { reference: references, on, all }) => {
      if (all === references.length > 0) throw new UsageError("Give REFERENCE, or --all.");
      const incidents = all ? "all" : await findIncidents(act, { decision, references, on });
      const done = await decideIncidents(act, { decision, incidents });
      const records = formatQuantity(done.events, "record");
      return { json: done, text: [`${incidentsOf(done.incidents)} ${said} (${records}).`] };
    },
  });

export const incidentsCommand: Command = {
  name: "incidents",
  summary: "List records with the same reference, merge them to count once, or keep them separate",
  options: {
    all: "All listed; with split all merged",
    on: "Day of the first record, YYYY-MM-DD, where references start again every day",
  },
  words: {
    list: action({
      audit: { verb: "consultation", act: "list records of one incident", purpose: "records" },
      run: async (act) => {
        const reply = await readIncidents(act);
        return { json: reply, text: linesOf(reply) };
      },
    }),
    merge: decides("merge", "merged, each counting once"),
    leave: decides("leave", "kept separate"),
    split: decides("split", "separated"),
  },
};

function linesOf({ open, offered, done, merged }: IncidentsReply): string[] {
  if (offered + merged === 0) return ["No possible duplicates."];
  return [
    `${incidentsOf(offered)} may be merged${offered > open.length ? `; the newest ${open.length}:` : offered > 0 ? ":" : "."}`,
    ...open.flatMap(lineOf),
    ...(merged === 0
      ? []
      : [
          `${incidentsOf(merged)} merged${merged > done.length ? `; the newest ${done.length}:` : ":"}`,
        ]),
    ...done.flatMap(lineOf),
  ];
}

/** The counting record first. */
function lineOf({ reference, apart, records }: Incident): string[] {
  return [
    `  ${reference}, ${apart === 0 ? "same place" : `${formatCount(apart)} m apart`}`,
    ...records.map(
      ({ kind, source, category, startsAt, batch, fileName }) =>
        `    ${startsAt.slice(0, 16).replace("T", " ")}  ${kind}, ${source}, ${category}, batch ${batch} "${fileName}"`,
    ),
  ];
}

const incidentsOf = (count: number) => formatQuantity(count, "incident");
