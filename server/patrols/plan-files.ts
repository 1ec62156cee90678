import { type CalendarIssue, utcText, writeCalendar } from "#core/calendar/write-calendar.ts";
import { sourcesOfWays, wayWords } from "#core/patrols/ground/leg.ts";
import { clockText, toFiveMinutes } from "#core/patrols/ground/words.ts";
import { checkLine, emergencyLine } from "#core/patrols/plan/briefing-words.ts";
import { csvFile } from "#core/table/write-csv.ts";
import { dayMs, formatLocal } from "#core/time/zone.ts";
import type { Act } from "#server/acts/services.ts";
import { issuePlan, sheetsOf, voidText } from "#server/patrols/issue.ts";
import type { WindowRow } from "#server/patrols/queries/patrol-windows.ts";
import { placeOf } from "#server/patrols/replies.ts";
import { describerOf } from "#server/patrols/stored.ts";
import { placesOf } from "#server/places/places.ts";

/** Agreed, not over yet, one row per stop: permitted routes only (SAFEGUARDS 6). */
export async function planTable(
  act: Act,
  planId: string,
): Promise<{ readonly name: string; readonly text: string }> {
  const { zone, nameOf } = await describerOf(act);
  const { number, windows } = await issuePlan(act, planId);
  const local = (at: number) => formatLocal(zone.toLocal(at)).replace("T", " ");
  const isByStreet = windows.some(({ legs }) => legs);
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
  const notes = act.asAt.demo ? [["MADE-UP DATA"]] : [];
  const head = isByStreet ? [...headings, "way there"] : headings;
  const sources = sourcesOfWays(windows).map((source) => [`Ways: ${source}`]);
  const lines = [head, ...rows, ...notes, [emergencyLine], ...sources];
  return {
    name: `neighbourhood-patrol-${number}.csv`,
    text: csvFile(lines),
  };
}

function wayTo({ legs, stops }: WindowRow, stop: number): string {
  if (stop === 0) return "";
  const leg = stops.length > 1 ? legs?.[stop - 1] : undefined;
  return leg?.line ? leg.words : wayWords.crow;
}

/** One week from the first open window; there is no subscription feed. */
const weekMs = 7 * dayMs;

/** iCalendar, one week: neighbourhoods only, no reasons. */
export async function planCalendar(
  act: Act,
  planId: string,
): Promise<{ readonly name: string; readonly text: string }> {
  const { neighbourhoods } = await placesOf(act);
  const { plan, number, windows, at } = await issuePlan(act, planId);
  const first = windows[0]?.start ?? at;
  const week = windows.filter((window) => window.start < first + weekMs);
  const nameAround = (window: (typeof week)[number]) => {
    const cell = window.stops[0]?.cell;
    const around = neighbourhoods.find(({ cells }) => cell !== undefined && cells.includes(cell));
    return around ? `Around ${around.name}` : "In the command";
  };
  const { zone } = act;
  // Void with its shift's sheet, cut to one week or not, so that paper and file agree.
  const entries = sheetsOf(windows).flatMap(({ windows: shift, voidAfter }) =>
    shift.filter((window) => week.includes(window)).map((window) => ({ window, voidAfter })),
  );
  const text = calendarFile(
    entries.map(({ window, voidAfter }) => ({
      uid: `plan-${plan.id}-${window.label}@boxster`,
      start: window.start,
      end: window.end,
      location: nameAround(window),
      description: `Unit ${window.unit}. ${checkLine(number)} ${voidText(zone, voidAfter)}. ${emergencyLine}`,
    })),
    { at, sequence: plan.revision, madeUp: act.asAt.demo },
  );
  return { name: `neighbourhood-patrol-${number}.ics`, text };
}

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

/** One entry of the downloaded week: a neighbourhood-level place, and no reason. */
export interface CalendarEntry {
  readonly uid: string;
  readonly start: number;
  readonly end: number;
  readonly location: string;
  readonly description: string;
}

/** With times in UTC, so that no reader's time zone rules matter. */
export function calendarFile(entries: readonly CalendarEntry[], issue: CalendarIssue): string {
  const name = "Neighbourhood patrol";
  return writeCalendar(
    { product: name, name },
    entries.map(({ uid, start, end, location, description }) => ({
      uid,
      when: [`DTSTART:${utcText(start)}`, `DTEND:${utcText(end)}`],
      summary: "Neighbourhood patrol",
      location,
      description: issue.madeUp ? `MADE-UP DATA. ${description}` : description,
    })),
    issue,
  );
}
