import { FindingMark } from "#client/hotspots/FindingMark.tsx";
import { lookOf } from "#client/hotspots/finding-look.ts";
import type { Finding } from "#client/hotspots/findings.ts";
import { type HotspotsView, leadingSource, type Measure } from "#client/hotspots/view.ts";
import type { Palette } from "#client/map/palette.ts";
import { formatCount, formatDecimal } from "#client/ui/format.ts";
import type { TableColumn } from "#client/ui/SortableTable.tsx";
import { VisuallyHidden } from "#client/ui/VisuallyHidden.tsx";
import type { CellEffort } from "#core/hotspots/effort.ts";
import type { Hotspot } from "#core/hotspots/rank.ts";

/** What a measure adds to a row of the list. */
export interface MeasuredRow extends Hotspot {
  readonly finding: Finding | null;
  readonly effort: CellEffort | null;
}

export interface MeasureColumnsInput {
  readonly view: HotspotsView;
  readonly palette: Palette;
  /** Whether a change is told between periods of one length. */
  readonly isEven: boolean;
}

/** The columns after the name of a place; null where counts are the list. */
export function measureColumns<Row extends MeasuredRow>({
  view,
  palette,
  isEven,
}: MeasureColumnsInput): readonly TableColumn<Row>[] | null {
  const { measure } = view;
  const counted = (label: string) =>
    numberColumn<Row>("count", label, ({ count }) => formatCount(count));
  const found = (row: Row, text: string) => (
    <FoundCell
      measure={measure}
      finding={row.finding}
      palette={palette}
      isHollow={leadingSource(view) === "discovered"}
      text={text}
    />
  );
  switch (measure) {
    case "change":
      return [
        isEven
          ? numberColumn("before", "Before", ({ before = 0 }) => formatCount(before))
          : numberColumn("before", "Before, scaled", (row) => formatDecimal(scaledBefore(row))),
        counted("Now"),
        numberColumn("change", "Change", (row) => found(row, formatSigned(row.change ?? 0))),
      ];
    case "emerging":
      return [
        counted("Reports"),
        {
          key: "finding",
          label: "Pattern",
          sortable: true,
          cell: (row) => found(row, lookOf(measure, row.finding)?.word ?? ""),
        },
      ];
    case "effort":
      return [
        counted("Records"),
        onScreen(
          numberColumn("hours", "Hours", ({ effort }) =>
            formatDecimal((effort?.minutes ?? 0) / 60),
          ),
        ),
        onScreen(numberColumn("rate", "An hour", (row) => rateText(row.effort))),
      ];
    case "count":
    case "hot":
      return null;
  }
}

/** What the baseline would have in a period of this length: from it the change is told. */
function scaledBefore({ count, change = 0 }: MeasuredRow): number {
  return count - change;
}

/** In the order of the columns; null for a column that is not of a measure. */
export function compareMeasured(a: MeasuredRow, b: MeasuredRow, key: string): number | null {
  switch (key) {
    case "before":
      return (a.before ?? 0) - (b.before ?? 0);
    case "change":
      return (a.change ?? 0) - (b.change ?? 0);
    case "finding":
      return (a.finding ?? "").localeCompare(b.finding ?? "");
    case "hours":
      return (a.effort?.minutes ?? 0) - (b.effort?.minutes ?? 0);
    case "rate":
      return (a.effort?.rate ?? -1) - (b.effort?.rate ?? -1);
    default:
      return null;
  }
}

interface FoundCellProps {
  readonly measure: Measure;
  readonly finding: Finding | null;
  readonly palette: Palette;
  readonly isHollow: boolean;
  readonly text: string;
}

function FoundCell({ measure, finding, palette, isHollow, text }: FoundCellProps) {
  const look = lookOf(measure, finding);
  if (!look) return <>{text}</>;
  return (
    <span className="nowrap" title={look.word}>
      {text} <FindingMark look={look} palette={palette} isHollow={isHollow} />
      {text === look.word ? null : <VisuallyHidden>{look.word}</VisuallyHidden>}
    </span>
  );
}

/** "0.42", or why there is none. */
function rateText(effort: CellEffort | null): string {
  if (effort?.status === "known" && effort.rate !== null) return effort.rate.toFixed(2);
  return effort?.status === "too_few" ? "Not enough patrol time to tell" : "No patrol logged";
}

/** "+4", "-2", "0", one decimal where periods of unlike length were brought to one. */
export function formatSigned(change: number): string {
  const rounded = Math.round(change * 10) / 10;
  const text = Number.isInteger(rounded)
    ? formatCount(Math.abs(rounded))
    : formatDecimal(Math.abs(rounded));
  if (rounded === 0) return "0";
  return `${rounded > 0 ? "+" : "−"}${text}`;
}

/** Hours and rates of patrol (SAFEGUARDS 6). */
function onScreen<Row>(column: TableColumn<Row>): TableColumn<Row> {
  return { ...column, screenOnly: true };
}

function numberColumn<Row>(
  key: string,
  label: string,
  cell: TableColumn<Row>["cell"],
): TableColumn<Row> {
  return { key, label, cell, isNumber: true, sortable: true };
}
