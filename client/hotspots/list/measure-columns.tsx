import { lookOf, measureOf } from "#client/hotspots/measures/list.ts";
import { FindingMark } from "#client/hotspots/measures/Marks.tsx";
import {
  type Answer,
  type Aside,
  isAnswerable,
  type MeasureColumn,
  type MeasuredRow,
  type Unanswerable,
} from "#client/hotspots/measures/measure.ts";
import { type HotspotsView, leadingSource } from "#client/hotspots/state/view.ts";
import type { Palette } from "#client/map/palette.ts";
import type { TableColumn } from "#client/ui/SortableTable.tsx";
import { VisuallyHidden } from "#client/ui/VisuallyHidden.tsx";

export interface MeasureColumnsInput {
  readonly view: HotspotsView;
  readonly aside: Aside | Unanswerable | null | undefined;
  readonly answer: Answer | null;
}

/** Null where counts are the list. */
export function measureColumns(input: MeasureColumnsInput): readonly MeasureColumn[] | null {
  const { view, aside, answer } = input;
  const { id, columns } = measureOf(view.measure);
  if (!columns) return null;
  return columns(
    isAnswerable(aside) && aside.measure === id ? aside : null,
    answer?.measure === id ? answer : null,
  );
}

export function drawnColumns<Row extends MeasuredRow>(
  columns: readonly MeasureColumn[],
  view: HotspotsView,
  palette: Palette,
): readonly TableColumn<Row>[] {
  return columns.map(({ key, label, text, isNumber, isFound, screenOnly }) => ({
    key,
    label,
    isNumber,
    sortable: true,
    ...(screenOnly ? { screenOnly } : {}),
    cell: (row) =>
      isFound ? (
        <FoundCell view={view} row={row} palette={palette} text={text(row)} />
      ) : (
        <span className="hotspots__measured">{text(row)}</span>
      ),
  }));
}

interface FoundCellProps {
  readonly view: HotspotsView;
  readonly row: MeasuredRow;
  readonly palette: Palette;
  readonly text: string;
}

function FoundCell({ view, row, palette, text }: FoundCellProps) {
  const look = lookOf(view.measure, row.finding);
  if (!look) return <>{text}</>;
  const isHollow = leadingSource(view) === "discovered";
  return (
    <span className="nowrap" title={look.word}>
      {text} <FindingMark look={look} palette={palette} isHollow={isHollow} />
      {text === look.word ? null : <VisuallyHidden>{look.word}</VisuallyHidden>}
    </span>
  );
}
