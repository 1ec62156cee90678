import { forecastLine } from "#core/patrols/forecast/choice.ts";
import {
  type StreetForecastReply,
  streetForecastQuery,
} from "#core/patrols/wire/street-forecast.ts";
import { typesNote } from "#core/records/types.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";
import { type Command, faultyOption, operatorActor, UsageError } from "#server/cli/command.ts";
import { computeStreetForecast } from "#server/patrols/street-forecast.ts";

export const forecastCommand: Command = {
  name: "forecast",
  usage: "forecast [--weeks 1..13] [--area NAME] [--limit N] [--method NAME] [--types a,b]",
  summary: "Reports expected in the next weeks, by stretch of street at equal length",
  options: {
    weeks: { type: "string", summary: "How many weeks from today (default 4)" },
    area: { type: "string", summary: "Borough, ward or neighbourhood" },
    limit: { type: "string", summary: "How many stretches are listed (default 20)" },
    method: {
      type: "string",
      summary:
        "For this answer: forecast,count-3,count-12,count-36, or blend-12-3: 30% count-12 (default: what Plan uses)",
    },
    types: { type: "string", summary: "The sources' own words, of reports that Plan learns from" },
  },
  positionals: [0, 0],
  audit: { verb: "consultation", act: "forecast by street", purpose: "assessment" },
  run: async (context, { values }) => {
    const parsed = streetForecastQuery.safeParse(values);
    if (!parsed.success) throw new UsageError(faultyOption(values, parsed.error.issues));
    const json = await computeStreetForecast(context, operatorActor(context.operator), parsed.data);
    return { json, text: describe(json) };
  },
};

function describe(reply: StreetForecastReply): string[] {
  const { expected, low, high, km, shares, rows } = reply;
  const share = ({ share: part, holds }: StreetForecastReply["shares"][number]) =>
    `${percent(part)} hold ${percent(holds)}`;
  return [
    `${expected.toFixed(1)} reports (${low} to ${high} in 8 of 10 such periods) are expected from ${reply.from} to ${reply.to} on the streets of ${reply.studyArea}: ${formatQuantity(reply.segments, "segment")}, ${formatCount(Math.round(km))} km.`,
    `From ${formatQuantity(reply.reports, "report")} with a street.${reply.types ? ` ${typesNote(reply.types)}` : ""}`,
    ...(reply.leftOut ? [reply.leftOut] : []),
    forecastLine(reply.choice ?? reply.method),
    ...(reply.method.startsWith("count") ? [] : [`Most weight: ${reply.chosen}.`]),
    `Of the length the best ${shares.map(share).join(", ")} of them.`,
    "",
    `${"expected".padStart(9)}${"per 100 m".padStart(11)}${"metres".padStart(8)}`,
    ...rows.map(
      (row) =>
        `${row.expected.toFixed(2).padStart(9)}${row.per100m.toFixed(2).padStart(11)}${row.metres.toFixed(0).padStart(8)}  ${row.place}`,
    ),
    "",
    "How such forecasts held so far: boxster backtest --by street",
    ...(reply.attribution === null ? [] : [`Streets: ${reply.attribution}`]),
  ];
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)}%`;
}
