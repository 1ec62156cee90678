import type { ReactNode } from "react";
import { errorFromFailure } from "#client/api/api-error.ts";
import type { ResourceLoader } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { AskedButton } from "#client/ui/AskedButton.tsx";
import { formatTimeOfDay } from "#client/ui/format.ts";
import { Loaded } from "#client/ui/Loaded.tsx";
import { SortableTable, type TableColumn } from "#client/ui/SortableTable.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import { formatCount } from "#core/text/numbers.ts";
import { formatDate } from "#core/time/words.ts";

interface Imported {
  readonly importedAt: string;
  readonly person: string;
}

interface Removal<Row> {
  readonly label: (row: Row) => string;
  readonly title: (row: Row) => string;
  readonly effect: (row: Row) => string;
  /** "Remove" by default. */
  readonly button?: (row: Row) => string;
  /** Resolves to what was done, in words. */
  readonly run: (row: Row) => Promise<string>;
}

export interface ImportedListProps<Row extends Imported, Reply> {
  readonly resource: ResourceLoader<Reply>;
  readonly rowsOf: (reply: Reply) => readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly caption: string;
  readonly heading: string;
  readonly nameOf: (row: Row) => string;
  readonly linesOf: (row: Row) => readonly string[];
  readonly numbers: readonly (readonly [label: string, of: (row: Row) => number])[];
  readonly removal: Removal<Row>;
  readonly empty: ReactNode;
}

export function ImportedList<Row extends Imported, Reply>(props: ImportedListProps<Row, Reply>) {
  const { resource, rowsOf, keyOf, caption, empty } = props;
  return (
    <Loaded resource={useShared(resource)} onRetry={resource.reload}>
      {(reply) =>
        rowsOf(reply).length === 0 ? (
          empty
        ) : (
          <div className="records__scroll scroll-x">
            <SortableTable
              caption={caption}
              columns={columnsOf(props)}
              rows={rowsOf(reply)}
              rowKey={keyOf}
            />
          </div>
        )
      }
    </Loaded>
  );
}

function columnsOf<Row extends Imported, Reply>({
  heading,
  nameOf,
  linesOf,
  numbers,
  removal,
}: ImportedListProps<Row, Reply>): readonly TableColumn<Row>[] {
  return [
    {
      label: heading,
      cell: (row) => (
        <>
          {nameOf(row)}
          {linesOf(row).map((line) => (
            <div key={line} className="quiet small">
              {line}
            </div>
          ))}
        </>
      ),
    },
    {
      label: "When",
      cell: ({ importedAt }) =>
        `${formatDate(importedAt.slice(0, 10))} ${formatTimeOfDay(importedAt)}`,
    },
    { label: "By", cell: ({ person }) => person },
    ...numbers.map(([label, numberOf]) => ({
      label,
      isNumber: true,
      cell: (row: Row) => formatCount(numberOf(row)),
    })),
    {
      label: "Remove",
      cell: (row) => (
        <AskedButton
          button={{ icon: "trash", label: removal.label(row), children: "Remove" }}
          title={removal.title(row)}
          yes={removal.button?.(row) ?? "Remove"}
          onYes={() => void remove(row, removal)}
        >
          {removal.effect(row)}
        </AskedButton>
      ),
    },
  ];
}

async function remove<Row>(row: Row, { run }: Removal<Row>): Promise<void> {
  try {
    showToast(await run(row));
  } catch (cause) {
    const { title, detail } = errorFromFailure(cause);
    showToast(`${title}. ${detail}`);
  }
}
