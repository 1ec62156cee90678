import { type ChangeVerdict, changeVerdict } from "#core/hotspots/change.ts";
import { hotWords } from "#core/hotspots/hot-words.ts";
import type { HotspotsQuery, HotspotsReply } from "#core/hotspots/wire/hotspots.ts";
import type { FigureRow, PinnedFigure } from "#core/place-plans/wire/place-plans.ts";
import { eventKinds, kindName } from "#core/records/kinds.ts";
import { formatDate } from "#core/time/words.ts";

/** Rows kept of a ranking: a plan is read at a table. */
export const pinnedRows = 10;
/** More would be a report. */
export const mostFigures = 12;

/** The part of a reply to keep. A chosen cell without events is not listed. */
export function pinnedOf(
  query: HotspotsQuery,
  reply: HotspotsReply,
  chosen: { readonly cell: string; readonly place: string } | null,
): PinnedFigure {
  const rows = chosen
    ? [reply.rows.find(({ cell }) => cell === chosen.cell) ?? emptyRow(chosen)]
    : reply.rows.slice(0, pinnedRows);
  return {
    of: chosen ? "cell" : "ranking",
    from: reply.from,
    to: reply.to,
    days: query.days ?? null,
    hours: query.hours ?? null,
    kinds: reply.kinds,
    sources: reply.sources,
    ...(reply.types ? { types: reply.types } : {}),
    measure: reply.measure,
    resolution: reply.resolution,
    studyArea: reply.studyArea,
    cells: reply.cells,
    total: reply.total,
    test: reply.test,
    sentence: reply.sentence,
    rows: rows.map(rowOf),
  };
}

type Row = HotspotsReply["rows"][number];

function emptyRow({ cell, place }: { readonly cell: string; readonly place: string }): Row {
  return {
    cell,
    place,
    count: 0,
    weight: 0,
    rate: 0,
    density: 0,
    expectedOwn: 0,
    near: 0,
    expected: 0,
    z: null,
    ownP: 1,
    areaP: 1,
    p: 1,
    q: 1,
    hot: false,
    beside: false,
    by: null,
  };
}

function rowOf(row: Row): FigureRow {
  const { cell, place, count, expectedOwn, near, expected, q, hot, beside, by, ...more } = row;
  const { before = null, change = null, changeP = null, changeQ = null, category = null } = more;
  const verdict =
    before === null || change === null ? null : changeVerdict({ before, change, changeP, changeQ });
  const tested = { expectedOwn, near, expected, q, hot, beside, by };
  return { cell, place, count, ...tested, before, change, verdict, category };
}

/** A chosen place with nothing around it is not listed, so it has no test result. */
export function isTested({ expected }: FigureRow): boolean {
  return expected > 0;
}

/** "Complaints, 1 Oct 2021 to 26 Nov 2021, fri,sat 20-02, North; count": what was counted, in one line. */
export function figureBasis(figure: PinnedFigure): string {
  const kinds = figure.kinds.map(nameOfKind).join(", ");
  const who = figure.sources.map((source) => sourceWords[source] ?? source).join(" and ");
  const when = [figure.days, figure.hours === null ? null : `${figure.hours} h`]
    .filter((part) => part !== null)
    .join(" ");
  const types = figure.types ? `, only ${figure.types.join(", ")}` : "";
  return `${kinds} by ${who}${types}, ${formatDate(figure.from)} to ${formatDate(figure.to)}, ${when || "all days and hours"}, ${figure.studyArea}; measure: ${measureWords[figure.measure]}`;
}

const sourceWords: Readonly<Record<string, string>> = {
  resident: "residents",
  partner: "partners",
  police: "police",
};
const measureWords: Readonly<Record<PinnedFigure["measure"], string>> = {
  count: "count",
  rate: "rate per week",
  density: "density",
  gi: "significance",
  change: "change against the days before",
  emerging: "emerging category",
};

/**
 * "14 here, 0.4 by an even spread; 31 with neighbouring cells, 2.8 by an even spread; hotspot (this place)"; of a
 * change "30 here, 31 in the days before: no significant change; ...".
 */
export function figureRowWords({ count, near, expectedOwn, expected, ...row }: FigureRow): string {
  const own = expectedOwn ? `, ${expectedOwn.toFixed(1)} by an even spread` : "";
  const around =
    near > 0 ? [`${near} with neighbouring cells, ${expected.toFixed(1)} by an even spread`] : [];
  const ofTest = [...around, hotWords(row)];
  if (row.before !== null) {
    const verdict = row.verdict ? `: ${verdictWords[row.verdict]}` : "";
    return [`${count} here, ${row.before} in the days before${verdict}`, ...ofTest].join("; ");
  }
  const category = row.category === null ? [] : [row.category];
  return [`${count} here${own}`, ...category, ...ofTest].join("; ");
}

const verdictWords: Readonly<Record<ChangeVerdict, string>> = {
  rise: "a clear rise",
  fall: "a clear fall",
  no_clear_change: "no significant change",
  too_few: "not enough reports to tell whether it changed",
};

/** Uses the kind's name at the time of pinning. */
function nameOfKind(kind: string): string {
  const known = eventKinds.find((one) => one === kind);
  return known ? kindName(known) : kind;
}
