import { reportsWords } from "#client/neighbours/exchange-words.ts";
import { SortableTable, type TableColumn } from "#client/ui/SortableTable.tsx";
import type { EdgeFigureReply } from "#core/neighbours/wire.ts";

export function FigureTable(props: {
  readonly caption: string;
  readonly figures: readonly EdgeFigureReply[];
}) {
  return (
    <div className="neighbours__scroll scroll-x">
      <SortableTable
        caption={props.caption}
        columns={columns}
        rows={props.figures}
        rowKey={({ quarter }) => quarter}
      />
    </div>
  );
}

const columns: readonly TableColumn<EdgeFigureReply>[] = [
  { label: "Quarter", cell: ({ name }) => name },
  { label: "Reports", isNumber: true, cell: ({ reports }) => reportsWords(reports) },
  {
    label: "Change since first shown",
    cell: ({ revised }) => (revised ? "revised" : <span className="quiet">as first shown</span>),
  },
];
