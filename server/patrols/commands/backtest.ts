import { type BacktestReply, backtestQuery } from "#core/patrols/wire/backtest.ts";
import { typesNote } from "#core/records/types.ts";
import { formatCount } from "#core/text/numbers.ts";
import { type Command, faultyOption, operatorActor, UsageError } from "#server/cli/command.ts";
import { runBacktest } from "#server/patrols/run-backtest.ts";

export const backtestCommand: Command = {
  name: "backtest",
  usage:
    "backtest --from DATE --to DATE [--kinds a,b] [--sources a,b] [--categories a,b] [--types a,b] [--method a,b] [--resolution 8..10] [--horizon DAYS] [--area NAME] [--by cell|street]",
  summary:
    "How well each way to forecast would have ranked the cells, each period by what was known",
  options: {
    from: { type: "string", summary: "First local date of the periods to forecast" },
    to: { type: "string", summary: "Last local date, included" },
    kinds: { type: "string", summary: "complaint,sighting (default) or arrest,stop_search" },
    sources: { type: "string", summary: "resident,partner (default for reports), police" },
    categories: { type: "string", summary: "Default all: kerb_crawling, asb, ..." },
    types: {
      type: "string",
      summary: 'The sources\' own words: "drugs,other theft"; all unless said',
    },
    method: {
      type: "string",
      summary:
        "forecast,count-3,count-12,count-36,density,prospective (default), or blend-12-3: 30% count-12, 70% forecast",
    },
    resolution: { type: "string", summary: "H3 resolution (default 10)" },
    horizon: { type: "string", summary: "Days of a period; months of the calendar unless said" },
    area: { type: "string", summary: "Borough, ward or neighbourhood" },
    by: { type: "string", summary: "cell (default), or street: at equal length of street" },
  },
  positionals: [0, 0],
  audit: { verb: "consultation", act: "backtest forecasts", purpose: "assessment" },
  run: async (context, { values }) => {
    if (values["by"] === "street" && values["resolution"] !== undefined) {
      throw new UsageError("--resolution is of cells; streets have none.");
    }
    const parsed = backtestQuery.safeParse(values);
    if (!parsed.success) throw new UsageError(faultyOption(values, parsed.error.issues));
    const json = await runBacktest(context, operatorActor(context.operator), parsed.data);
    return { json, text: describe(json) };
  },
};

function describe(reply: BacktestReply): string[] {
  const period = reply.horizon === "month" ? "months" : `periods of ${reply.horizon} days`;
  const [first] = reply.methods;
  const shares = first?.shares.map(({ share }) => `${share * 100}%`.padStart(16)).join("") ?? "";
  return [
    `PAI by share of the ${reply.resolution === null ? "length of street" : "area"}, ties averaged (range over all orders of ties). ${first?.folds ?? 0} ${period} from ${reply.from} to ${reply.to}, each from what was known at its start.`,
    `Study area ${reply.studyArea}, ${unitsOf(reply)}; ${formatCount(reply.reports)} events.${reply.types ? ` ${typesNote(reply.types)}` : ""}`,
    ...(reply.leftOut ? [reply.leftOut] : []),
    `Plan uses: ${reply.usedByPlan}.`,
    `${"".padEnd(12)}${shares}`,
    ...reply.methods.map(({ method, shares: rows }) => {
      const figures = rows.map(({ pai, paiLow, paiHigh }) =>
        `${pai.toFixed(2)} (${paiLow.toFixed(1)}-${paiHigh.toFixed(1)})`.padStart(16),
      );
      return `${method.padEnd(12)}${figures.join("")}`;
    }),
    "",
    ...reply.methods.flatMap(({ method, about, chosen, shares: rows, calibration }) => [
      `${method}: ${about}.`,
      ...ratioLines(rows),
      ...recaptureLines(rows),
      ...calibrationLines(calibration, rows),
      ...Object.entries(chosen).map(([what, times]) => `  most weight, ${times} times: ${what}`),
    ]),
  ];
}

function unitsOf({ cells, resolution, km = 0 }: BacktestReply): string {
  if (resolution !== null) return `${cells} cells of resolution ${resolution}`;
  return `${formatCount(cells)} segments, ${formatCount(Math.round(km))} km of street`;
}

/** How much better than the best count, or worse. */
function ratioLines(rows: Shares): string[] {
  const told = rows.flatMap(({ share, toBestCount }) =>
    toBestCount
      ? [
          `${share * 100}%: ${toBestCount.ratio.toFixed(3)} (${toBestCount.low.toFixed(3)} to ${toBestCount.high.toFixed(3)})`,
        ]
      : [],
  );
  if (told.length === 0) return [];
  return [`  PAI by that of the best count (95% interval over periods): ${told.join(", ")}`];
}

type Shares = BacktestReply["methods"][number]["shares"];

/** Whether the best part keeps its share of all reports from one period to the next. */
function recaptureLines(rows: Shares): string[] {
  const told = rows.flatMap(({ share, rri }) =>
    rri === null ? [] : [`${share * 100}%: ${rri.toFixed(2)}`],
  );
  if (told.length === 0) return [];
  return [
    `  share of all reports by that in the period before (recapture rate index): ${told.join(", ")}`,
  ];
}

/** What was expected beside what came, and how often that lay in the interval. */
function calibrationLines(
  calibration: BacktestReply["methods"][number]["calibration"],
  rows: Shares,
): string[] {
  if (!calibration) return [];
  const line = (where: string, { expected, came, inside }: typeof calibration.whole) =>
    `  ${where}: ${expected.toFixed(1)} expected and ${came.toFixed(1)} come in a period, inside the interval for 8 of 10 in ${(100 * inside).toFixed(0)}%`;
  return [
    line("whole area", calibration.whole),
    ...calibration.shares.map((held, at) => line(`${(rows[at]?.share ?? 0) * 100}%`, held)),
    `  log score of a report's place: ${calibration.logScore.toFixed(3)} nats above an even spread`,
  ];
}
