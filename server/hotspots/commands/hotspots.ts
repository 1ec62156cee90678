import { hotWords } from "#core/hotspots/hot-words.ts";
import type { Measure } from "#core/hotspots/rank.ts";
import { hotStreetWords } from "#core/hotspots/streets/street-words.ts";
import { type HotspotsReply, hotspotsQuery } from "#core/hotspots/wire/hotspots.ts";
import { type StreetsReply, streetsQuery } from "#core/hotspots/wire/streets.ts";
import { formatCount } from "#core/text/numbers.ts";
import {
  type Command,
  type CommandContext,
  type CommandResult,
  faultyOption,
  operatorAct,
  type ParsedArguments,
  UsageError,
} from "#server/cli/command.ts";
import { computeHotspots } from "#server/hotspots/compute.ts";
import { computeStreets } from "#server/hotspots/compute-streets.ts";

const shownRows = 20;

export const hotspotsCommand: Command = {
  name: "hotspots",
  usage:
    "hotspots --from DATE --to DATE [--kinds a,b] [--sources a,b] [--categories a,b] [--types a,b] [--days fri,sat] [--hours 20-02] [--resolution 8..10] [--area NAME] [--measure count|rate|density|gi|change|emerging] [--by cell|street] [--limit N]",
  summary: "Rank the cells of a period, with the exact test for hotspots",
  options: {
    from: { type: "string", summary: "First local date" },
    to: { type: "string", summary: "Last local date, included" },
    kinds: { type: "string", summary: "complaint,sighting (default) or arrest,stop_search" },
    sources: { type: "string", summary: "resident,partner (default for reports), police" },
    categories: { type: "string", summary: "Default all: kerb_crawling, asb, ..." },
    types: {
      type: "string",
      summary: 'The sources\' own words: "drugs,other theft"; all unless said',
    },
    days: { type: "string", summary: "Days of the week on which the hours begin" },
    hours: { type: "string", summary: "Hours, may cross midnight; the end is not included" },
    resolution: { type: "string", summary: "H3 resolution (default 10)" },
    area: { type: "string", summary: "Borough, ward, neighbourhood, or drawn:LNG,LAT,..." },
    measure: { type: "string", summary: "Measure to rank by" },
    by: { type: "string", summary: "cell (default), or street: by stretches of street" },
    limit: { type: "string", summary: "Number of rows (default: all)" },
  },
  positionals: [0, 0],
  audit: { verb: "consultation", act: "read hotspots", purpose: "problem_solving" },
  run: async (context, { values: { by = "cell", ...values } }) => {
    if (by === "street") return runStreets(context, values);
    if (by !== "cell") throw new UsageError("--by must be cell or street.");
    const parsed = hotspotsQuery.safeParse(values);
    if (!parsed.success) throw new UsageError(faultyOption(values, parsed.error.issues));
    const json = await computeHotspots(operatorAct(context), parsed.data);
    return { json, text: describe(json) };
  },
};

async function runStreets(
  context: CommandContext,
  { resolution, ...values }: ParsedArguments["values"],
): Promise<CommandResult> {
  if (resolution !== undefined)
    throw new UsageError("--resolution is of cells; streets have none.");
  const parsed = streetsQuery.safeParse(values);
  if (!parsed.success) throw new UsageError(faultyOption(values, parsed.error.issues));
  const json = await computeStreets(operatorAct(context), parsed.data);
  return { json, text: describeStreetRows(json) };
}

function describeStreetRows(reply: StreetsReply): string[] {
  const rows = reply.rows.slice(0, shownRows).map((row, index) => {
    const cells = [
      String(index + 1).padStart(3),
      String(row.count).padStart(5),
      row.per100m.toFixed(1).padStart(9),
      row.metres.toFixed(0).padStart(6),
      row.q.toPrecision(2).padStart(8),
      (row.hot || row.beside ? hotStreetWords(row) : "").padEnd(39),
      row.place,
    ];
    return cells.join("  ");
  });
  const hidden = reply.rows.length - rows.length;
  return [
    reply.sentence,
    ...(reply.note === null ? [] : [reply.note]),
    `Study area ${reply.studyArea}, ${formatCount(reply.segments)} segments of street. ${reply.test}.`,
    `     count  per 100 m  metres         q${" ".repeat(43)}stretch of street`,
    ...rows,
    ...(hidden > 0 ? [`... and ${hidden} more; --json has all.`] : []),
  ];
}

function describe(reply: HotspotsReply): string[] {
  const { heading, show } = columns[reply.measure];
  const shown = reply.rows.slice(0, shownRows);
  const width = Math.max(9, ...shown.map((row) => show(row).length));
  const rows = shown.map((row, index) => {
    const cells = [
      String(index + 1).padStart(3),
      String(row.count).padStart(5),
      show(row).padStart(width),
      (row.hot || row.beside ? hotWords(row) : "").padEnd(33),
      row.place,
    ];
    return cells.join("  ");
  });
  const hidden = reply.rows.length - rows.length;
  return [
    reply.sentence,
    `Study area ${reply.studyArea}, ${reply.cells} cells. ${reply.test}.`,
    `     count  ${heading.padStart(width)}${" ".repeat(37)}place`,
    ...rows,
    ...(hidden > 0 ? [`... and ${hidden} more; --json has all.`] : []),
  ];
}

type Row = HotspotsReply["rows"][number];

/** The column beside the count: what the rows are ranked by. */
const columns: Readonly<
  Record<Measure, { readonly heading: string; readonly show: (row: Row) => string }>
> = {
  count: { heading: "weight", show: (row) => row.weight.toFixed(1) },
  rate: { heading: "a week", show: (row) => row.rate.toFixed(2) },
  density: { heading: "per km2", show: (row) => row.density.toFixed(0) },
  gi: { heading: "q", show: (row) => row.q.toPrecision(2) },
  change: { heading: "change", show: (row) => signed(row.change ?? 0) },
  emerging: { heading: "category", show: (row) => row.category ?? "" },
};

/** Between periods of unlike length a change is no whole number. */
function signed(change: number): string {
  const text = Number.isInteger(change) ? String(change) : change.toFixed(1);
  return change > 0 ? `+${text}` : text;
}
