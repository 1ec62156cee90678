import { useEffect, useMemo, useRef, useState } from "react";
import type { KeepClearShown } from "#client/hotspots/choices/KeepClear.tsx";
import { drawnColumns, measureColumns } from "#client/hotspots/list/measure-columns.tsx";
import { measureOf } from "#client/hotspots/measures/list.ts";
import type { MeasureColumn, MeasuredRow } from "#client/hotspots/measures/measure.ts";
import { leavingRows, type Ranked, shownView } from "#client/hotspots/ranked/ranked.ts";
import { useBusiestHours } from "#client/hotspots/ranked/use-busiest-hours.ts";
import type { HotspotsData } from "#client/hotspots/ranked/use-picture.ts";
import { type HotspotsView, leadingSource, showsHot } from "#client/hotspots/state/view.ts";
import { isToldApart, nounOf } from "#client/hotspots/state/words.ts";
import { type Palette, usePalette } from "#client/map/palette.ts";
import type { Store } from "#client/state/store.ts";
import { useStore } from "#client/state/use-store.ts";
import { Button } from "#client/ui/Button.tsx";
import { classNames } from "#client/ui/class-names.ts";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { capitalised, formatDecimal, formatProbability } from "#client/ui/format.ts";
import { Hatch } from "#client/ui/Hatch.tsx";
import { SortableTable, type TableColumn, type TableSort } from "#client/ui/SortableTable.tsx";
import { useMedia } from "#client/ui/use-media.ts";
import { type H3Cell, parentCell } from "#core/geo/cell.ts";
import { hotWords } from "#core/hotspots/hot-words.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";

export interface RankedTableProps {
  readonly data: HotspotsData;
  readonly view: HotspotsView;
  readonly ranked: Ranked | null;
  /** Outside the view: pointing must not draw the whole screen again. */
  readonly hovered: Store<H3Cell | null>;
  readonly keepClear: KeepClearShown;
  readonly onSelect: (cell: H3Cell | null) => void;
}

interface Row extends MeasuredRow {
  readonly rank: number;
  /** The weight as displayed. */
  readonly share: number;
  /** Police finds; null when not chosen. */
  readonly police: number | null;
  /** Partly closed to police in the chosen hours to come. */
  readonly isKeptClear: boolean;
}

const pageRows = 40;

const byCount: TableSort = { key: "count", down: true };

export function RankedTable(props: RankedTableProps) {
  const { view: asked, ranked, hovered, keepClear, onSelect } = props;
  const [chosenSort, setSort] = useState<TableSort | null>(null);
  const [shown, setShown] = useState(pageRows);
  const hoveredCell = useStore(hovered, (cell) => cell);
  const root = useRef<HTMLDivElement>(null);
  const closed = useMemo(() => closedParents(keepClear, ranked), [keepClear, ranked]);
  // Rows lag a choice by a frame or two; columns match the rows.
  const view = useMemo(
    () => shownView({ ...asked, measure: ranked?.measure ?? asked.measure }, ranked?.picture.aside),
    [asked, ranked],
  );
  const palette = usePalette();
  const isPaper = useMedia("print");
  const measured = useMemo(
    () => measureColumns({ view, aside: ranked?.picture.aside, answer: ranked?.answer ?? null }),
    [view, ranked],
  );
  const busiest = useBusiestHours(props.data, ranked, shown);
  const unsorted = useMemo(() => {
    const all = rowsOf(ranked, closed, isPaper);
    // No rows of 0: a report may have weight in these hours but count in others.
    return measured ? all : all.filter(({ count: own }) => own > 0);
  }, [ranked, closed, isPaper, measured]);
  const hasShares = unsorted.some(({ count, share }) => isToldApart(count, share));
  const columns = useMemo(
    () => columnsOf({ view, measured, palette, busiest, hasShares }),
    [view, measured, palette, busiest, hasShares],
  );
  // Other measures have other columns.
  const hasColumn = (one: TableSort | null) => columns.some(({ key }) => key === one?.key);
  const sort = hasColumn(chosenSort) ? chosenSort : null;
  const rows = useMemo(() => sortRows(unsorted, sort, measured), [unsorted, sort, measured]);
  const own = measureOf(view.measure).sort;
  const selectedIndex = rows.findIndex((row) => row.cell === view.cell);
  const count = Math.max(shown, selectedIndex + 1);

  // Scrolls to a cell chosen on the map or, with the focus, one left by its story.
  const lastCell = useRef(view.cell);
  useEffect(() => {
    const cell = view.cell ?? lastCell.current;
    lastCell.current = view.cell;
    const row = root.current?.querySelector<HTMLElement>(`[data-key="${cell}"]`);
    row?.scrollIntoView({ block: "nearest" });
    if (!view.cell && document.activeElement === document.body) row?.focus();
  }, [view.cell]);

  if (ranked && rows.length === 0) {
    return (
      <EmptyState title="No records match">
        Choose more sources, a longer period or the whole week.
      </EmptyState>
    );
  }
  return (
    <div className="hotspots__table grow" ref={root}>
      {ranked ? <Totals view={view} ranked={ranked} places={rows.length} /> : null}
      <SortableTable
        caption={`Places ranked by ${measureOf(view.measure).rankedBy}`}
        columns={columns}
        rows={rows.slice(0, count)}
        rowKey={(row) => row.cell}
        sort={sort ?? (hasColumn(own) ? own : byCount)}
        onSort={setSort}
        selectedKey={view.cell}
        hoveredKey={hoveredCell}
        onSelect={(row) => onSelect(row?.cell ?? view.cell)}
        onHover={(row) => hovered.set(() => row?.cell ?? null)}
      />
      {rows.length > count ? (
        <>
          <Button look="quiet" className="no-print" onClick={() => setShown(count + pageRows)}>
            Show more of {formatQuantity(rows.length, "place")}
          </Button>
          <p className="print-only quiet small">
            The first {formatCount(count)} of {formatQuantity(rows.length, "place")}.
          </p>
        </>
      ) : null}
    </div>
  );
}

function Totals(props: {
  readonly view: HotspotsView;
  readonly ranked: Ranked;
  readonly places: number;
}) {
  const { view, ranked, places } = props;
  const { summary, shared } = ranked.picture.leading;
  const { one, many } = nounOf(view);
  return (
    <p className="hotspots__totals small" data-testid="list-total">
      {formatQuantity(places, "place")}
      {ranked.measure === view.measure ? "" : " by count"}:{" "}
      <strong>{formatQuantity(summary.total, one, many)}</strong>
      {isToldApart(summary.total, shared) ? (
        <>
          , <strong>{formatDecimal(shared)}</strong> with uncertain times shared out
        </>
      ) : null}
    </p>
  );
}

function closedParents(keepClear: KeepClearShown, ranked: Ranked | null): ReadonlySet<H3Cell> {
  if (keepClear.status !== "shown" || !ranked) return new Set();
  const { resolution } = ranked.picture.lens.study;
  return new Set(keepClear.cells.map((cell) => parentCell(cell, resolution)));
}

function rowsOf(
  ranked: Ranked | null,
  closed: ReadonlySet<H3Cell>,
  isPaper: boolean,
): readonly Row[] {
  if (!ranked) return [];
  const { lens, leading, beside } = ranked.picture;
  return (isPaper ? leavingRows(ranked) : ranked.rows).map((row, index) => {
    const at = lens.study.indexOf.get(row.cell) ?? -1;
    return {
      ...row,
      at,
      rank: index + 1,
      share: leading.shares[at] ?? 0,
      isKeptClear: closed.has(row.cell),
      police: beside ? (beside.summary.counts[at] ?? 0) : null,
      finding: ranked.findings?.[at] ?? null,
    };
  });
}

interface ColumnsInput {
  readonly view: HotspotsView;
  readonly measured: readonly MeasureColumn[] | null;
  readonly palette: Palette;
  readonly busiest: ReadonlyMap<H3Cell, string>;
  /** Uncertain times move the figure of some place by a record or more. */
  readonly hasShares: boolean;
}

function columnsOf(input: ColumnsInput): readonly TableColumn<Row>[] {
  const { view, measured, palette, busiest, hasShares } = input;
  const isHot = view.measure === "significance";
  const hasBeside = leadingSource(view) === "reported" && view.discovered.length > 0;
  const place: readonly TableColumn<Row>[] = [
    number("rank", "#", (row) => row.rank),
    {
      key: "place",
      label: "Place",
      sortable: true,
      cell: (row) => (
        <PlaceCell row={row} isMarked={showsHot(view) && (row.hot || (isHot && row.beside))} />
      ),
    },
  ];
  if (measured) return [...place, ...drawnColumns<Row>(measured, view, palette)];
  const columns: (TableColumn<Row> | null)[] = [
    ...place,
    number("count", leadingSource(view) === "reported" ? "Reports" : "Records", (row) =>
      formatCount(row.count),
    ),
    // The order's column: the test reads counts, so shares give way.
    isHot
      ? number("q", "Chance", (row) => formatProbability(row.q))
      : hasShares
        ? {
            ...number("weight", "Weighted", (row) => formatDecimal(row.share)),
            className: "hotspots__share",
          }
        : null,
    hasBeside ? number("police", "Police", (row) => formatCount(row.police ?? 0)) : null,
    {
      key: "busiest",
      label: "Busiest hours",
      screenOnly: true,
      className: "hotspots__busiest",
      cell: (row) => busiest.get(row.cell) ?? "",
    },
  ];
  return columns.filter((column) => column !== null);
}

function number(key: string, label: string, cell: (row: Row) => string | number) {
  return { key, label, isNumber: true, sortable: true, cell };
}

function PlaceCell({ row, isMarked }: { readonly row: Row; readonly isMarked: boolean }) {
  const words = capitalised(hotWords(row));
  return (
    <>
      {isMarked ? (
        <span
          className={classNames("hot-mark", row.beside && "hot-mark--beside")}
          role="img"
          aria-label={words}
          title={words}
        />
      ) : null}
      {row.isKeptClear ? (
        <span
          className="keep-clear-mark inline-row no-print"
          role="img"
          aria-label="Keep clear"
          title="Keep clear in the chosen hours"
        >
          <Hatch />
        </span>
      ) : null}
      <span className="place-name">{row.place}</span>
    </>
  );
}

function sortRows(
  rows: readonly Row[],
  sort: TableSort | null,
  measured: readonly MeasureColumn[] | null,
): readonly Row[] {
  if (!sort) return rows;
  const sign = sort.down ? -1 : 1;
  const own = measured?.find(({ key }) => key === sort.key)?.compare;
  const order = own ?? orders[sort.key] ?? orders["rank"];
  return [...rows].sort((a, b) => sign * (order?.(a, b) ?? 0) || a.rank - b.rank);
}

const orders: Readonly<Record<string, (a: Row, b: Row) => number>> = {
  rank: (a, b) => a.rank - b.rank,
  place: (a, b) => a.place.localeCompare(b.place, "en-GB"),
  weight: (a, b) => a.weight - b.weight,
  count: (a, b) => a.count - b.count,
  q: (a, b) => a.q - b.q || a.p - b.p,
  police: (a, b) => (a.police ?? 0) - (b.police ?? 0),
};
