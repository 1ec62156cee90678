import { formatDecimal } from "#client/ui/format.ts";
import type { TableColumn } from "#client/ui/SortableTable.tsx";
import type { AssessmentReply } from "#core/displacement/wire/displacement.ts";
import { formatCount } from "#core/text/numbers.ts";

/** A shape per verdict, so that none relies on colour: up, down, level, three dots. */
export function VerdictMark({ verdict }: { readonly verdict: AssessedRow["verdict"] }) {
  return (
    <svg
      className={`verdict-mark still verdict-mark--${verdict}`}
      viewBox="0 0 16 16"
      aria-hidden="true"
    >
      {verdict === "rise" ? <path d="M8 2.5L14 13H2z" /> : null}
      {verdict === "fall" ? <path d="M8 13.5L2 3h12z" /> : null}
      {verdict === "no_clear_change" ? <path d="M2 6.6h12v2.8H2z" /> : null}
      {verdict === "cannot_tell"
        ? [3, 8, 13].map((x) => <circle key={x} cx={x} cy={8} r={1.8} />)
        : null}
    </svg>
  );
}

export type AssessedRow = AssessmentReply["overall"];
export type EdgeRow = AssessmentReply["edges"][number];

export const verdictWords: Readonly<Record<AssessedRow["verdict"], string>> = {
  rise: "Rise",
  fall: "Fall",
  no_clear_change: "No significant change",
  cannot_tell: "Not enough reports to tell",
};

const inReports = {
  interval: "Vs expected, 95% interval",
  fewer: "fewer",
  none: "as expected",
  answers: verdictWords,
};

type Estimated = Pick<AssessedRow, "low" | "high" | "wdd" | "verdict">;

/** Interval, estimate and answer, as every table ends. */
export function answerColumns<Row extends Estimated>(
  whyNot: (row: Row) => string,
  unit = inReports,
): readonly TableColumn<Row>[] {
  const said = (row: Row) => intervalWords(row, unit.fewer);
  return [
    {
      label: unit.interval,
      cell: (row) => said(row) ?? <span className="quiet">{whyNot(row)}</span>,
    },
    {
      label: "Best estimate",
      cell: (row) => (said(row) === null ? "" : estimateWords(row.wdd, unit)),
    },
    {
      label: "Answer",
      cell: ({ verdict }) => (
        <span className="inline-row middle gap-1">
          <VerdictMark verdict={verdict} /> {unit.answers[verdict]}
        </span>
      ),
    },
  ];
}

/** "63 to 122 more", "14 fewer to 24 more"; null without an interval. */
export function intervalWords(row: Omit<Estimated, "wdd">, fewer = "fewer"): string | null {
  if (row.low === null || row.high === null || row.verdict === "cannot_tell") return null;
  const low = Math.round(row.low);
  const high = Math.round(row.high);
  if (low >= 0) return `${formatCount(low)} to ${formatCount(high)} more`;
  if (high <= 0) return `${formatCount(-high)} to ${formatCount(-low)} ${fewer}`;
  return `${formatCount(-low)} ${fewer} to ${formatCount(high)} more`;
}

/** "93 more", "5 fewer", "as expected". */
export function estimateWords(wdd: number | null, { none, fewer } = inReports): string {
  if (wdd === null) return "";
  const whole = Math.round(wdd);
  if (whole === 0) return none;
  return whole > 0 ? `${formatCount(whole)} more` : `${formatCount(-whole)} ${fewer}`;
}

/** Overdispersion of the months before the start. */
export function scatterWords(dispersion: number | null): string {
  if (dispersion === null) {
    return "not known (too few months), so the interval is not widened for it";
  }
  if (dispersion < 1.05) return "about as much as by chance";
  return `${formatDecimal(dispersion)} times as much as by chance, so the range is wider`;
}

export function placeboWords(placebo: AssessedRow["placebo"]): string {
  if (placebo === null) return "not known (too few comparable places)";
  const [spread, where] = [placebo.spread, `${formatCount(placebo.places)} comparable places`];
  if (spread < 0.005) return `${where} changed alike, as far as chance lets one tell`;
  return `${where} changed by about ${formatCount(Math.round(100 * spread))}% more or less, so the interval is wider`;
}

/** One scale for all bars: -reach to +reach. */
export function reachOf(rows: readonly Omit<Estimated, "wdd">[]): number {
  const ends = rows
    .filter(({ verdict }) => verdict !== "cannot_tell")
    .flatMap(({ low, high }) => [Math.abs(low ?? 0), Math.abs(high ?? 0)]);
  const most = Math.max(10, ...ends);
  const step = 10 ** Math.floor(Math.log10(most));
  return Math.ceil(most / step) * step;
}
