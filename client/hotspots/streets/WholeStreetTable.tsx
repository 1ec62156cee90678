import { useMemo, useState } from "react";
import type { StreetTableProps } from "#client/hotspots/streets/StreetTable.tsx";
import { leadingSource } from "#client/hotspots/view.ts";
import { useStore } from "#client/state/use-store.ts";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { formatDecimal } from "#client/ui/format.ts";
import { SortableTable, type TableColumn, type TableSort } from "#client/ui/SortableTable.tsx";
import type { StreetsReply } from "#core/hotspots/wire/streets.ts";
import { formatCount } from "#core/text/numbers.ts";

interface Row extends Readonly<StreetsReply["streets"][number]> {
  readonly rank: number;
}

/** Main streets and side streets as wholes; a row leads to its busiest stretch. */
export function WholeStreetTable({ view, reply, shown }: StreetTableProps) {
  const [sort, setSort] = useState<TableSort>({ key: "rank", down: false });
  const chosen = useStore(shown.chosen, (segment) => segment);
  const rows = useMemo(
    () =>
      reply.streets
        .map((street, index): Row => ({ ...street, rank: index + 1 }))
        .toSorted((a, b) => (sort.down ? -1 : 1) * compare(a, b, sort.key) || a.rank - b.rank),
    [reply, sort],
  );
  const number = { isNumber: true, sortable: true } as const;
  const columns: readonly TableColumn<Row>[] = [
    { key: "rank", label: "#", ...number, cell: (row) => row.rank },
    { key: "street", label: "Street", sortable: true, cell: (row) => <StreetCell row={row} /> },
    {
      key: "count",
      label: leadingSource(view) === "reported" ? "Reports" : "Records",
      ...number,
      cell: (row) => formatCount(row.count),
    },
    { key: "per100m", label: "Per 100 m", ...number, cell: (row) => formatDecimal(row.per100m) },
  ];
  if (rows.length === 0) {
    return (
      <EmptyState title="No street here has a name">
        The streets were brought in without names. Choose Stretches.
      </EmptyState>
    );
  }
  return (
    <div className="hotspots__table">
      <SortableTable
        caption="Whole streets ranked by count"
        columns={columns}
        rows={rows}
        rowKey={(row) => String(row.segment)}
        sort={sort}
        onSort={setSort}
        selectedKey={chosen === null ? null : String(chosen)}
        onSelect={(row) => shown.chosen.set(() => row?.segment ?? null)}
      />
      <p className="quiet small">Streets without a name are in the list of stretches alone.</p>
    </div>
  );
}

function StreetCell({ row }: { readonly row: Row }) {
  return (
    <>
      <span className="place-name">{row.street}</span>{" "}
      <span className="street-metres quiet small">{formatCount(row.metres)} m</span>
    </>
  );
}

function compare(a: Row, b: Row, key: string): number {
  switch (key) {
    case "street":
      return a.street.localeCompare(b.street, "en-GB");
    case "count":
    case "per100m":
      return a[key] - b[key];
    default:
      return a.rank - b.rank;
  }
}
