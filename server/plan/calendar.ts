import type { Actor } from "#core/model/role.ts";
import { checkLine, emergencyLine } from "#core/patrol/briefing-words.ts";
import { calendarFile } from "#core/patrol/calendar-file.ts";
import { clockText } from "#core/patrol/words.ts";
import { dayMs } from "#core/time/zone.ts";
import type { Services } from "#server/context.ts";
import { placesOf } from "#server/places/places.ts";
import { issuePlan } from "#server/plan/issue.ts";

/** The file holds one week from the plan's first open window on; there is no standing feed. */
const weekMs = 7 * dayMs;

/** The agreed windows of one week as an iCalendar file: where at the level of a neighbourhood, and no why. */
export async function planCalendar(
  services: Pick<Services, "db" | "zone" | "asAt">,
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
  const text = calendarFile(
    week.map((window) => ({
      uid: `plan-${plan.id}-${window.label}@boxster`,
      start: window.start,
      end: window.end,
      location: nameAround(window),
      description: `Unit ${window.unit}. ${checkLine(number)} Void after ${clockText(services.zone, window.end)}. ${emergencyLine}`,
    })),
    { at, sequence: plan.revision, madeUp: services.asAt.demo },
  );
  return { name: `neighbourhood-patrol-${number}.ics`, text };
}
