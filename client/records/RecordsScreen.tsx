import { useState } from "react";
import { GeoRecords } from "#client/places/geo/GeoRecords.tsx";
import { Quality } from "#client/records/quality/Quality.tsx";
import { Records } from "#client/records/Records.tsx";
import { StreetsNote } from "#client/records/StreetsNote.tsx";
import { address } from "#client/state/url.ts";
import { useStore } from "#client/state/use-store.ts";
import { PartsNav } from "#client/ui/PartsNav.tsx";

/** The parts of Records, each with an address of its own. An import goes on while another is looked at. */
export function RecordsScreen() {
  const asked = useStore(address, ({ params }) => params["part"] ?? "");
  const part = parts.find(({ id }) => id === asked)?.id ?? "";
  // What was begun there goes on as well, once the part has been opened.
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
