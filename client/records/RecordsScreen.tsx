import { useState } from "react";
import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { GeoRecords } from "#client/places/geo/GeoRecords.tsx";
import { places } from "#client/places/places.ts";
import { Quality } from "#client/records/quality/Quality.tsx";
import { Records } from "#client/records/Records.tsx";
import { address } from "#client/state/url.ts";
import { useStore } from "#client/state/use-store.ts";
import { PartsNav } from "#client/ui/PartsNav.tsx";
import { formatCount } from "#core/text/numbers.ts";

/** An import goes on while another part is shown. */
export function RecordsScreen() {
  const asked = useStore(address, ({ params }) => params["part"] ?? "");
  const part = parts.find(({ id }) => id === asked)?.id ?? "";
  // Once opened, this part stays mounted and its work goes on.
  const [hadPlaces, setHadPlaces] = useState(false);
  if (part === "places" && !hadPlaces) setHadPlaces(true);
  return (
    <>
      <PartsNav screen="records" label="Parts of Records" parts={parts} current={part} />
      {part === "quality" ? null : <StreetsNote isTold={part === "places"} />}
      <div hidden={part !== ""}>
        <Records />
      </div>
      {hadPlaces ? (
        <div hidden={part !== "places"}>
          <GeoRecords />
        </div>
      ) : null}
      {part === "quality" ? <Quality /> : null}
    </>
  );
}

const parts = [
  { id: "", label: "Events" },
  { id: "places", label: "Boundaries and places" },
  { id: "quality", label: "Quality" },
] as const;

export function StreetsNote({ isTold }: { readonly isTold: boolean }) {
  const known = useShared(places);
  if (!hasValue(known)) return null;
  const { basemap } = known.value;
  if (basemap === null) {
    return (
      <p className="records__note quiet">
        The maps show no streets. Your administrator can see why with{" "}
        <code>boxster streets list</code>, and add them with <code>boxster streets get</code>.
      </p>
    );
  }
  if (!isTold) return null;
  const { segments, named, attribution } = basemap;
  return (
    <p className="records__note quiet">
      Streets: {formatCount(segments)} stretches, {named === 0 ? "none" : formatCount(named)} with a
      name. {attribution}
    </p>
  );
}
