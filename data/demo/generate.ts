import { createRandom, type Random } from "#core/random.ts";
import type { PoliceEvent } from "#core/records/event.ts";
import { parseLocal, type Zone } from "#core/time/zone.ts";
import { completeRecipe } from "#data/demo/complete.ts";
import { drawVisits } from "#data/demo/dose.ts";
import { createGround, type DemoPlaces } from "#data/demo/ground.ts";
import { turnLate } from "#data/demo/late-turn.ts";
import type { Demonstration } from "#data/demo/model.ts";
import { createOperation } from "#data/demo/operation.ts";
import { createPartners } from "#data/demo/partners.ts";
import { createPatrols } from "#data/demo/patrols.ts";
import { drawPoliceEvents } from "#data/demo/police.ts";
import type { Layer, Recipe } from "#data/demo/recipe.ts";
import { asAtDate, firstDate, operationStart, steadyShare } from "#data/demo/settings.ts";
import { createTallies } from "#data/demo/tallies.ts";
import { createWardens } from "#data/demo/wardens.ts";
import { drawReport } from "#data/demo/what.ts";
import { type Calendar, createCalendar, drawSpan } from "#data/demo/when.ts";
import { createWhereabouts } from "#data/demo/where.ts";

export const demoSeed = 2021;

/**
 * The demonstration data: made up from end to end, the same for the same places, recipe and seed. Reports from
 * 1 August 2020 to 26 November 2021, about 2,500 of the pack that comes with Boxster (settings.ts says when), the
 * operation's published arrests and stops as events in its period, its other totals as tallies, three outreach
 * partners with weekly evenings, and last week's agreed patrols. Throws a `RecipeError` where a recipe does not fit.
 */
export function generateDemonstration(
  places: DemoPlaces,
  recipe: Recipe,
  zone: Zone,
  seed: number = demoSeed,
): Demonstration {
  const ground = createGround(places, recipe);
  const { layers, walks } = completeRecipe(ground, recipe);
  const random = createRandom(seed);
  const before = createCalendar(random, firstDate, operationStart);
  const after = createCalendar(random, operationStart, asAtDate);
  const placed = layers.map((layer, index) => ({
    layer,
    whereabouts: createWhereabouts(ground, layer, `layers.${index}`),
  }));
  const reports = placed.flatMap(({ layer, whereabouts }) => {
    const draw = (calendar: Calendar) =>
      drawEvent(random, zone, { calendar, layer, cell: whereabouts(random) });
    const afterCount = Math.round(layer.before * steadyShare * layer.effect);
    const drawn = [
      ...Array.from({ length: layer.before }, () => draw(before)),
      ...Array.from({ length: afterCount }, () => draw(after)),
    ];
    return turnLate(drawn, zone, layer);
  });
  const discovered = drawPoliceEvents(random, zone, after, placed);
  return {
    seed,
    asAt: asAtDate,
    events: [...reports, ...discovered].sort((a, b) => a.startsAt - b.startsAt),
    operation: createOperation(ground, recipe),
    tallies: createTallies(),
    visits: drawVisits(zone, ground.treated, seed),
    patrols: createPatrols(zone, walks),
    partners: createPartners(ground, recipe),
    wardens: createWardens(places),
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
