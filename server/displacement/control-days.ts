import {
  controlDayEffect,
  controlDaySentence,
  controlWeeks,
  placeDaysOf,
} from "#core/displacement/control-day-effect.ts";
import { doseEffect, doseSentence, doseWeeks } from "#core/displacement/dose-effect.ts";
import type { ControlDaysReply } from "#core/displacement/wire/control-days.ts";
import { parentCell, zoneResolution } from "#core/geo/cell.ts";
import { addDays } from "#core/time/zone.ts";
import type { Act } from "#server/acts/services.ts";
import { withOptions } from "#server/db/database.ts";
import { pastControlDays } from "#server/patrols/control-days.ts";
import {
  type RecordedCellDay,
  recordedByDay,
  recordedDates,
} from "#server/patrols/positions/recorded.ts";
import { loadDemandColumns } from "#server/records/queries/events.ts";

/** Every date that the tool can work with. */
const longest = { from: "2000-01-01", days: 36_524 };
/** Of the redraws: equal records give an equal answer. */
const seed = 1;

/** All weeks with control days that are over, and what was reported in them. */
export async function controlDayAnswer({
  db,
  actor,
  zone,
  asAt,
  addDetail,
}: Act): Promise<ControlDaysReply> {
  const reading = withOptions(db, { events: true });
  const { draws, weeks, recorded } = await reading.transaction(actor, async (tx) => {
    const past = await pastControlDays(tx, { ...longest, before: asAt.date() });
    addDetail({ weeks: past.draws.length });
    const [first, last] = [past.draws[0]?.week, past.draws.at(-1)?.week];
    if (first === undefined || last === undefined) return { ...past, weeks: [], recorded: [] };
    const reports = await loadDemandColumns(tx, {
      from: zone.startOfDate(first),
      to: zone.startOfDate(addDays(last, 7)),
      before: asAt.now(),
    });
    const dated = controlWeeks({ ...past, reports, zone });
    const span = { from: first, before: addDays(last, 7) };
    const recorded = doseWeeks(dated, {
      dates: new Set(await recordedDates(tx, span)),
      minutes: minutesByZone(await recordedByDay(tx, span)),
    });
    return { ...past, weeks: dated, recorded };
  });
  const effect = controlDayEffect(weeks, seed);
  const dose = doseEffect(recorded, seed);
  return {
    ...effect,
    sentence: controlDaySentence(effect),
    dose: { ...dose, sentence: doseSentence(dose) },
    weeks: draws.map(({ week, places, daysPerPlace }, index) => ({
      week,
      places,
      daysPerPlace,
      ...placeDaysOf(weeks.slice(index, index + 1)),
    })),
  };
}

/** Minutes of all cells of a zone, by `zone date`. */
function minutesByZone(rows: readonly RecordedCellDay[]): ReadonlyMap<string, number> {
  const minutes = new Map<string, number>();
  for (const row of rows) {
    const key = `${parentCell(row.cell, zoneResolution)} ${row.date}`;
    minutes.set(key, (minutes.get(key) ?? 0) + row.minutes);
  }
  return minutes;
}
