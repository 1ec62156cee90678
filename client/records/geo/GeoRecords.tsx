import { BoundaryList } from "#client/records/geo/BoundaryList.tsx";
import { GeoImport } from "#client/records/geo/GeoImport.tsx";
import { LayerList } from "#client/records/geo/LayerList.tsx";
import "#client/records/records.css";
import "#client/records/geo/geo.css";

/** Boundaries and place factors: bring a GeoJSON file in, see which there are, remove them. */
export function GeoRecords() {
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
    </div>
  );
}
