import { reportsWords } from "#client/neighbours/exchange-words.ts";
import { formatDate } from "#client/ui/format.ts";
import { SortableTable, type TableColumn } from "#client/ui/SortableTable.tsx";
import type { GivenTotalReply } from "#core/neighbours/wire.ts";

const columns: readonly TableColumn<GivenTotalReply>[] = [
  { key: "quarter", label: "Quarter", cell: ({ name }) => name },
  {
    key: "reports",
    label: "Reports",
    isNumber: true,
    cell: ({ reports }) => reportsWords(reports),
  },
  { key: "given", label: "Given", cell: ({ givenAt }) => formatDate(givenAt.slice(0, 10)) },
  { key: "reference", label: "Agreement", cell: ({ reference }) => reference },
  {
    key: "zone",
    label: "Zone",
    cell: ({ isOlderZone }) =>
      isOlderZone ? "older: ask again" : <span className="quiet">as it is now</span>,
  },
];

/** Totals of a neighbour's own side, as they were given. */
export function TotalTable(props: {
  readonly caption: string;
  readonly totals: readonly GivenTotalReply[];
}) {
  return (
    <div className="neighbours__scroll">
      <SortableTable
        caption={props.caption}
        columns={columns}
        rows={props.totals}
        rowKey={({ quarter, givenAt }) => `${quarter} ${givenAt}`}
      />
    </div>
  );
}
