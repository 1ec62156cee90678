import { categoryWords, sourceWords } from "#client/records/kind-words.ts";
import { WideTable } from "#client/records/WideTable.tsx";
import type { TableColumn } from "#client/ui/SortableTable.tsx";
import { kinds } from "#core/records/kinds.ts";
import type { PreviewRow } from "#core/records/preview.ts";
import type { ColumnRole } from "#core/table/columns.ts";
import { type RowUnit, rowUnitWords } from "#core/table/row-unit.ts";
import { formatDate } from "#core/time/words.ts";
import { formatLocal, type Zone } from "#core/time/zone.ts";

export interface PreviewRowsProps {
  readonly rows: readonly PreviewRow[];
  readonly zone: Zone;
  readonly unit: RowUnit;
}

export function PreviewRows({ rows, zone, unit }: PreviewRowsProps) {
  const all = rows.map((row, index) => shown(row, zone, index));
  const refused = rows.filter(({ read }) => !read.ok).length;
  return (
    <div className="shrinks">
      <h3>
        {rows.length === 1 ? "The first row" : `The first ${rows.length} rows`}
        {refused > 0 ? `, ${rows.length === 1 ? "refused" : `${refused} of them refused`}` : ""}
      </h3>
      <WideTable
        label="The first rows"
        caption="Preview of the first rows"
        columns={columnsFor(all, unit)}
        rows={all}
        rowKey={(row) => row.key}
      />
    </div>
  );
}

type Part = (typeof parts)[number];

interface Row {
  readonly key: string;
  readonly line: number;
  /** What each part was read as; empty where it was not read. */
  readonly read: Readonly<Record<Part, string>>;
  /** What the file writes for it. */
  readonly written: Readonly<Record<Part, string>>;
}

function shown({ read, other, written }: PreviewRow, zone: Zone, index: number): Row {
  const key = `${index}`;
  const texts = writtenParts(written);
  const nothing = { place: "", kind: "", source: "", category: "", type: "", reference: "" };
  if (!read.ok) {
    const { row: line, column, value, reason } = read.reason;
    const where = column ? `${column}${value === "" ? "" : ` "${value}"`}: ` : "";
    return { key, line, read: { ...nothing, when: `Refused. ${where}${reason}` }, written: texts };
  }
  const { line, startsAt, endsAt, kind, source, category, type, position, reference } = read.value;
  const when = formatSpan(zone, startsAt, endsAt);
  const [lng, lat] = position;
  return {
    key,
    line,
    read: {
      when: other ? `${when}, or ${formatSpan(zone, other.startsAt, other.endsAt)}` : when,
      place: `${lat.toFixed(4)}, ${lng.toFixed(4)}`,
      kind: kinds[kind].one,
      source: sourceWords[source],
      category: categoryWords[category],
      type: type ?? "",
      reference: reference ?? "",
    },
    written: texts,
  };
}

const longestShown = 80;

function writtenParts(cells: PreviewRow["written"]): Readonly<Record<Part, string>> {
  const textOf = (part: Part) =>
    cells
      .filter(({ role, text }) => text !== "" && partOf(role) === part)
      .map(({ text }) => text)
      .join(" · ")
      .slice(0, longestShown);
  return Object.fromEntries(parts.map((part) => [part, textOf(part)])) as Record<Part, string>;
}

const parts = ["when", "place", "kind", "source", "category", "type", "reference"] as const;

function partOf(role: ColumnRole): Part {
  if (timeRoles.has(role)) return "when";
  return parts.find((part) => part === role) ?? "place";
}

const timeRoles = new Set<ColumnRole>(["date", "time", "start", "start_time", "end", "end_time"]);

function columnsFor(rows: readonly Row[], unit: RowUnit): readonly TableColumn<Row>[] {
  // No empty columns, such as references a file lacks.
  const used = parts.filter((part) =>
    rows.some(({ read, written }) => read[part] !== "" || written[part] !== ""),
  );
  return [
    { label: rowUnitWords[unit], isNumber: true, cell: (row) => row.line },
    ...used.map((part) => ({
      label: partLabels[part],
      cell: ({ read, written }: Row) => (
        <>
          {read[part]}
          {written[part] === "" ? null : (
            <div className="quiet small written breaks">{written[part]}</div>
          )}
        </>
      ),
    })),
  ];
}

const partLabels: Readonly<Record<Part, string>> = {
  when: "When",
  place: "Place",
  kind: "Kind",
  source: "Reported by",
  category: "Category",
  type: "Type",
  reference: "Reference",
};

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
