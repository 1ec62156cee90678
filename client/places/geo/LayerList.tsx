import { useState } from "react";
import { useShared } from "#client/api/use-resource.ts";
import { placeLayers, removeLayer } from "#client/places/geo/geo-api.ts";
import { geoKindWords } from "#client/places/geo/geo-file.ts";
import { RemoveDialog } from "#client/places/geo/RemoveDialog.tsx";
import { Button } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { formatCount, formatDate, formatQuantity, formatTimeOfDay } from "#client/ui/format.ts";
import { Loaded } from "#client/ui/Loaded.tsx";
import { SortableTable, type TableColumn } from "#client/ui/SortableTable.tsx";
import type { PlaceLayer } from "#core/places/wire/layers.ts";

/** Every imported layer of place factors, each with its Remove. */
export function LayerList() {
  const resource = useShared(placeLayers);
  const [asked, setAsked] = useState<PlaceLayer | null>(null);
  const columns: readonly TableColumn<PlaceLayer>[] = [
    ...plainColumns,
    {
      key: "remove",
      label: "Remove",
      cell: (layer) => (
        <Button icon="trash" label={`Remove ${layer.fileName}`} onClick={() => setAsked(layer)}>
          Remove
        </Button>
      ),
    },
  ];
  return (
    <Loaded resource={resource} onRetry={placeLayers.reload}>
      {({ layers }) => (
        <>
          {layers.length === 0 ? (
            <EmptyState title="No places were imported">
              Lighting, alleys, stops and venues open late can be shown on Hotspots and are counted
              around each place there.
            </EmptyState>
          ) : (
            <div className="records__scroll">
              <SortableTable
                caption="Imported places"
                columns={columns}
                rows={layers}
                rowKey={(layer) => String(layer.id)}
              />
            </div>
          )}
          {asked ? (
            <RemoveDialog
              title={`Remove ${asked.fileName}?`}
              onClose={() => setAsked(null)}
              onRemove={async () => {
                await removeLayer(asked.id);
                return `${formatQuantity(asked.features, "place")} of ${asked.fileName} removed`;
              }}
            >
              <p>They are taken off the map and out of what is counted around each place.</p>
            </RemoveDialog>
          ) : null}
        </>
      )}
    </Loaded>
  );
}

const plainColumns: readonly TableColumn<PlaceLayer>[] = [
  {
    key: "kind",
    label: "What",
    cell: (layer) => (
      <>
        {geoKindWords[layer.kind]}
        <div className="quiet small">{layer.fileName}</div>
        {layer.licence ? <div className="quiet small">{layer.licence}</div> : null}
      </>
    ),
  },
  {
    key: "when",
    label: "When",
    cell: (layer) =>
      `${formatDate(layer.importedAt.slice(0, 10))} ${formatTimeOfDay(layer.importedAt)}`,
  },
  { key: "person", label: "By", cell: (layer) => layer.person },
  {
    key: "features",
    label: "Places",
    isNumber: true,
    cell: (layer) => formatCount(layer.features),
  },
  { key: "outside", label: "Outside", isNumber: true, cell: (layer) => formatCount(layer.outside) },
];
