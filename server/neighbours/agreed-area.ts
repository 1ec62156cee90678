import { boundsOfPolygons, isWithin } from "#core/geo/bounds.ts";
import {
  cellAt,
  cellCentre,
  cellRing,
  eventResolution,
  type H3Cell,
  parentCell,
  roundedPosition,
  zoneResolution,
} from "#core/geo/cell.ts";
import type { AgreedArea } from "#core/neighbours/wire.ts";
import { compareText } from "#core/text/text-order.ts";
import type { Agreement } from "#server/neighbours/agreements.ts";
import type { Places } from "#server/places/places.ts";

export interface NamedZone {
  readonly zone: H3Cell;
  readonly name: string;
}

export function namedZones(
  { nameOf }: Pick<Places, "nameOf">,
  { cells }: Pick<Agreement, "cells">,
): NamedZone[] {
  const zones = [...new Set(cells.map((cell) => parentCell(cell, zoneResolution)))];
  const used = new Map<string, number>();
  return zones.sort(compareText).map((zone) => {
    const plain = nameOf(cellAt(cellCentre(zone), eventResolution));
    const times = (used.get(plain) ?? 0) + 1;
    used.set(plain, times);
    return { zone, name: times === 1 ? plain : `${plain} (${times})` };
  });
}

/** Their side: zones from north to south, the line, and names around. Nothing counted. */
export function agreedArea(places: Places, agreement: Agreement): AgreedArea {
  const northOf = (zone: H3Cell) => cellCentre(zone)[1];
  const zones = namedZones(places, agreement)
    .toSorted((a, b) => northOf(b.zone) - northOf(a.zone))
    .map(({ zone, name }) => ({ name, ring: cellRing(zone).map(roundedPosition) }));
  const around = boundsOfPolygons([zones.map(({ ring }) => ring)]);
  const { edges, gazetteer } = places.reply;
  const line = edges.find(({ neighbour }) => neighbour === agreement.neighbour)?.lines ?? [];
  const names = new Map(
    [...gazetteer.neighbourhoods, ...gazetteer.stations]
      .filter(({ at }) => isWithin(around, at))
      .map(({ name, at }) => [name, { name, at: roundedPosition(at) }]),
  );
  return { zones, line: line.map((part) => part.map(roundedPosition)), names: [...names.values()] };
}
