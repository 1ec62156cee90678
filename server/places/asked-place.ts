import { cellAt, eventResolution, type H3Cell, type Position } from "#core/geo/cell.ts";
import { createPlane, planeDistance } from "#core/geo/plane.ts";
import { cellsBeside, cellsOfPlace } from "#core/places/finding/cells.ts";
import {
  type ListedPlace,
  listPlaces,
  listSpots,
  oneStreetMetres,
  spotName,
} from "#core/places/finding/list.ts";
import { type StreetGraph, segmentLine, segmentsByName } from "#core/places/streets/graph.ts";
import type { Services } from "#server/acts/services.ts";
import { placesOf } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";

export type AskedPlace = { readonly place: string } | { readonly cell: string };

/** All its cells and its name; says so when a street is not fully known. */
export async function wholePlace(services: Pick<Services, "db" | "streets">, asked: AskedPlace) {
  const places = await placesOf(services);
  const inside = (cells: Iterable<H3Cell>) =>
    [...cells].filter((cell) => places.command.indexOf.has(cell));
  if ("cell" in asked) {
    const cell = asked.cell as H3Cell;
    return { name: spotName(places.nameOf(cell)), cells: inside([cell]) };
  }
  const place = named(listPlaces(places.reply.gazetteer), asked.place);
  const cells = cellsOfPlace(place, places.neighbourhoods);
  if (place.kind !== "street") return { name: place.name, cells: inside(cells) };
  const streets = await services.streets.readable();
  const lines = streets ? linesOfStreet(streets.graph, place) : [];
  const isWhole = place.isDrawn || lines.length > 0;
  return {
    name: isWhole ? place.name : `${place.name} (about 250 m around its middle)`,
    cells: inside(new Set([...cells, ...cellsBeside(lines)])),
  };
}

export async function spotOf(services: Pick<Services, "db">, asked: AskedPlace) {
  if ("cell" in asked) return { place: null, cell: asked.cell as H3Cell };
  const { reply } = await placesOf(services);
  const { name, at } = named(listSpots(reply.gazetteer), asked.place);
  return { place: name, cell: cellAt(at, eventResolution) };
}

function named<Place extends { readonly name: string }>(places: readonly Place[], name: string) {
  const place = places.find((one) => one.name === name);
  if (place) return place;
  const detail =
    "Choose a place from the list. If it was there, load the page again: names have changed.";
  throw new Problem(422, "No such place", detail);
}

/** Imported lines of the street's name, bridging gaps as the list does. */
export function linesOfStreet(
  graph: StreetGraph,
  { street, at, lines, points }: Pick<ListedPlace, "street" | "at" | "lines" | "points">,
): readonly (readonly Position[])[] {
  const plane = createPlane(at);
  const left = new Set(
    (segmentsByName(graph).get(street) ?? []).map((segment) => {
      const line = segmentLine(graph, segment);
      return { line, flat: line.map(plane.toPlane) };
    }),
  );
  const found: (readonly Position[])[] = [];
  const reached = [at, ...points, ...lines.flat()].map(plane.toPlane);
  for (let from = reached.pop(); from !== undefined; from = reached.pop()) {
    const here = from;
    for (const piece of left) {
      if (!piece.flat.some((point) => planeDistance(point, here) <= oneStreetMetres)) continue;
      left.delete(piece);
      found.push(piece.line);
      reached.push(...piece.flat);
    }
  }
  return found;
}
