import { type HotspotsReply, hotspotsQuery } from "#core/wire/hotspots.ts";
import { operatorActor } from "#server/cli/actor.ts";
import { type Command, UsageError } from "#server/cli/command.ts";
import { computeHotspots } from "#server/hotspots/compute.ts";

const shownRows = 20;

export const hotspotsCommand: Command = {
  name: "hotspots",
  usage:
    "hotspots --from DATE --to DATE [--kinds a,b] [--sources a,b] [--days fri,sat] [--hours 20-02] [--resolution 8..10] [--area NAME] [--measure count|rate|density|gi|change]",
  summary: "Rank the cells of a period, with the exact test for more than chance says",
  options: {
    from: { type: "string", summary: "First London date" },
    to: { type: "string", summary: "Last London date, included" },
    kinds: { type: "string", summary: "complaint,sighting (default) or arrest,stop_search" },
    sources: { type: "string", summary: "resident,partner (default for reports), police" },
    days: { type: "string", summary: "Days on which the hours start" },
    hours: { type: "string", summary: "Half-open hours, may cross midnight" },
    resolution: { type: "string", summary: "H3 resolution, 10 unless said" },
    area: { type: "string", summary: "Borough, ward or neighbourhood" },
    measure: { type: "string", summary: "What to rank by" },
  },
  positionals: [0, 0],
  run: async (context, { values }) => {
    const parsed = hotspotsQuery.safeParse(values);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new UsageError(`--${issue?.path.join(".")}: ${issue?.message}.`);
    }
    const json = await computeHotspots(context, operatorActor(context.operator), parsed.data);
    return { json, text: describe(json) };
  },
};

function describe(reply: HotspotsReply): string[] {
  const rows = reply.rows
    .slice(0, shownRows)
    .map(
      (row, index) =>
        `${String(index + 1).padStart(3)}  ${String(row.count).padStart(5)}  ${row.weight.toFixed(1).padStart(7)}  ${row.hot ? "more than expected" : "                  "}  ${row.place}`,
    );
  return [
    reply.sentence,
    `Study area ${reply.studyArea}, ${reply.cells} cells. ${reply.test}.`,
    "     count   weight                      place",
    ...rows,
    ...(reply.rows.length > shownRows
      ? [`... and ${reply.rows.length - shownRows} more; --json has all.`]
      : []),
  ];
}
