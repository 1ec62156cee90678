import { checkLine, emergencyLine } from "#core/patrols/briefing-words.ts";
import { calendarFile } from "#core/patrols/calendar-file.ts";
import type { Actor } from "#core/role.ts";
import { dayMs } from "#core/time/zone.ts";
import type { ActServices } from "#server/acts/services.ts";
import { issuePlan } from "#server/patrols/issue.ts";
import { sheetsOf, voidText } from "#server/patrols/sheets.ts";
import { placesOf } from "#server/places/places.ts";

/** The file holds one week from the plan's first open window on; there is no standing feed. */
const weekMs = 7 * dayMs;

/** The agreed windows of one week as an iCalendar file: where at the level of a neighbourhood, and no why. */
export async function planCalendar(
  services: Pick<ActServices, "db" | "zone" | "asAt" | "addDetail">,
  actor: Actor,
  planId: string,
): Promise<{ readonly name: string; readonly text: string }> {
  const { neighbourhoods } = await placesOf(services);
  const { plan, number, windows, at } = await issuePlan(services, actor, planId);
  const first = windows[0]?.start ?? at;
  const week = windows.filter((window) => window.start < first + weekMs);
  const nameAround = (window: (typeof week)[number]) => {
    const cell = window.stops[0]?.cell;
    const around = neighbourhoods.find(({ cells }) => cell !== undefined && cells.includes(cell));
    return around ? `Around ${around.name}` : "In the command";
  };
  const { zone } = services;
  // Void with the sheet of its shift, cut to one week or not: paper and file never disagree.
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
    { at, sequence: plan.revision, madeUp: services.asAt.demo },
  );
  return { name: `neighbourhood-patrol-${number}.ics`, text };
}
