import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { roleWords } from "#client/records/import-choices.ts";
import { batches, retention, tell, undoBatch } from "#client/records/records-api.ts";
import { WideTable } from "#client/records/WideTable.tsx";
import { AskedButton } from "#client/ui/AskedButton.tsx";
import { Banner } from "#client/ui/Banner.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { formatTimeOfDay } from "#client/ui/format.ts";
import { Kept } from "#client/ui/Loaded.tsx";
import type { TableColumn } from "#client/ui/SortableTable.tsx";
import { profileNames, profiles } from "#core/records/profile.ts";
import { inexactWords } from "#core/records/tallies.ts";
import type { ImportBatch } from "#core/records/wire/import.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";
import { formatDate } from "#core/time/words.ts";

export function BatchList({ onUndone }: { readonly onUndone: (batch: number) => void }) {
  const remove = ({ id, fileName }: ImportBatch) =>
    tell(async () => {
      const { removed } = await undoBatch(id);
      onUndone(id);
      return `${formatQuantity(removed, "event")} of ${fileName} removed`;
    });
  const columns: readonly TableColumn<ImportBatch>[] = [
    ...plainColumns,
    {
      label: "Undo",
      cell: (batch) =>
        batch.undoneAt === null ? (
          <AskedButton
            button={{ icon: "undo", label: `Undo ${batch.fileName}`, children: "Undo" }}
            title={`Undo ${batch.fileName}?`}
            yes={`Remove ${formatQuantity(batch.accepted, "event")}`}
            onYes={() => void remove(batch)}
          >
            All events from this import are removed from maps and figures. The import stays in this
            list. To get them back, import the file again.
          </AskedButton>
        ) : (
          <span className="quiet small">
            undone {formatDate(batch.undoneAt.slice(0, 10))} {formatTimeOfDay(batch.undoneAt)} by{" "}
            {batch.undoneBy}
          </span>
        ),
    },
  ];
  return (
    <Kept of={batches}>
      {(reply) =>
        reply.batches.length === 0 ? (
          <EmptyState title="No imports yet">
            Each import will be listed here and can be undone.
          </EmptyState>
        ) : (
          <WideTable
            caption="Imports, newest first"
            columns={columns}
            rows={reply.batches}
            rowKey={(batch) => String(batch.id)}
          />
        )
      }
    </Kept>
  );
}

const plainColumns: readonly TableColumn<ImportBatch>[] = [
  {
    label: "File",
    cell: (batch) => (
      <>
        {batch.undoneAt === null ? batch.fileName : <s>{batch.fileName}</s>}
        <div className="quiet small">
          batch {batch.id}, read as {profileLabel(batch.profile)}
        </div>
        <HowRead batch={batch} />
      </>
    ),
  },
  {
    label: "When",
    cell: (batch) =>
      `${formatDate(batch.importedAt.slice(0, 10))} ${formatTimeOfDay(batch.importedAt)}`,
  },
  { label: "By", cell: (batch) => batch.person },
  ...(
    [
      ["accepted", "Stored"],
      ["rejected", "Refused"],
      ["duplicates", "Duplicates"],
    ] as const
  ).map(([key, label]) => ({
    key,
    label,
    isNumber: true,
    cell: (batch: ImportBatch) => formatCount(batch[key]),
  })),
];

const labels: Readonly<Record<string, string>> = roleWords;

function HowRead({
  batch: { mapping, choices, fileSha256, rows, placed },
}: {
  readonly batch: ImportBatch;
}) {
  const columns = Object.entries(mapping).map(
    ([role, column]) => `${labels[role] ?? role}: ${column}`,
  );
  const inexact = inexactWords(placed);
  if (columns.length === 0 && fileSha256 === null) return null;
  return (
    <details className="batch__how small">
      <summary>How it was read</summary>
      <p>
        {formatQuantity(rows, "row")}. {[...columns, ...choices].join("; ")}
      </p>
      {inexact === null ? null : <p>{inexact}</p>}
      {fileSha256 === null ? null : (
        <p>
          SHA-256 of the file: <code>{fileSha256}</code>
        </p>
      )}
    </details>
  );
}

function profileLabel(name: string): string {
  const known = profileNames.find((each) => each === name);
  return known ? profiles[known].label : name;
}

/** What will be deleted and when, a week ahead. */
export function RetentionNote() {
  const resource = useShared(retention);
  if (!hasValue(resource)) return null;
  const { announced, eventYears, isOn, done } = resource.value;
  if (!isOn) return null;
  const kept = `Events are kept for ${formatQuantity(eventYears, "year")}.`;
  if (announced) {
    return (
      <Banner kind="warning">
        On {formatDate(announced.dueOn)} {formatQuantity(announced.count, "event")} from before{" "}
        {formatDate(announced.before)} will be permanently deleted. {kept} Your administrator can
        extend this.
      </Banner>
    );
  }
  return (
    <p className="quiet">
      {kept}{" "}
      {done
        ? `${formatQuantity(done.count, "event")} from before ${formatDate(done.before)} went on ${formatDate(done.on)}.`
        : "Deletions are announced here a week before."}
    </p>
  );
}
