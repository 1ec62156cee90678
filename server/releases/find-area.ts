import { cellAt, eventResolution, type H3Cell, unpackCells } from "#core/geo/cell.ts";
import { createPlane } from "#core/geo/plane.ts";
import { pointsAlong } from "#core/geo/points-along.ts";
import { onceFor } from "#core/once-for.ts";
import { cellsInside } from "#core/places/command.ts";
import { type ListedPlace, listPlaces } from "#core/places/finding/list.ts";
import { searchPlaces } from "#core/places/finding/search.ts";
import {
  postcodeDistrict,
  postcodeKey,
  streetKey,
  withoutHouseNumber,
} from "#core/places/gazetteer/names.ts";
import { matchedName } from "#core/places/wire/gazetteer.ts";
import type { FoundPlace } from "#core/releases/file/public-frame.ts";
import type { ReleaseDocument } from "#core/releases/wire/release.ts";
import { slipsBetween } from "#core/text/slips.ts";
import { compareText } from "#core/text/text-order.ts";
import type { Services } from "#server/acts/services.ts";
import { systemActor } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";
import { type Places, placesOf } from "#server/places/places.ts";

/** About half a cell: a road of miles is looked at in some hundred points. */
const stepMetres = 60;
const mostFound = 12;
const mostClose = 6;
/** Of a ward or postcode: a smaller part is where two maps differ by a few metres. */
const leastPart = 0.07;

interface Findable {
  readonly name: string;
  readonly key: string;
  /** Of a street that is told apart from its namesakes, its own name. */
  readonly street?: string;
  readonly isStreet: boolean;
  readonly cells: () => readonly H3Cell[];
}

interface FoundArea extends FoundPlace {
  readonly key: string;
}

export interface Found {
  readonly places: readonly FoundPlace[];
  /** None has that name; these are nearly so called. */
  readonly isGuess: boolean;
}

export const noneFound: Found = { places: [], isGuess: true };

/**
 * The areas of a release that hold what was typed: an area, ward, neighbourhood, street or station
 * by its whole name, a postcode or the first part of one; else names whose words begin so; else
 * names nearly so spelt. Areas are the release's own, names the places' of today. What was typed is
 * kept nowhere.
 */
export async function findAreas(
  services: Pick<Services, "db">,
  release: ReleaseDocument,
  typed: string,
): Promise<Found> {
  const named = release.areas.map((area): FoundArea => {
    return { name: area.name, key: streetKey(area.name), areas: [area] };
  });
  const own = named.find(({ key }) => key === streetKey(typed));
  if (own) return { places: [own], isGuess: false };
  const known = await namesBeside(services, release);
  const wide = known.filter(({ isStreet }) => !isStreet);
  const imported = await importedNames(services, typed);
  const held = (all: readonly (FoundArea | Omit<Findable, "key">)[]) =>
    distinct(
      all.map((one) => ({
        name: one.name,
        areas: "areas" in one ? one.areas : around(release, one),
      })),
    );
  const begun = (all: readonly (FoundArea | Findable)[]) =>
    searchPlaces(all, typed).slice(0, mostFound);
  for (const look of [
    () => (postcodeKey(typed) === null ? [] : imported),
    () => [...imported, ...wholeNames(known, typed)],
    () => partsOfPostcode(known, typed),
    () => begun([...named, ...wide]),
    () => begun(known),
  ]) {
    const places = held(look());
    if (places.length > 0) return { places, isGuess: false };
  }
  const close = held(closeNames([...named, ...known], streetKey(typed)));
  return { places: close.slice(0, mostClose), isGuess: true };
}

/** Wards and neighbourhoods that are no area of the release, each with those that hold it. */
export async function otherNames(
  services: Pick<Services, "db">,
  release: ReleaseDocument,
): Promise<readonly FoundPlace[]> {
  return (await namesBeside(services, release))
    .filter(({ name, isStreet }) => !isStreet && postcodeDistrict(name) === null)
    .map((one) => ({ name: one.name, areas: around(release, one) }))
    .filter(({ areas }) => areas.length > 0)
    .sort((a, b) => compareText(a.name, b.name));
}

/** Of today's places, but for those that are called as an area of the release is. */
async function namesBeside(services: Pick<Services, "db">, release: ReleaseDocument) {
  const own = new Set(release.areas.map(({ name }) => streetKey(name)));
  const known = findablesOf(await placesOf(services));
  return known.filter(({ key, isStreet }) => isStreet || !own.has(key));
}

function around(release: ReleaseDocument, { isStreet, cells }: Omit<Findable, "key">) {
  return areasOf(release, cells(), isStreet ? 0 : leastPart);
}

/** What a name may be of besides an area of the release, wider places first. */
const findablesOf = onceFor(({ reply, otherNames }: Places): readonly Findable[] => [
  ...Object.entries(otherNames).map(([name, packed]) => ({
    name,
    key: streetKey(name),
    isStreet: false,
    cells: () => unpackCells(packed.split(" "), eventResolution),
  })),
  ...reply.areas
    .filter(({ kind }) => kind === "ward" || kind === "neighbourhood")
    .map((area) => ({
      name: area.name,
      key: streetKey(area.name),
      isStreet: false,
      cells: () => cellsInside([area], eventResolution),
    })),
  ...listPlaces(reply.gazetteer)
    .filter(({ kind }) => kind === "street" || kind === "station")
    .map((place) => ({
      name: place.name,
      key: place.key,
      isStreet: true,
      street: streetKey(place.street) || place.key,
      cells: () => cellsAlong(place),
    })),
]);

/** "12a Silver St", "Fore Street, Edmonton" and "Fore Street N18" too. */
function wholeNames(known: readonly Findable[], typed: string): readonly Findable[] {
  const keys = [typed, typed.split(",")[0] ?? "", typed.replace(endingInPostcode, "")].flatMap(
    keysOf,
  );
  return known.filter(({ key, street = key }) => keys.includes(key) || keys.includes(street));
}

const endingInPostcode = /[\s,]+[a-z]{1,2}\d[a-z\d]?(?:\s*\d(?:[a-z]{2})?)?\s*$/i;

function keysOf(text: string): readonly string[] {
  const key = streetKey(text);
  return [key, withoutHouseNumber(key)].filter(Boolean);
}

/** Of gazetteers: a postcode where one was typed, else streets. */
async function importedNames({ db }: Pick<Services, "db">, typed: string) {
  const postcode = postcodeKey(typed);
  const keys = postcode === null ? keysOf(typed) : [postcode];
  const rows = await db.transaction(systemActor, (tx) =>
    tx.rows(
      matchedName.pick({ name: true, cell: true }),
      sql`select name, cell from gazetteer_name where name_key = any(${keys}::text[]) limit 100`,
    ),
  );
  return rows.map(({ name, cell }) => ({ name, isStreet: true, cells: () => [cell] }));
}

/** "N18 2" of "N18 2TT", as far as it is known; all of N18 for "N18". */
function partsOfPostcode(known: readonly Findable[], typed: string): Omit<Findable, "key">[] {
  const whole = postcodeKey(typed);
  const district = whole?.slice(0, -3) ?? postcodeDistrict(typed);
  if (district === null) return [];
  const parts = known.filter(({ name }) => name.startsWith(`${district} `));
  const sector = parts.filter(({ name }) => name === `${district} ${whole?.at(-3)}`);
  const cells = () => parts.flatMap((part) => part.cells());
  return sector.length > 0 ? sector : [{ name: district, isStreet: false, cells }];
}

/** One slip in four letters, of the whole name or of a word in it. */
function closeNames<Named extends { readonly key: string }>(all: readonly Named[], typed: string) {
  const most = typed.length < 5 ? 0 : Math.min(3, Math.floor(typed.length / 4));
  const slips = (key: string) =>
    Math.abs(key.length - typed.length) > most ? Infinity : slipsBetween(key, typed);
  return all
    .map((one) => ({ one, slips: Math.min(slips(one.key), ...one.key.split(" ").map(slips)) }))
    .filter((close) => close.slips <= most)
    .sort((a, b) => a.slips - b.slips)
    .slice(0, mostFound)
    .map(({ one }) => one);
}

/** The smallest area that holds each cell, by the outlines that the release was made of. */
const areaByCell = onceFor(({ areas, outlines }: ReleaseDocument) => {
  const smallest = outlines.filter(({ area }) => !areas.some(({ parent }) => parent === area));
  return new Map(
    smallest.flatMap(({ area, polygons }) =>
      cellsInside([{ polygons }], eventResolution).map((cell) => [cell, area] as const),
    ),
  );
});

/** Those that hold most first. */
function areasOf(release: ReleaseDocument, cells: readonly H3Cell[], least: number) {
  const byCell = areaByCell(release);
  const counts = new Map<string, number>();
  for (const cell of cells) {
    const area = byCell.get(cell);
    if (area !== undefined) counts.set(area, (counts.get(area) ?? 0) + 1);
  }
  const countOf = ({ id }: { readonly id: string }) => counts.get(id) ?? 0;
  return release.areas
    .filter((area) => countOf(area) > 0 && countOf(area) >= least * cells.length)
    .toSorted((a, b) => countOf(b) - countOf(a));
}

/** The cells that a place lies in; of a street, all along it. */
function cellsAlong({ at, lines, points }: ListedPlace): H3Cell[] {
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
