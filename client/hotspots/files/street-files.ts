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
  const rows = reply.rows.map((row, index) =>
    Object.values(columns).map((valueFor) => String(valueFor(row, index) ?? "")),
  );
  return csvOf([Object.keys(columns), ...rows, [""], ...aboutRows(reply, notes)]);
}

/** Lines (RFC 7946; five decimals are about a metre). */
export function streetsGeoJson(reply: StreetsReply, notes: FileNotes): string {
  const features = reply.rows.map((row, index) => ({
    type: "Feature",
    geometry: { type: "LineString", coordinates: row.line },
    properties: Object.fromEntries(
      Object.entries(columns).map(([name, valueFor]) => [name, valueFor(row, index)]),
    ),
  }));
  return geoJsonOf(aboutRows(reply, notes), features);
}

type Value = string | number | null;

const columns: Readonly<Record<string, (row: StreetPlaceRow, index: number) => Value>> = {
  rank: (_row, index) => index + 1,
  place: ({ place }) => place,
  street: ({ street }) => street,
  class: (row) => row.class,
  metres: ({ metres }) => Math.round(metres),
  count: ({ count }) => count,
  shared_out: ({ weight }) => tenth(weight),
  per_100_m: ({ per100m }) => tenth(per100m),
  expected: ({ expectedOwn }) => significant(expectedOwn),
  with_streets_that_meet: ({ near }) => near,
  expected_with_streets_that_meet: ({ expected }) => significant(expected),
  p_here: ({ ownP }) => significant(ownP),
  p_with_streets_that_meet: ({ areaP }) => significant(areaP),
  p: ({ p }) => significant(p),
  q: ({ q }) => significant(q),
  hot: hotStreetWords,
};

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
