import type { Sum } from "#tests/support/intruder/figure-solver.ts";
import type { FigureKey, Reading, Row } from "#tests/support/intruder/reading.ts";
import { base, oneFigure, threshold, type Written } from "#tests/support/intruder/written.ts";

/** What is drawn, ordered or written otherwise than by the one figure of each count, and what that tells of it. */
export interface Traces {
  readonly words: string[];
  readonly bounds: { readonly key: FigureKey; readonly low: number; readonly high: number }[];
  readonly sums: Sum[];
  /** Unknown heights of whole charts. */
  readonly scales: string[];
}

export interface Seen {
  readonly reading: Reading;
  /** By number. */
  readonly form: string;
}

export function tracesIn(seen: readonly Seen[], written: Written): Traces {
  const traces: Traces = { words: [], bounds: [], sums: [], scales: [] };
  for (const [key, figures] of written) {
    if (figures.size > 1) traces.words.push(`${key} is written as ${[...figures].join(" and ")}`);
  }
  const charts = new Map<string, Bar[]>();
  for (const { reading, form } of seen) {
    if (reading.what === "class") addColour(traces, reading, oneFigure(written, reading.key));
    if (reading.what === "order") addOrder(traces, reading.rows, written);
    if (reading.what === "bar") {
      const chart = `${form} ${reading.chart}`;
      charts.set(chart, [...(charts.get(chart) ?? []), reading]);
    }
  }
  for (const [chart, bars] of charts) addBars(traces, chart, bars, written);
  return traces;
}

function addColour(
  traces: Traces,
  { key, from, to }: Extract<Reading, { readonly what: "class" }>,
  figure: number | null,
): void {
  if (figure !== null && from <= figure && figure <= to) return;
  traces.words.push(`${key} has the colour of ${from} to ${to}`);
  traces.bounds.push({ key, low: from, high: to + base - 1 });
}

/** Most first, equal ones by name, and those without a figure last: by what is written alone. */
function addOrder(traces: Traces, rows: readonly Row[], written: Written): void {
  for (const [at, then] of rows.slice(1).entries()) {
    const first = rows[at] ?? then;
    const more = (oneFigure(written, first.key) ?? -1) - (oneFigure(written, then.key) ?? -1);
    if (more > 0 || (more === 0 && first.name.localeCompare(then.name, "en") <= 0)) continue;
    traces.words.push(`${first.key} stands before ${then.key}`);
    const terms = new Map([[first.key, 1] as const, [then.key, -1] as const]);
    traces.sums.push({ terms, low: 0, high: Number.POSITIVE_INFINITY });
  }
}

interface Bar {
  readonly key: FigureKey;
  readonly height: number;
}

/** Bars that are not of the written figures are taken for the counts themselves, at a scale that is not known. */
function addBars(traces: Traces, chart: string, bars: readonly Bar[], written: Written): void {
  const figures = bars.map(({ key }) => oneFigure(written, key));
  const most = Math.max(threshold, ...figures.map((figure) => figure ?? 0));
  const isAsWritten = bars.every(({ height }, at) => {
    const figure = figures[at] ?? null;
    return figure !== null && Math.abs(height - (100 * figure) / most) < 0.001;
  });
  if (isAsWritten) return;
  const scale = `scale of ${chart}`;
  traces.words.push(`the bars of ${chart} are not of what is written`);
  traces.scales.push(scale);
  for (const { key, height } of bars) {
    const terms = new Map([[key, 100] as const, [scale, -height] as const]);
    traces.sums.push({ terms, low: -0.01, high: 0.01 });
  }
}
