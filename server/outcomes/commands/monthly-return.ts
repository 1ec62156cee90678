import { existsSync } from "node:fs";
import { monthlyReturnCsv } from "#core/outcomes/monthly-return-csv.ts";
import {
  type MonthlyReturnReply,
  type ReturnLine,
  returnMonth,
} from "#core/outcomes/wire/monthly-return.ts";
import { type Command, CommandError, operatorAct, UsageError } from "#server/cli/command.ts";
import { writeWhole } from "#server/cli/write-whole.ts";
import { readMonthlyReturn } from "#server/outcomes/monthly-return.ts";

export const monthlyReturnCommand: Command = {
  name: "monthly-return",
  usage: "monthly-return YYYY-MM [--csv FILE]",
  summary: "Patrol hours, visits, hotspots, stops, arrests and outcomes of a month, for its funder",
  options: {
    csv: {
      type: "string",
      summary: "write what may be shared to this file, which must not exist yet",
    },
  },
  positionals: [1, 1],
  audit: { verb: "consultation", act: "read a monthly return", purpose: "assessment" },
  fileOptions: ["csv"],
  moreHelp: () => [
    "Exact figures, by hotspot too, are for police only. The CSV has rounded totals, and nothing by place.",
  ],
  run: async (context, { positionals, values }) => {
    const month = returnMonth.safeParse(positionals[0]);
    if (!month.success) {
      throw new UsageError(`"${positionals[0]}": ${month.error.issues[0]?.message ?? ""}.`);
    }
    const act = operatorAct(context);
    const file = values["csv"];
    if (file === undefined) {
      const reply = await readMonthlyReturn(act, { month: month.data, form: "exact" });
      return { json: reply, text: textOf(reply) };
    }
    if (typeof file !== "string" || file === "") throw new UsageError("--csv FILE is missing.");
    if (existsSync(file)) throw new CommandError(`${file} exists already: give another name.`);
    context.restate({ verb: "disclosure", act: "download a monthly return" });
    const reply = await readMonthlyReturn(act, { month: month.data, form: "shared" });
    writeWhole(file, monthlyReturnCsv(reply, context.asAt.demo ? "MADE-UP DATA" : null));
    return { json: { file, ...reply }, text: [reply.sentence, `${file}: rounded for sharing.`] };
  },
};

function textOf(reply: MonthlyReturnReply): string[] {
  const { sentence, incomplete, lines, hotspots, notes } = reply;
  return [
    sentence,
    ...(incomplete === null ? [] : [incomplete]),
    ...lines.map(lineText),
    ...(hotspots === null || hotspots.length === 0
      ? []
      : [
          "  visits  hours  reports  hotspot",
          ...hotspots.map(({ visits, hours, reports, place }) =>
            [
              String(visits).padStart(8),
              hours.toFixed(1).padStart(5),
              String(reports).padStart(7),
              place,
            ].join("  "),
          ),
        ]),
    ...notes,
  ];
}

function lineText({ label, words, beside }: ReturnLine): string {
  return `${label}: ${words}${beside === null ? "" : ` (${beside.replace(/\.$/, "")})`}`;
}
