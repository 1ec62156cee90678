import type { Incident, IncidentsDecided, IncidentsReply } from "#core/records/wire/records.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";
import { type Command, operatorAct, UsageError } from "#server/cli/command.ts";
import { decideIncidents, findIncidents, readIncidents } from "#server/records/incidents.ts";

const usage =
  "incidents list | merge REFERENCE...|--all | leave REFERENCE...|--all | split REFERENCE...|--all";

/** Records of one incident by their reference, as the page offers them: to be merged, left or parted. */
export const incidentsCommand: Command = {
  name: "incidents",
  usage,
  summary: "List records with the same reference, merge them to count once, or keep them separate",
  options: {
    all: { type: "boolean", summary: "All listed; with split all merged" },
    on: {
      type: "string",
      summary: "Day of the first record, YYYY-MM-DD, where references start again every day",
    },
  },
  positionals: [1, 501],
  audit: { verb: "combination", act: "decide on records of one incident", purpose: "records" },
  run: async (context, { positionals: [word = "", ...references], values }) => {
    const act = operatorAct(context);
    const all = values["all"] === true;
    if (word === "list" && references.length === 0 && !all) {
      act.restate({ verb: "consultation", act: "list records of one incident" });
      const reply = await readIncidents(act);
      return { json: reply, text: linesOf(reply) };
    }
    const decision = decisions.find((one) => one === word);
    if (decision === undefined || all === references.length > 0) {
      throw new UsageError(`"${word}" is not understood: ${usage}.`);
    }
    const on = typeof values["on"] === "string" ? values["on"] : null;
    if (on !== null && !/^\d{4}-\d{2}-\d{2}$/.test(on)) {
      throw new UsageError(`--on "${on}" is not a day such as 2021-06-05.`);
    }
    const incidents = all ? "all" : await findIncidents(act, { decision, references, on });
    const done = await decideIncidents(act, { decision, incidents });
    const records = formatQuantity(done.events, "record");
    return {
      json: done,
      text: [`${incidentsOf(done.incidents)} ${saidOf[decision]} (${records}).`],
    };
  },
};

const decisions = ["merge", "leave", "split"] as const;
const saidOf: Readonly<Record<IncidentsDecided["decision"], string>> = {
  merge: "merged, each counting once",
  leave: "kept separate",
  split: "separated",
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

/** The record that counts comes first. */
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
