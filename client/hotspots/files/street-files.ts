import {
  csvOf,
  type FileNotes,
  geoJsonOf,
  headRows,
  significant,
} from "#client/hotspots/files/place-files.ts";
import { hotStreetWords } from "#core/hotspots/streets/street-words.ts";
import type { StreetPlaceRow, StreetsReply } from "#core/hotspots/wire/streets.ts";

export function streetsCsv(reply: StreetsReply, notes: FileNotes): string {
  const rows = reply.rows.map((row, index) => {
    const values = valuesOf(row, index);
    return columns.map((column) => String(values[column] ?? ""));
  });
  return csvOf([[...columns], ...rows, [""], ...aboutRows(reply, notes)]);
}

/** Lines (RFC 7946; five decimals are about a metre). */
export function streetsGeoJson(reply: StreetsReply, notes: FileNotes): string {
  const features = reply.rows.map((row, index) => ({
    type: "Feature",
    geometry: { type: "LineString", coordinates: row.line },
    properties: valuesOf(row, index),
  }));
  return geoJsonOf(aboutRows(reply, notes), features);
}

const columns = [
  "rank",
  "place",
  "street",
  "class",
  "metres",
  "count",
  "shared_out",
  "per_100_m",
  "expected",
  "with_streets_that_meet",
  "expected_with_streets_that_meet",
  "p_here",
  "p_with_streets_that_meet",
  "p",
  "q",
  "hot",
] as const;

type Value = string | number | null;

function valuesOf(row: StreetPlaceRow, index: number): Record<(typeof columns)[number], Value> {
  return {
    rank: index + 1,
    place: row.place,
    street: row.street,
    class: row.class,
    metres: Math.round(row.metres),
    count: row.count,
    shared_out: tenth(row.weight),
    per_100_m: tenth(row.per100m),
    expected: significant(row.expectedOwn),
    with_streets_that_meet: row.near,
    expected_with_streets_that_meet: significant(row.expected),
    p_here: significant(row.ownP),
    p_with_streets_that_meet: significant(row.areaP),
    p: significant(row.p),
    q: significant(row.q),
    hot: hotStreetWords(row),
  };
}

function aboutRows(reply: StreetsReply, notes: FileNotes): readonly (readonly [string, string])[] {
  const { studyArea, segments, km, types = [] } = reply;
  return [
    ...headRows(notes, {
      studyArea: `${studyArea}, ${segments} stretches of street, ${km.toFixed(1)} km`,
      types,
      sentence: reply.sentence,
    }),
    ...(reply.note === null ? [] : [["without a street", reply.note] as const]),
    ["test", reply.test],
    ...(reply.attribution === null ? [] : [["streets", reply.attribution] as const]),
  ];
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
