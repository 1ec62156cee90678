import { emergencyLine } from "#core/patrols/briefing-words.ts";
import { wayWords } from "#core/patrols/streets/leg.ts";
import { clockText, toFiveMinutes } from "#core/patrols/words.ts";
import type { Actor } from "#core/role.ts";
import { csvRow, defuse } from "#core/table/write-csv.ts";
import { formatLocal } from "#core/time/zone.ts";
import type { ActServices } from "#server/acts/notes.ts";
import { issuePlan } from "#server/patrols/issue.ts";
import type { WindowRow } from "#server/patrols/queries/patrol-windows.ts";
import { placeOf } from "#server/patrols/replies.ts";
import { sheetsOf } from "#server/patrols/sheets.ts";
import { describerOf } from "#server/patrols/stored.ts";

const headings = [
  "number",
  "void after",
  "date",
  "start",
  "end",
  "unit",
  "place",
  "stop",
  "stop place",
  "about",
];

/** How one walks to a stop from the one before. */
function wayTo({ legs, stops }: WindowRow, stop: number): string {
  if (stop === 0) return "";
  const leg = stops.length > 1 ? legs?.[stop - 1] : undefined;
  return leg?.line ? leg.words : wayWords.crow;
}

/** The agreed windows that are still to come, a row a stop: permitted routes and nothing else (SAFEGUARDS 6). */
export async function planTable(
  services: Pick<ActServices, "db" | "zone" | "asAt" | "addDetail">,
  actor: Actor,
  planId: string,
): Promise<{ readonly name: string; readonly text: string }> {
  const { zone, nameOf } = await describerOf(services);
  const { number, windows } = await issuePlan(services, actor, planId);
  const local = (at: number) => formatLocal(zone.toLocal(at)).replace("T", " ");
  const isByStreet = windows.some(({ legs }) => legs !== undefined);
  const rows = sheetsOf(windows).flatMap(({ windows: shift, voidAfter }) =>
    shift.flatMap((window) =>
      window.stops.map((stop, index) => [
        number,
        local(voidAfter),
        zone.dateOf(window.start),
        clockText(zone, window.start),
        clockText(zone, window.end),
        String(window.unit),
        placeOf(window, nameOf),
        String(index + 1),
        nameOf(stop.cell),
        clockText(zone, toFiveMinutes(stop.arrive)),
        ...(isByStreet ? [wayTo(window, index)] : []),
      ]),
    ),
  );
  const notes = services.asAt.demo ? [["MADE-UP DATA"]] : [];
  const head = isByStreet ? [...headings, "way there"] : headings;
  const lines = [head, ...rows, ...notes, [emergencyLine]];
  return {
    name: `neighbourhood-patrol-${number}.csv`,
    text: lines.map((cells) => `${csvRow(cells.map(defuse))}\r\n`).join(""),
  };
}
