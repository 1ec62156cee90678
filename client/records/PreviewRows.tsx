import { categoryWords, oneKindWords, sourceWords } from "#client/hotspots/kind-words.ts";
import { formatDate } from "#client/ui/format.ts";
import { SortableTable, type TableColumn } from "#client/ui/SortableTable.tsx";
import type { PreviewRow } from "#core/import/preview.ts";
import { type RowUnit, rowUnitWords } from "#core/import/row-unit.ts";
import { formatLocal, type Zone } from "#core/time/zone.ts";

export interface PreviewRowsProps {
  readonly rows: readonly PreviewRow[];
  readonly zone: Zone;
  readonly unit: RowUnit;
}

interface Row {
  readonly key: string;
  readonly line: number;
  readonly when: string;
  readonly kind: string;
  readonly source: string;
  readonly category: string;
}

/** The first rows as they would be stored, or why not. */
export function PreviewRows({ rows, zone, unit }: PreviewRowsProps) {
  const refused = rows.filter(({ read }) => !read.ok).length;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table wider than a phone is scrolled by keyboard too
    <section className="preview__rows" aria-label="The first rows" tabIndex={0}>
      <h3>
        {rows.length === 1 ? "The first row" : `The first ${rows.length} rows`}
        {refused > 0 ? `, ${rows.length === 1 ? "refused" : `${refused} of them refused`}` : ""}
      </h3>
      <SortableTable
        caption="The first rows as they would be stored"
        columns={columnsOf(unit)}
        rows={rows.map((row, index) => shown(row, zone, index))}
        rowKey={(row) => row.key}
      />
    </section>
  );
}

const columnsOf = (unit: RowUnit): readonly TableColumn<Row>[] => [
  { key: "line", label: rowUnitWords[unit], isNumber: true, cell: (row) => row.line },
  { key: "when", label: "When (London)", cell: (row) => row.when },
  { key: "kind", label: "Kind", cell: (row) => row.kind },
  { key: "source", label: "Reported by", cell: (row) => row.source },
  { key: "category", label: "Category", cell: (row) => row.category },
];

function shown({ read, other }: PreviewRow, zone: Zone, index: number): Row {
  if (!read.ok) {
    const { row: line, column, value, reason } = read.reason;
    const where = column ? `${column} "${value}": ` : "";
    return {
      key: `${index}`,
      line,
      when: `Refused. ${where}${reason}`,
      kind: "",
      source: "",
      category: "",
    };
  }
  const { line, startsAt, endsAt, kind, source, category } = read.value;
  const when = formatSpan(zone, startsAt, endsAt);
  return {
    key: `${index}`,
    line,
    when: other ? `${when}, or ${formatSpan(zone, other.startsAt, other.endsAt)}` : when,
    kind: oneKindWords[kind],
    source: sourceWords[source],
    category: categoryWords[category],
  };
}

/** "26 Nov 2021 22:10", with "to ..." when the time is uncertain. */
export function formatSpan(zone: Zone, startsAt: number, endsAt: number): string {
  const start = formatLocal(zone.toLocal(startsAt));
  const end = formatLocal(zone.toLocal(endsAt));
  const words = (local: string) => `${formatDate(local.slice(0, 10))} ${local.slice(11)}`;
  if (start === end && startsAt !== endsAt)
    return `${words(start)}, before or after the clocks go back`;
  if (start === end) return words(start);
  return `${words(start)} to ${start.slice(0, 10) === end.slice(0, 10) ? end.slice(11) : words(end)}`;
}
