import { cellAt, eventResolution, type H3Cell } from "#core/geo/cell.ts";
import { createPlane } from "#core/geo/plane.ts";
import { pointsAlong } from "#core/geo/points-along.ts";
import { type ListedPlace, listPlaces } from "#core/places/finding/list.ts";
import { searchPlaces } from "#core/places/finding/search.ts";
import { postcodeKey, streetKey, withoutHouseNumber } from "#core/places/gazetteer/names.ts";
import { matchedName } from "#core/places/wire/gazetteer.ts";
import type { FoundPlace } from "#core/releases/file/public-notices.ts";
import type { ReleaseDocument } from "#core/releases/wire/release.ts";
import type { Services } from "#server/acts/services.ts";
import { systemActor } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";
import { fixedAreas, placesOf } from "#server/places/places.ts";

/** About half a cell: a road of miles is looked at in some hundred points. */
const stepMetres = 60;
const mostFound = 12;

/**
 * The areas of a release that a typed name or postcode lies in: of an area, a street or a place of
 * the gazetteer by its whole name, else of those whose words begin so. What was typed is kept
 * nowhere.
 */
export async function findAreas(
  { db }: Pick<Services, "db">,
  { areas }: ReleaseDocument,
  typed: string,
): Promise<FoundPlace[]> {
  const key = streetKey(typed);
  const keys = [key, withoutHouseNumber(key)];
  const isNamed = (name: string) => keys.includes(streetKey(name));
  const named = areas.filter(({ name }) => isNamed(name));
  if (named.length > 0) return named.map((area) => ({ name: area.name, areas: [area] }));
  const places = await placesOf({ db });
  const { areaOf } = fixedAreas(places);
  const around = (name: string, cells: readonly H3Cell[]): FoundPlace => {
    const ids = new Set(cells.map((cell) => areaOf(cell, null)));
    return { name, areas: areas.filter(({ id }) => ids.has(id)) };
  };
  const listed = listPlaces(places.reply.gazetteer).filter(({ kind }) => kind !== "corner");
  const whole = listed.filter(({ street, name }) => isNamed(street === "" ? name : street));
  const known = await db.transaction(systemActor, (tx) =>
    tx.rows(
      matchedName.pick({ name: true, cell: true }),
      sql`select name, cell from gazetteer_name
        where name_key = any(${[...keys, postcodeKey(typed) ?? key]}::text[]) limit 100`,
    ),
  );
  const found = [
    ...whole.map((place) => around(place.name, cellsOf(place))),
    ...known.map(({ name, cell }) => around(name, [cell])),
  ];
  const exact = distinct(found);
  if (exact.length > 0) return exact;
  const begun = searchPlaces([...areas.map(asPlace), ...listed], typed).slice(0, mostFound);
  return distinct(
    begun.map((one) =>
      "area" in one ? { name: one.name, areas: [one.area] } : around(one.name, cellsOf(one)),
    ),
  );
}

function asPlace(area: ReleaseDocument["areas"][number]) {
  return { name: area.name, key: streetKey(area.name), area };
}

/** The cells that a place lies in; of a street, all along it. */
function cellsOf({ at, lines, points }: ListedPlace): H3Cell[] {
  const along = lines.flatMap((line) => {
    const plane = createPlane(line[0] ?? at);
    return pointsAlong(line.map(plane.toPlane), stepMetres).map(plane.toPosition);
  });
  return [...new Set([at, ...points, ...along].map((one) => cellAt(one, eventResolution)))];
}

/** Those in the release, each line once: a street known by several points is one. */
function distinct(found: readonly FoundPlace[]): FoundPlace[] {
  const lines = found
    .filter(({ areas }) => areas.length > 0)
    .map((one) => [`${one.name} ${one.areas.map(({ id }) => id).join()}`, one] as const);
  return [...new Map(lines).values()].slice(0, mostFound);
}
