import { cellCentre, disk, type H3Cell } from "#core/geo/cell.ts";
import type { LoggedVisit } from "#core/patrols/done/read-visits.ts";
import { createRandom, type Random } from "#core/random.ts";
import { addDays, minuteMs, parseLocal, type Zone } from "#core/time/zone.ts";
import { asAtDate, operationStart } from "#data/demo/settings.ts";

const visitMinutes = 15;
const stopsAWalk = 4;
/** By day: every made-up session of outreach is in the evening. */
const firstHour = 10;
const lastHour = 15;

/**
 * Patrols that were logged since the operation began: one or two walks a day along its cells, thinning out towards
 * the side roads, and none elsewhere, so that some finds have hours behind them and some have not. A stream of
 * its own: other draws stay what they are.
 */
export function drawVisits(
  zone: Zone,
  treated: readonly H3Cell[],
  seed: number,
): readonly LoggedVisit[] {
  const random = createRandom(seed + 1);
  const starts = [...treated].sort((a, b) => cellCentre(a)[1] - cellCentre(b)[1]);
  const visits: LoggedVisit[] = [];
  for (let date = operationStart; date < asAtDate; date = addDays(date, 1)) {
    const walks = 1 + random.integer(2);
    for (let walk = 0; walk < walks; walk += 1) {
      const hour = firstHour + walk * 3 + random.integer(lastHour - firstHour - 2);
      visits.push(...drawWalk(random, zone, starts, `${date}T${String(hour).padStart(2, "0")}:00`));
    }
  }
  return visits;
}

function drawWalk(
  random: Random,
  zone: Zone,
  starts: readonly H3Cell[],
  from: string,
): LoggedVisit[] {
  const start = zone.toInstant(parseLocal(from), "earlier");
  let cell = starts[random.integer(starts.length)] as H3Cell;
  return Array.from({ length: stopsAWalk }, (_, stop) => {
    const at = start + stop * (visitMinutes + 5) * minuteMs;
    const visit = { cell, start: at, end: at + visitMinutes * minuteMs, units: 1 };
    const near = disk(cell, 1).filter((other) => other !== cell);
    cell = near[random.integer(near.length)] as H3Cell;
    return visit;
  });
}
