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
    const stretches: [number, number][][] = [[]];
    let last: [number, number] | null = null;
    for (const at of line.flatMap((to, index) => stepsTo(line[index - 1], to))) {
      const stretch = stretches.at(-1) ?? [];
      if (nearest.segmentAt(at, nearMetres) === null) {
        // From the last step with a street to the next.
        stretch.push(...(stretch.length === 0 && last ? [last] : []), at);
      } else if (stretch.length > 0) {
        stretch.push(at);
        stretches.push([]);
      }
      last = at;
    }
    return stretches
      .filter((stretch) => edgeMetres([stretch]) >= leastMetres)
      .map((stretch) => ({ name, line: stretch }));
  });
}

function stepsTo(from: Position | undefined, to: Position): [number, number][] {
  if (!from) return [[...to]];
  const count = Math.max(1, Math.ceil(metresBetween(from, to) / stepMetres));
  return Array.from({ length: count }, (_, index) => {
    const share = (index + 1) / count;
    return roundedPosition([
      from[0] + share * (to[0] - from[0]),
      from[1] + share * (to[1] - from[1]),
    ]);
  });
}
