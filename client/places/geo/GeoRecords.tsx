import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { GazetteerPanel } from "#client/places/geo/GazetteerPanel.tsx";
import { GeoImport } from "#client/places/geo/GeoImport.tsx";
import {
  askBoundaries,
  askLayers,
  boundarySets,
  geoKindWords,
  placeLayers,
} from "#client/places/geo/geo-api.ts";
import { ImportedList } from "#client/places/geo/ImportedList.tsx";
import { places } from "#client/places/places.ts";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { commandRegion } from "#core/places/place.ts";
import { type BoundaryKind, boundaryCalls, layerCalls } from "#core/places/wire/imports.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import "#client/files/records.css";
import "#client/places/geo/geo.css";

export function GeoRecords() {
  const known = useShared(places);
  const region = hasValue(known) ? commandRegion(known.value) : null;
  return (
    <div className="records stack pad-4">
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

/** One set a kind, replaced or removed as a whole. */
function BoundaryList() {
  return (
    <ImportedList
      resource={boundarySets}
      rowsOf={({ sets }) => sets}
      keyOf={({ kind }) => kind}
      caption="Imported boundaries"
      heading="What"
      nameOf={({ kind }) => geoKindWords[kind]}
      linesOf={({ fileName }) => [fileName]}
      numbers={[
        ["Areas", ({ areas }) => areas],
        ["Repaired", ({ repaired }) => repaired],
        ["Outside", ({ outside }) => outside],
      ]}
      removal={{
        label: ({ kind }) => `Remove ${geoKindWords[kind].toLowerCase()}`,
        title: ({ kind }) => `Remove ${geoKindWords[kind].toLowerCase()}?`,
        effect: ({ kind }) => boundaryEffects[kind],
        run: async ({ kind }) => {
          const { areas, eventsByCell } = await askBoundaries(boundaryCalls.remove, { kind });
          const removed = `${formatQuantity(areas, "area")} removed`;
          if (eventsByCell === 0) return removed;
          return `${removed}; ${formatQuantity(eventsByCell, "event")} count by their cell`;
        },
      }}
      empty={
        <EmptyState title="No imported boundaries">
          Boroughs and neighbourhoods come with Boxster. Imported wards, LSOAs and beats can be
          chosen as the area on Hotspots.
        </EmptyState>
      }
    />
  );
}

const boundaryEffects: Readonly<Record<BoundaryKind, string>> = {
  ward: "Events lose their ward and count by cell, even if you import the same wards again. The panel goes back to neighbourhoods. Links to a ward show the whole area.",
  lsoa: "They can no longer be chosen as an area. Links to one show the whole area.",
  beat: "They can no longer be chosen as an area. Links to one show the whole area.",
  borough: "The boundaries that came with Boxster are used again.",
};

function LayerList() {
  return (
    <ImportedList
      resource={placeLayers}
      rowsOf={({ layers }) => layers}
      keyOf={({ id }) => String(id)}
      caption="Imported places"
      heading="What"
      nameOf={({ kind }) => geoKindWords[kind]}
      linesOf={({ fileName, licence }) => (licence ? [fileName, licence] : [fileName])}
      numbers={[
        ["Places", ({ features }) => features],
        ["Outside", ({ outside }) => outside],
      ]}
      removal={{
        label: ({ fileName }) => `Remove ${fileName}`,
        title: ({ fileName }) => `Remove ${fileName}?`,
        effect: () => "They are removed from the map and from counts around each place.",
        run: async ({ id, features, fileName }) => {
          await askLayers(layerCalls.remove, { id });
          return `${formatQuantity(features, "place")} of ${fileName} removed`;
        },
      }}
      empty={
        <EmptyState title="No imported places">
          Lighting, alleys, stops and late venues can be shown on Hotspots, and are counted around
          each place.
        </EmptyState>
      }
    />
  );
}
