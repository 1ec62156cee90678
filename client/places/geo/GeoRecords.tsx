import { useState } from "react";
import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { BoundaryList, RemoveDialog } from "#client/places/geo/BoundaryList.tsx";
import { GazetteerPanel } from "#client/places/geo/GazetteerPanel.tsx";
import { GeoImport } from "#client/places/geo/GeoImport.tsx";
import { placeLayers, removeLayer } from "#client/places/geo/geo-api.ts";
import { geoKindWords } from "#client/places/geo/geo-file.ts";
import { places } from "#client/places/places.ts";
import { Button } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { formatTimeOfDay } from "#client/ui/format.ts";
import { Loaded } from "#client/ui/Loaded.tsx";
import { SortableTable, type TableColumn } from "#client/ui/SortableTable.tsx";
import { commandRegion } from "#core/places/region.ts";
import type { PlaceLayer } from "#core/places/wire/layers.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";
import { formatDate } from "#core/time/words.ts";
import "#client/files/records.css";
import "#client/places/geo/geo.css";

/** Boundaries, place factors and names of streets: bring a file in, see which there are, remove them. */
export function GeoRecords() {
  const known = useShared(places);
  const region = hasValue(known) ? commandRegion(known.value) : null;
  return (
    <div className="records">
      <section className="records__import" aria-labelledby="geo-import">
        <h2 id="geo-import">Import boundaries or places</h2>
        <GeoImport />
      </section>
      <section className="records__batches" aria-labelledby="geo-sets">
        <h2 id="geo-sets">Boundaries</h2>
        <BoundaryList />
      </section>
      <section className="records__batches" aria-labelledby="geo-layers">
        <h2 id="geo-layers">Places</h2>
        <LayerList />
      </section>
      <GazetteerPanel region={region} />
    </div>
  );
}

/** Every imported layer of place factors, each with its Remove. */
function LayerList() {
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
            <EmptyState title="No imported places">
              Lighting, alleys, stops and late venues can be shown on Hotspots, and are counted
              around each place.
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
              <p>They are removed from the map and from counts around each place.</p>
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
