import { type ReactNode, useState } from "react";
import { errorFromFailure } from "#client/api/api-error.ts";
import { useShared } from "#client/api/use-resource.ts";
import { boundarySets, removeBoundarySet } from "#client/places/geo/geo-api.ts";
import { geoKindWords } from "#client/places/geo/geo-file.ts";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { formatTimeOfDay } from "#client/ui/format.ts";
import { Loaded } from "#client/ui/Loaded.tsx";
import { SortableTable, type TableColumn } from "#client/ui/SortableTable.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import type { BoundarySet } from "#core/places/wire/boundaries.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";
import { formatDate } from "#core/time/words.ts";

/** Every imported set of boundaries: one a kind, replaced or removed as a whole. */
export function BoundaryList() {
  const resource = useShared(boundarySets);
  const [asked, setAsked] = useState<BoundarySet | null>(null);
  const columns: readonly TableColumn<BoundarySet>[] = [
    ...plainColumns,
    {
      key: "remove",
      label: "Remove",
      cell: (set) => (
        <Button
          icon="trash"
          label={`Remove ${geoKindWords[set.kind].toLowerCase()}`}
          onClick={() => setAsked(set)}
        >
          Remove
        </Button>
      ),
    },
  ];
  return (
    <Loaded resource={resource} onRetry={boundarySets.reload}>
      {({ sets }) => (
        <>
          {sets.length === 0 ? (
            <EmptyState title="No imported boundaries">
              Boroughs and neighbourhoods come with Boxster. Imported wards, LSOAs and beats can be
              chosen as the area on Hotspots.
            </EmptyState>
          ) : (
            <div className="records__scroll">
              <SortableTable
                caption="Imported boundaries"
                columns={columns}
                rows={sets}
                rowKey={(set) => set.kind}
              />
            </div>
          )}
          {asked ? (
            <RemoveDialog
              title={`Remove ${geoKindWords[asked.kind].toLowerCase()}?`}
              onClose={() => setAsked(null)}
              onRemove={async () => {
                const { areas, eventsByCell } = await removeBoundarySet(asked.kind);
                return eventsByCell === 0
                  ? `${formatQuantity(areas, "area")} removed`
                  : `${formatQuantity(areas, "area")} removed; ${formatQuantity(eventsByCell, "event")} count by their cell`;
              }}
            >
              <p>{effects[asked.kind]}</p>
            </RemoveDialog>
          ) : null}
        </>
      )}
    </Loaded>
  );
}

const effects: Readonly<Record<BoundarySet["kind"], string>> = {
  ward: "Events lose their ward and count by cell, even if you import the same wards again. The panel goes back to neighbourhoods. Links to a ward show the whole area.",
  lsoa: "They can no longer be chosen as an area. Links to one show the whole area.",
  beat: "They can no longer be chosen as an area. Links to one show the whole area.",
  borough: "The boundaries that came with Boxster are used again.",
};

const plainColumns: readonly TableColumn<BoundarySet>[] = [
  {
    key: "kind",
    label: "What",
    cell: (set) => (
      <>
        {geoKindWords[set.kind]}
        <div className="quiet small">{set.fileName}</div>
      </>
    ),
  },
  {
    key: "when",
    label: "When",
    cell: (set) => `${formatDate(set.importedAt.slice(0, 10))} ${formatTimeOfDay(set.importedAt)}`,
  },
  { key: "person", label: "By", cell: (set) => set.person },
  { key: "areas", label: "Areas", isNumber: true, cell: (set) => formatCount(set.areas) },
  { key: "repaired", label: "Repaired", isNumber: true, cell: (set) => formatCount(set.repaired) },
  { key: "outside", label: "Outside", isNumber: true, cell: (set) => formatCount(set.outside) },
];

export interface RemoveDialogProps {
  readonly title: string;
  readonly children: ReactNode;
  /** Resolves to what was done, in words. */
  readonly onRemove: () => Promise<string>;
  readonly onClose: () => void;
}

/** Asks before something imported is removed as a whole. */
export function RemoveDialog({ title, children, onRemove, onClose }: RemoveDialogProps) {
  const remove = async () => {
    onClose();
    try {
      showToast(await onRemove());
    } catch (cause) {
      const { title: what, detail } = errorFromFailure(cause);
      showToast(`${what}. ${detail}`);
    }
  };
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="filled" onClick={() => void remove()}>
            Remove
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}
