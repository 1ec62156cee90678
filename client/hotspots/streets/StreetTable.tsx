import { useEffect, useMemo, useRef, useState } from "react";
import { useHotspotsParts } from "#client/hotspots/ranked/hotspots-parts.ts";
import { type HotspotsView, leadingSource } from "#client/hotspots/state/view.ts";
import type { StreetsShown } from "#client/hotspots/streets/streets-shown.ts";
import { useStore } from "#client/state/use-store.ts";
import { Button } from "#client/ui/Button.tsx";
import { classNames } from "#client/ui/class-names.ts";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { capitalised, formatDecimal, formatProbability } from "#client/ui/format.ts";
import { SortableTable, type TableColumn, type TableSort } from "#client/ui/SortableTable.tsx";
import { VisuallyHidden } from "#client/ui/VisuallyHidden.tsx";
import { hotStreetWords } from "#core/hotspots/streets/street-words.ts";
import type { StreetPlaceRow, StreetsReply } from "#core/hotspots/wire/streets.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";

interface StreetTableProps {
  readonly reply: StreetsReply;
  readonly shown: StreetsShown;
  readonly isWhole: boolean;
}

type Row = Pick<StreetPlaceRow, "segment" | "metres" | "count" | "per100m"> & {
  readonly rank: number;
  readonly place: string;
  /** Of a stretch, which is tested. */
  readonly stretch: StreetPlaceRow | null;
};

const pageRows = 40;

/** Ranked stretches of street, or whole streets, each by its busiest stretch; a row and its line on the map are one choice. */
export function StreetTable({ reply, shown, isWhole }: StreetTableProps) {
  const { view } = useHotspotsParts();
  const [chosenSort, setSort] = useState<TableSort | null>(null);
  const [count, setCount] = useState(pageRows);
  const chosen = useStore(shown.chosen, (segment) => segment);
  const hovered = useStore(shown.hovered, (segment) => segment);
  const root = useRef<HTMLDivElement>(null);
  const isTested = !isWhole && view.measure === "significance";
  const columns = useMemo(() => columnsOf(view, isTested), [view, isTested]);
  const sort = columns.some(({ key }) => key === chosenSort?.key) ? chosenSort : null;
  const rows = useMemo(() => {
    const given = isWhole ? wholeStreets(reply) : stretches(reply);
    return sortRows(given, sort);
  }, [reply, isWhole, sort]);
  const chosenAt = rows.findIndex(({ segment }) => segment === chosen);
  const listed = Math.max(count, chosenAt + 1);
  useEffect(() => {
    if (chosen === null) return;
    root.current?.querySelector(`[data-key="${chosen}"]`)?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  if (rows.length === 0) {
    return (
      <EmptyState title="No street here has a name">
        The streets were brought in without names. Choose Stretches.
      </EmptyState>
    );
  }
  const [what, one, many] = isWhole
    ? ["Whole streets", "street"]
    : ["Stretches of street", "stretch", "stretches"];
  return (
    <div className="hotspots__table grow" ref={root}>
      <SortableTable
        caption={`${what} ranked by ${isTested ? "significance" : "count"}`}
        columns={columns}
        rows={rows.slice(0, listed)}
        rowKey={(row) => String(row.segment)}
        sort={sort ?? usualSort}
        onSort={setSort}
        selectedKey={chosen === null ? null : String(chosen)}
        hoveredKey={hovered === null ? null : String(hovered)}
        onSelect={(row) => shown.chosen.set(() => row?.segment ?? null)}
        onHover={(row) => shown.hovered.set(() => row?.segment ?? null)}
      />
      {rows.length > listed ? (
        <Button look="quiet" className="no-print" onClick={() => setCount(listed + pageRows)}>
          Show more of {formatQuantity(rows.length, one, many)}
        </Button>
      ) : null}
      {isWhole ? (
        <p className="quiet small">Streets without a name are in the list of stretches alone.</p>
      ) : null}
    </div>
  );
}

function stretches({ rows }: StreetsReply): readonly Row[] {
  return rows.map((row, index) => ({ ...row, rank: index + 1, stretch: row }));
}

function wholeStreets({ streets }: StreetsReply): readonly Row[] {
  return streets.map((row, index) => ({
    ...row,
    rank: index + 1,
    place: row.street,
    stretch: null,
  }));
}

/** As it came: by count after uncertain times were spread, or by the test. */
const usualSort: TableSort = { key: "rank", down: false };

/** Four columns fit a panel; the file has all figures. */
function columnsOf(view: HotspotsView, isTested: boolean): readonly TableColumn<Row>[] {
  const number = { isNumber: true, sortable: true } as const;
  return [
    { key: "rank", label: "#", ...number, cell: (row) => row.rank },
    {
      key: "place",
      label: "Street",
      sortable: true,
      cell: (row) => <StreetCell row={row} isTested={isTested} />,
    },
    {
      key: "count",
      label: leadingSource(view) === "reported" ? "Reports" : "Records",
      ...number,
      cell: (row) => formatCount(row.count),
    },
    isTested
      ? { key: "q", label: "Chance", ...number, cell: (row) => formatProbability(chanceOf(row)) }
      : {
          key: "per100m",
          label: "Per 100 m",
          ...number,
          cell: (row) => formatDecimal(row.per100m),
        },
  ];
}

function StreetCell({ row, isTested }: { readonly row: Row; readonly isTested: boolean }) {
  const { stretch } = row;
  const words = stretch && capitalised(hotStreetWords(stretch));
  const [name, part] = stretch ? nameParts(stretch) : [row.place, ""];
  const isMarked = stretch !== null && (stretch.hot || (isTested && stretch.beside));
  return (
    <>
      {isMarked ? (
        <span
          className={classNames("hot-mark", stretch.beside && "hot-mark--beside")}
          title={words ?? ""}
        >
          <VisuallyHidden>{words}: </VisuallyHidden>
        </span>
      ) : null}
      <span className="place-name">
        {name} {part === "" ? null : <span className="street-part quiet small">{part}</span>}
      </span>{" "}
      <span className="nowrap quiet small">{formatCount(row.metres)} m</span>
    </>
  );
}

/** "Fore Street", "between Sebastopol Road and Brettenham Road"; "Fore Street by Park Avenue", "(unnamed street)". */
function nameParts({ place, street }: StreetPlaceRow): readonly [string, string] {
  if (street !== null && place.startsWith(street)) {
    return [street, place.slice(street.length).trim()];
  }
  const at = place.endsWith(")") ? place.lastIndexOf(" (") : -1;
  return at < 0 ? [capitalised(place), ""] : [capitalised(place.slice(0, at)), place.slice(at + 1)];
}

function chanceOf({ stretch }: Row): number {
  return stretch?.q ?? 1;
}

function sortRows(rows: readonly Row[], sort: TableSort | null): readonly Row[] {
  if (!sort) return rows;
  const sign = sort.down ? -1 : 1;
  return rows.toSorted((a, b) => sign * compare(a, b, sort.key) || a.rank - b.rank);
}

function compare(a: Row, b: Row, key: string): number {
  switch (key) {
    case "place":
      return a.place.localeCompare(b.place, "en-GB");
    case "q":
      return chanceOf(a) - chanceOf(b) || (a.stretch?.p ?? 1) - (b.stretch?.p ?? 1);
    case "count":
    case "per100m":
      return a[key] - b[key];
    default:
      return a.rank - b.rank;
  }
}
