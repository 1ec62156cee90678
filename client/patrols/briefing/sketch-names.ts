import { type LabelWish, spotsAlong, spotsBeside } from "#client/patrols/briefing/sketch-labels.ts";
import type { SketchPoint, SketchView } from "#client/patrols/briefing/sketch-view.ts";
import type { Position } from "#core/geo/cell.ts";
import type { Gazetteer } from "#core/places/wire/places.ts";

interface NamedParts {
  readonly name: string;
  readonly parts: readonly (readonly SketchPoint[])[];
}

export interface NamesInput {
  readonly gazetteer: Gazetteer;
  readonly roads: readonly NamedParts[];
  readonly view: SketchView;
  readonly stops: readonly { readonly at: SketchPoint }[];
}

/**
 * Every name of the ground in view, in the order in which it gets room: main roads and stations by
 * which one finds the place, then corners and streets from the stops outwards, then what the
 * neighbourhood is called.
 */
export function namesInView({ gazetteer, roads, view, stops }: NamesInput): readonly LabelWish[] {
  const distance = (at: SketchPoint) =>
    Math.min(...stops.map((stop) => Math.hypot(stop.at[0] - at[0], stop.at[1] - at[1])));
  const points = (named: readonly { readonly name: string; readonly at: Position }[]) =>
    named
      .map(({ name, at }) => ({ name, at: view.toPoint(at) }))
      .filter(({ at: [x, y] }) => x >= 0 && x <= view.width && y >= 0 && y <= view.height)
      .sort((a, b) => distance(a.at) - distance(b.at));
  const marked = (kind: LabelWish["kind"], text: string, at: SketchPoint): LabelWish => ({
    text,
    kind,
    mark: at,
    spots: spotsBeside(at, text),
  });
  const roadNames = byName(roads).map(
    ({ name, parts }): LabelWish => ({ text: name, kind: "road", spots: spotsAlong(parts) }),
  );
  const stations = points(gazetteer.stations).map(({ name, at }): LabelWish => {
    const text = `${name} station`;
    return { text, kind: "station", spots: spotsBeside(at, text, 20) };
  });
  const streets = points(gazetteer.streets).map(({ name, at }) => marked("street", name, at));
  const corners = points(gazetteer.corners).map(({ name, at }) => marked("corner", name, at));
  const neighbourhoods = points(gazetteer.neighbourhoods).map(
    ({ name, at }): LabelWish => ({
      text: name,
      kind: "place",
      spots: [{ at, turn: 0 }, ...spotsBeside(at, name, 8)],
    }),
  );
  const named = [...roadNames, ...stations, ...corners, ...streets, ...neighbourhoods];
  // A street is named once, where it is nearest: at its corner on the main road, else by its point.
  return named.filter(
    ({ text }, index) => named.findIndex((other) => other.text === text) === index,
  );
}

/** A road of several lines is named once. */
function byName(roads: readonly NamedParts[]): readonly NamedParts[] {
  const joined = new Map<string, (readonly SketchPoint[])[]>();
  for (const { name, parts } of roads) joined.set(name, [...(joined.get(name) ?? []), ...parts]);
  return [...joined].map(([name, parts]) => ({ name, parts }));
}
