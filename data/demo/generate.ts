import { createRandom, type Random } from "#core/random.ts";
import type { PoliceEvent } from "#core/records/event.ts";
import { parseLocal, type Zone } from "#core/time/zone.ts";
import { drawVisits } from "#data/demo/dose.ts";
import { turnSouth } from "#data/demo/late-turn.ts";
import type { Demonstration } from "#data/demo/model.ts";
import { createOperation, treatedCells } from "#data/demo/operation.ts";
import { createPartners } from "#data/demo/partners.ts";
import { createPatrols } from "#data/demo/patrols.ts";
import { drawPoliceEvents } from "#data/demo/police.ts";
import {
  asAtDate,
  firstDate,
  type Layer,
  type LayerName,
  layers,
  operationStart,
  steadyShare,
} from "#data/demo/settings.ts";
import { createTallies } from "#data/demo/tallies.ts";
import { drawReport } from "#data/demo/what.ts";
import { type Calendar, createCalendar, drawSpan } from "#data/demo/when.ts";
import { createWhereabouts, type DemoPlaces } from "#data/demo/where.ts";

export const demoSeed = 2021;

/**
 * The demonstration data: made up from end to end, the same for the same seed. About 2,500 reports
 * from 1 August 2020 to 26 November 2021 (settings.ts says where and how many), the operation's
 * published arrests and stops as events in its period, its other totals as tallies, three
 * outreach partners with weekly evenings, and last week's agreed patrols.
 */
export function generateDemonstration(
  places: DemoPlaces,
  zone: Zone,
  seed: number = demoSeed,
): Demonstration {
  const random = createRandom(seed);
  const before = createCalendar(random, firstDate, operationStart);
  const after = createCalendar(random, operationStart, asAtDate);
  const whereabouts = createWhereabouts(places);
  const reports = (Object.entries(layers) as [LayerName, Layer][]).flatMap(([name, layer]) => {
    const draw = (calendar: Calendar) =>
      drawEvent(random, zone, { calendar, layer, cell: whereabouts[name](random) });
    const afterCount = Math.round(layer.before * steadyShare * layer.effect);
    const drawn = [
      ...Array.from({ length: layer.before }, () => draw(before)),
      ...Array.from({ length: afterCount }, () => draw(after)),
    ];
    return name === "leaInner" ? turnSouth(drawn, zone, places.gazetteer) : drawn;
  });
  const discovered = drawPoliceEvents(random, zone, after, whereabouts);
  return {
    seed,
    asAt: asAtDate,
    events: [...reports, ...discovered].sort((a, b) => a.startsAt - b.startsAt),
    operation: createOperation(places.gazetteer),
    tallies: createTallies(),
    visits: drawVisits(zone, treatedCells(places.gazetteer), seed),
    patrols: createPatrols(zone),
    partners: createPartners(),
    confirmedAt: zone.toInstant(parseLocal("2021-11-25T09:10"), "earlier"),
  };
}

function drawEvent(
  random: Random,
  zone: Zone,
  {
    calendar,
    layer,
    cell,
  }: {
    readonly calendar: Calendar;
    readonly layer: Layer;
    readonly cell: PoliceEvent["cell"];
  },
): PoliceEvent {
  const report = drawReport(random, layer.mix);
  return { cell, ...report, ...drawSpan(random, zone, calendar, report.category) };
}
