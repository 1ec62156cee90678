import { z } from "zod";
import { hotWords } from "#core/hotspots/hot-words.ts";
import { hotStreetWords } from "#core/hotspots/streets/street-words.ts";
import type { Measure } from "#core/hotspots/wire/hotspots.ts";
import { type HotspotsReply, hotspotsQuery } from "#core/hotspots/wire/hotspots.ts";
import { type StreetsReply, streetsQuery } from "#core/hotspots/wire/streets.ts";
import { linesOf } from "#core/text/lines.ts";
import { formatCount } from "#core/text/numbers.ts";
import { command } from "#server/cli/command.ts";
import { table } from "#server/cli/table.ts";
import { computeHotspots } from "#server/hotspots/compute.ts";
import { computeStreets } from "#server/hotspots/compute-streets.ts";

const shown = { most: 20 };

export const hotspotsCommand = command({
  name: "hotspots",
  takes:
    "--from DATE --to DATE [--kinds a,b] [--sources a,b] [--categories a,b] [--types a,b] [--days fri,sat] [--hours 20-02] [--resolution 8..10] [--area NAME] [--measure count|rate|density|gi|change|emerging] [--by cell|street] [--limit N]",
  summary: "Rank the cells of a period, with the exact test for hotspots",
  options: {
    from: "First local date",
    to: "Last local date, included",
    kinds: "complaint,sighting (default) or arrest,stop_search",
    sources: "resident,partner (default for reports), police",
    categories: "Default all: kerb_crawling, asb, ...",
    types: 'The sources\' own words: "drugs,other theft"; all unless said',
    days: "Days of the week on which the hours begin",
    hours: "Hours, may cross midnight; the end is not included",
    resolution: "H3 resolution (default 10); not with streets",
    area: "Borough, ward, neighbourhood, or drawn:LNG,LAT,...",
    measure: "Measure to rank by",
    by: "cell (default), or street: by stretches of street",
    limit: "Number of rows (default: all)",
  },
  audit: { verb: "consultation", act: "read hotspots", purpose: "problem_solving" },
  reads: z.preprocess(
    (given: object) => ({ by: "cell", ...given }),
    z.discriminatedUnion(
      "by",
      [
        hotspotsQuery.extend({ by: z.literal("cell") }),
        streetsQuery.extend({
          by: z.literal("street"),
          resolution: z.undefined("streets have none").optional(),
        }),
      ],
      "it is cell or street",
    ),
  ),
  run: async (act, asked) => {
    if (asked.by === "street") {
      const json = await computeStreets(act, asked);
      return { json, text: describeStreets(json) };
    }
    const json = await computeHotspots(act, asked);
    return { json, text: describe(json) };
  },
});

function describeStreets({ sentence, note, studyArea, segments, test, rows }: StreetsReply) {
  return linesOf(
    sentence,
    note,
    `Study area ${studyArea}, ${formatCount(segments)} segments of street. ${test}.`,
    table(
      rows,
      {
        "": (_, at) => at + 1,
        count: ({ count }) => count,
        "per 100 m": ({ per100m }) => per100m.toFixed(1),
        metres: ({ metres }) => metres.toFixed(0),
        q: ({ q }) => q.toPrecision(2),
        hotspot: (row) => (row.hot || row.beside ? hotStreetWords(row) : ""),
        "stretch of street": ({ place }) => place,
      },
      shown,
    ),
  );
}

function describe({ sentence, studyArea, cells, test, measure, rows }: HotspotsReply): string[] {
  const { heading, show } = columns[measure];
  return [
    sentence,
    `Study area ${studyArea}, ${cells} cells. ${test}.`,
    ...table(
      rows,
      {
        "": (_, at) => at + 1,
        count: ({ count }) => count,
        [heading]: show,
        hotspot: (row) => (row.hot || row.beside ? hotWords(row) : ""),
        place: ({ place }) => place,
      },
      shown,
    ),
  ];
}

type Row = HotspotsReply["rows"][number];

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

/** Changes between periods of unequal length are fractional. */
function signed(change: number): string {
  const text = Number.isInteger(change) ? String(change) : change.toFixed(1);
  return change > 0 ? `+${text}` : text;
}
