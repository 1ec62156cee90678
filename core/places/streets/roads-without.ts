import { metresBetween, type Position, roundedPosition } from "#core/geo/cell.ts";
import { edgeMetres } from "#core/places/nearest-edge.ts";
import type { Nearest } from "#core/places/streets/nearest.ts";
import type { Gazetteer } from "#core/places/wire/places.ts";

type NamedLine = Gazetteer["roads"][number];

/** Streets lie so near to a built-in road that they are it: its points are a metre off, and a road has two sides. */
const nearMetres = 45;
const stepMetres = 50;
/** Shorter stretches are where a junction was built anew. */
const leastMetres = 150;

/** The stretches of built-in roads along which there is no street: beyond the end of an archive, or in a gap of it. */
export function roadsWithout(roads: readonly NamedLine[], nearest: Nearest): NamedLine[] {
  return roads.flatMap(({ name, line }) => {
    const steps = line.flatMap((at, index) => stepsTo(line[index - 1], at));
    const isMissing = steps.map(({ at }) => nearest.segmentAt(at, nearMetres) === null);
    const found: NamedLine[] = [];
    for (let first = 0; first < steps.length; first += 1) {
      if (!isMissing[first]) continue;
      let last = first;
      while (isMissing[last + 1]) last += 1;
      // From the last step with a street to the next.
      const stretch = steps.slice(Math.max(0, first - 1), last + 2);
      const kept = stretch.filter(
        (one, at) => one.isVertex || at === 0 || at === stretch.length - 1,
      );
      const points = kept.map(({ at }) => at);
      if (edgeMetres([points]) >= leastMetres) found.push({ name, line: points });
      first = last;
    }
    return found;
  });
}

function stepsTo(
  from: Position | undefined,
  [lng, lat]: Position,
): { readonly at: [number, number]; readonly isVertex: boolean }[] {
  if (!from) return [{ at: [lng, lat], isVertex: true }];
  const count = Math.max(1, Math.ceil(metresBetween(from, [lng, lat]) / stepMetres));
  return Array.from({ length: count }, (_, index) => {
    const share = (index + 1) / count;
    const at = [from[0] + share * (lng - from[0]), from[1] + share * (lat - from[1])] as const;
    return { at: roundedPosition(at), isVertex: index === count - 1 };
  });
}
