import { lookOf, measureOf } from "#client/hotspots/measures/list.ts";
import { type FileValue, faultOf, isAnswerable } from "#client/hotspots/measures/measure.ts";
import { leavingRows, type Ranked } from "#client/hotspots/ranked/ranked.ts";
import { demoSuffix } from "#core/demo-words.ts";
import { cellCentre, cellRing, type Position } from "#core/geo/cell.ts";
import { describeTest } from "#core/hotspots/test-cells.ts";
import type { HotBy } from "#core/stats/hot.ts";
import { csvRow, defuse } from "#core/table/write-csv.ts";

export interface FileNotes {
  /** "1 to 26 November 2021, Fridays, 20:00 to 02:00" */
  readonly when: string;
  /** "complaints and sightings, reported" */
  readonly what: string;
  /** "Reported by residents and partners" */
  readonly source: string;
  /** Demonstration mark; null where records are real. */
  readonly mark: string | null;
}

export function placesCsv(ranked: Ranked, notes: FileNotes): string {
  const extra = Object.keys(measureValues(ranked, 0));
  const rows = placesOf(ranked).map((place) => [
    ...Object.values(columns).map((valueFor) => text(valueFor(place))),
    ...extra.map((column) => text(place.measured[column] ?? null)),
  ]);
  return csvOf([[...Object.keys(columns), ...extra], ...rows, [""], ...aboutRows(ranked, notes)]);
}

export function csvOf(lines: readonly (readonly string[])[]): string {
  return `${lines.map((cells) => csvRow(cells.map(defuseText))).join("\r\n")}\r\n`;
}

type About = readonly (readonly [string, string])[];

export function geoJsonOf(about: About, features: readonly object[]): string {
  return `${JSON.stringify({ type: "FeatureCollection", about: Object.fromEntries(about), features })}\n`;
}

/** Hexagons (RFC 7946; five decimals are about a metre). */
export function placesGeoJson(ranked: Ranked, notes: FileNotes): string {
  const { cell: _cell, longitude: _lng, latitude: _lat, ...told } = columns;
  const features = placesOf(ranked).map((place) => {
    const { cell } = place.row;
    const properties = Object.entries(told).map(
      ([name, valueFor]) => [name, valueFor(place)] as const,
    );
    return {
      type: "Feature",
      id: cell,
      geometry: { type: "Polygon", coordinates: [cellRing(cell).map(rounded)] },
      properties: { ...Object.fromEntries(properties), ...place.measured, cell },
    };
  });
  return geoJsonOf(aboutRows(ranked, notes), features);
}

/** `hotspots-2021-11-01-to-2021-11-26.csv`; a file of the demonstration says so in its name. */
export function placesFileName(
  { from, to }: { readonly from: string; readonly to: string },
  ending: string,
  mark: string | null,
): string {
  return `hotspots-${from}-to-${to}${demoSuffix(mark)}.${ending}`;
}

interface ListedPlace {
  readonly row: Ranked["rows"][number];
  /** From 0, in the order of the list. */
  readonly index: number;
  /** Counted once however many places a record may belong to. */
  readonly share: number;
  readonly measured: Readonly<Record<string, FileValue>>;
}

function placesOf(ranked: Ranked): ListedPlace[] {
  const { lens, leading } = ranked.picture;
  return leavingRows(ranked).map((row, index) => {
    const at = lens.study.indexOf.get(row.cell) ?? -1;
    const measured = measureValues(ranked, at);
    return { row, index, share: leading.shares[at] ?? 0, measured };
  });
}

export function headRows(
  { mark, when, what, source }: FileNotes,
  about: {
    readonly studyArea: string;
    readonly types: readonly string[];
    readonly sentence: string;
  },
): About {
  return [
    ...(mark === null ? [] : [[mark, "from the demonstration"] as const]),
    ["study area", about.studyArea],
    ["when", when],
    ["what", what],
    ["source", source],
    ...(about.types.length === 0 ? [] : [["types", about.types.join(", ")] as const]),
    ["in a sentence", about.sentence],
  ];
}

function aboutRows(ranked: Ranked, notes: FileNotes): About {
  const { picture, sentence } = ranked;
  const { study } = picture.lens;
  return [
    ...headRows(notes, {
      studyArea: `${study.name}, ${study.cells.length} cells of H3 resolution ${study.resolution}`,
      types: picture.types ?? [],
      sentence,
    }),
    ["test", describeTest(picture.leading.summary.total, study)],
    ...measureLines(ranked),
  ];
}

function rounded([lng, lat]: Position): [number, number] {
  return [Math.round(lng * 1e5) / 1e5, Math.round(lat * 1e5) / 1e5];
}

export function significant(value: number): number {
  return Number(value.toPrecision(6));
}

function text(value: Value): string {
  return value === null ? "" : String(value);
}

/** A negative number is none of the formulas that a spreadsheet would run. */
export function defuseText(cell: string): string {
  return /^-?[\d.]+(?:e[+-]?\d+)?$/.test(cell) ? cell : defuse(cell);
}

/**
 * What a measure adds to each place of a file. Never hours or rates of patrol: dose leaves only as
 * one total (SAFEGUARDS 6).
 */
function measureValues(
  { measure, answer, findings }: Ranked,
  at: number,
): Record<string, FileValue> {
  if (!answer) return {};
  const word = lookOf(measure, findings?.[at] ?? null)?.word ?? null;
  return measureOf(answer.measure).values?.(answer, at, word) ?? {};
}

function measureLines({ measure, picture }: Ranked): About {
  const { aside } = picture;
  const { name } = measureOf(measure);
  const named = ["measure", name] as const;
  const fault = faultOf(aside);
  if (fault !== null) {
    return [
      ["measure", measureOf("count").name],
      ["not answered", `${name}. ${fault}`],
    ];
  }
  if (!isAnswerable(aside)) return [named];
  return [named, ...(measureOf(aside.measure).lines?.(aside) ?? [])];
}

type Value = string | number | boolean | null;

const columns = {
  rank: ({ index }) => index + 1,
  place: ({ row }) => row.place,
  cell: ({ row }) => row.cell,
  longitude: ({ row }) => rounded(cellCentre(row.cell))[0],
  latitude: ({ row }) => rounded(cellCentre(row.cell))[1],
  count: ({ row }) => row.count,
  shared_out: ({ share }) => share,
  expected: ({ row }) => significant(row.expectedOwn),
  with_neighbours: ({ row }) => row.near,
  expected_with_neighbours: ({ row }) => significant(row.expected),
  gi_star_z: ({ row }) => (row.z === null ? null : significant(row.z)),
  p_here: ({ row }) => significant(row.ownP),
  p_with_neighbours: ({ row }) => significant(row.areaP),
  p: ({ row }) => significant(row.p),
  q: ({ row }) => significant(row.q),
  hot: ({ row }) => row.hot,
  beside: ({ row }) => row.beside,
  hot_by: ({ row }) => row.by && hotByWords[row.by],
} satisfies Readonly<Record<string, (place: ListedPlace) => Value>>;

const hotByWords: Readonly<Record<HotBy, string>> = {
  own: "this place",
  area: "this place with its neighbours",
};
