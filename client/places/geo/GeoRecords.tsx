import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { BoundaryList } from "#client/places/geo/BoundaryList.tsx";
import { GazetteerPanel } from "#client/places/geo/GazetteerPanel.tsx";
import { GeoImport } from "#client/places/geo/GeoImport.tsx";
import { LayerList } from "#client/places/geo/LayerList.tsx";
import { places } from "#client/places/places.ts";
import { commandRegion } from "#core/places/region.ts";
import "#client/files/records.css";
import "#client/places/geo/geo.css";

/** Boundaries, place factors and names of streets: bring a file in, see which there are, remove them. */
export function GeoRecords() {
  const known = useShared(places);
  const region = hasValue(known) ? commandRegion(known.value.areas) : null;
  return (
    <div className="records">
      <section className="records__import" aria-labelledby="geo-import">
        <h2 id="geo-import">Bring boundaries or places in</h2>
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
