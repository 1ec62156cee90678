import type { Random } from "#core/random.ts";
import type { EventCategory, PoliceEvent } from "#core/records/event.ts";
import type { Zone } from "#core/time/zone.ts";
import { pick, pickKey } from "#data/demo/draw.ts";
import type { Layer } from "#data/demo/recipe.ts";
import { arrests, lastLocal, stopSearches } from "#data/demo/settings.ts";
import { type Calendar, drawMoment } from "#data/demo/when.ts";
import type { Whereabouts } from "#data/demo/where.ts";

const arrestWeights: Readonly<Partial<Record<EventCategory, number>>> = {
  kerb_crawling: 52,
  asb: 22,
  other: 26,
};
const stopWeights: Readonly<Partial<Record<EventCategory, number>>> = {
  kerb_crawling: 34,
  asb: 30,
  traffic: 12,
  other: 24,
};

/** A layer, and how the cells of its reports are drawn. */
export interface PlacedLayer {
  readonly layer: Layer;
  readonly whereabouts: Whereabouts;
}

/** The arrests and stops of the operation's period; there are none before it, as its own record begins with it. Most lie where police were sent. */
export function drawPoliceEvents(
  random: Random,
  zone: Zone,
  calendar: Calendar,
  layers: readonly PlacedLayer[],
): PoliceEvent[] {
  const policed = layers.filter(({ layer }) => layer.police > 0);
  const draw = (kind: "arrest" | "stop_search", weights: typeof arrestWeights): PoliceEvent => {
    const category = pickKey<EventCategory>(random, weights);
    const cell = pick(random, policed, ({ layer }) => layer.police).whereabouts(random);
    for (;;) {
      const local = drawMoment(random, calendar, category);
      if (local > lastLocal) continue;
      const at = zone.toInstant(local, "earlier");
      return { cell, kind, source: "police", category, startsAt: at, endsAt: at };
    }
  };
  return [
    ...Array.from({ length: arrests }, () => draw("arrest", arrestWeights)),
    ...Array.from({ length: stopSearches }, () => draw("stop_search", stopWeights)),
  ];
}
