import {
  byName,
  type LabelCandidate,
  type NamedParts,
  spotsAlong,
  spotsBeside,
} from "#client/map/sketch-labels.ts";
import { clipLine, type SketchPoint, type SketchView } from "#client/map/sketch-view.ts";
import type { PaperGround } from "#client/map/streets/paper-ground.ts";
import { findStops, type StopToFind } from "#client/patrols/briefing/stop-finding.ts";
import type { Position } from "#core/geo/cell.ts";
import type { Gazetteer } from "#core/places/wire/places.ts";

interface NamedStreet extends NamedParts {
  readonly isMain: boolean;
}

export interface NamesInput {
  readonly gazetteer: Gazetteer;
  readonly roads: readonly NamedParts[];
  /** Null where none are drawn. */
  readonly streets: PaperGround | null;
  readonly view: SketchView;
  readonly stops: readonly StopToFind[];
}

/** From a stop: what is farther says nothing of it. */
const nearM = 200;
/** A shorter side street has no side of its road. */
const sideM = 40;
/** Keeps ticks away from the scale bar. */
const edge = 40;
const isInside = (at: number, length: number) => at >= edge && at <= length - edge;

/**
 * Names in view, in order of priority: main roads and stations for finding the place, then corners
 * and streets, first those used to describe stops, then neighbourhoods.
 */
export function namesInView(input: NamesInput): readonly LabelCandidate[] {
  const { gazetteer, roads, streets, view, stops } = input;
  const ways = streets ? namedStreets(streets, view) : [];
  const middles = stops.map(({ centre }) => view.toPoint(centre));
  const distance = (at: SketchPoint) =>
    Math.min(...middles.map((middle) => Math.hypot(middle[0] - at[0], middle[1] - at[1])));
  const points = <Named extends { readonly name: string; readonly at: Position }>(
    named: readonly Named[],
  ) =>
    named
      .map((one) => ({ ...one, at: view.toPoint(one.at) }))
      .filter(({ at: [x, y] }) => isInside(x, view.width) && isInside(y, view.height))
      .sort((a, b) => distance(a.at) - distance(b.at));
  const along =
    (kind: LabelCandidate["kind"]) =>
    ({ name, parts }: NamedParts): LabelCandidate => ({
      text: name,
      kind,
      spots: spotsAlong(parts, name),
    });
  const nearest = ({ parts }: NamedParts) => Math.min(...parts.flat().map(distance));
  const near = [...ways].sort((a, b) => nearest(a) - nearest(b));
  // With tiles, names run along the streets and no tick is needed.
  const roadNames = (ways.length > 0 ? near.filter(({ isMain }) => isMain) : byName(roads)).map(
    along("road"),
  );
  const stations = points(gazetteer.stations).map(({ name, at }): LabelCandidate => {
    const text = `${name} station`;
    return { text, kind: "station", spots: spotsBeside(at, text, { gap: 20 }) };
  });
  const middleOf = new Map(gazetteer.streets.map(({ name, at }) => [name, view.toPoint(at)]));
  const corners = points(gazetteer.corners).map(({ name, at }): LabelCandidate => {
    const [x, y] = middleOf.get(name) ?? at;
    const side: SketchPoint = [x - at[0], y - at[1]];
    const isKnown = Math.hypot(...side) > sideM * view.scale;
    return ticked("corner", name, at, isKnown ? side : undefined);
  });
  const midpoints = points(gazetteer.streets).map(({ name, at }) => ticked("street", name, at));
  const told = [...stops.map(({ place }) => place), ...findStops(stops, gazetteer)].join(";");
  const isTold = ({ text }: LabelCandidate) => told.includes(text);
  const ticks = [...corners, ...midpoints].filter(
    (tick) => isTold(tick) || distance(tick.mark ?? [0, 0]) <= nearM * view.scale,
  );
  const neighbourhoods = points(gazetteer.neighbourhoods).map(
    ({ name, at }): LabelCandidate => ({
      text: name,
      kind: "place",
      spots: [{ at, turn: 0 }, ...spotsBeside(at, name, { gap: 8 })],
    }),
  );
  const named = [
    ...roadNames,
    ...stations,
    ...near.filter(({ isMain }) => !isMain).map(along("street")),
    ...(ways.length > 0 ? [] : [...ticks.filter(isTold), ...ticks.filter((tick) => !isTold(tick))]),
    // On blank paper they would name nothing visible.
    ...(streets ? neighbourhoods : []),
  ];
  // Name a street once, at its nearest: its corner on the main road, else its point.
  return named.filter(
    ({ text }, index) => named.findIndex((other) => other.text === text) === index,
  );
}

function ticked(
  kind: LabelCandidate["kind"],
  text: string,
  at: SketchPoint,
  side?: SketchPoint,
): LabelCandidate {
  return { text, kind, mark: at, spots: spotsBeside(at, text, { isTicked: true, side }) };
}

function namedStreets({ lines }: PaperGround, view: SketchView): readonly NamedStreet[] {
  const parts = lines.flatMap(({ name, kind, line }) => {
    if (name === null) return [];
    const clipped = clipLine(line.map(view.toPoint), view);
    return clipped.length === 0 ? [] : [{ name, parts: clipped, kind }];
  });
  const main = new Set(parts.filter(({ kind }) => mainKinds.has(kind)).map(({ name }) => name));
  return byName(parts).map((street) => ({ ...street, isMain: main.has(street.name) }));
}

const mainKinds = new Set(["motorway", "main", "secondary"]);
