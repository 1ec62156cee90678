import { useState } from "react";
import { DropZone } from "#client/files/DropZone.tsx";
import { GeoForm } from "#client/places/geo/GeoForm.tsx";
import { boundariesChanged, layersChanged, sendFile } from "#client/places/geo/geo-api.ts";
import {
  type GeoChoices,
  type GeoFile,
  geoKindWords,
  isBoundaryKind,
  noChoices,
  readGeoFile,
} from "#client/places/geo/geo-file.ts";
import { RunState, useRun } from "#client/places/geo/use-run.tsx";
import { Banner } from "#client/ui/Banner.tsx";
import { describeBoundaries } from "#core/places/boundaries.ts";
import { describeLayer } from "#core/places/layers/place-factors.ts";
import {
  type BoundaryResult,
  boundaryCalls,
  type LayerResult,
  layerCalls,
} from "#core/places/wire/imports.ts";
import { cleanFileName } from "#core/text/file-name.ts";

/** From the drop to the result; a check goes through the database as well, and keeps nothing. */
export function GeoImport() {
  const [geo, setGeo] = useState<GeoFile | null>(null);
  const [choices, setChoices] = useState<GeoChoices>(noChoices);
  const { run, setRun, start, cancel } = useRun<GeoOutcome>();
  const forget = () => setRun({ status: "idle" });
  const take = async (file: File) => {
    forget();
    const read = await readGeoFile(file);
    setGeo(read.ok ? read.value : null);
    setChoices({ ...noChoices, kind: read.ok ? read.value.guess : null });
    if (read.ok) return;
    const detail = `${read.reason} Nothing was sent.`;
    setRun({ status: "refused", title: "This file cannot be read", detail });
  };
  const send = (given: GeoFile, dryRun: boolean) =>
    start({
      first: {
        label: dryRun ? "Checking" : "Importing",
        share: null,
        detail: cleanFileName(given.file.name),
      },
      work: async (signal) => {
        const made = await sendGeo(given, choices, dryRun, signal);
        if (!dryRun) setGeo(null);
        return made;
      },
    });
  return (
    <>
      <DropZone
        what="a GeoJSON file"
        accept=".geojson,.json,application/geo+json,application/json"
        isBusy={run.status === "running"}
        onFile={(file) => void take(file)}
      >
        Wards, LSOAs, beats or boroughs; lighting, alleys, stops or venues open late. WGS84 or the
        British National Grid
      </DropZone>
      <RunState run={run} onCancel={cancel}>
        {({ result, lines }) => (
          <div className="outcome" role="status">
            <Banner kind="note">
              {result.dryRun ? "Checked, nothing was saved: " : "Imported: "}
              {result.fileName}, {geoKindWords[result.kind].toLowerCase()}.
            </Banner>
            <ul className="geo__lines">
              {lines.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </div>
        )}
      </RunState>
      {geo && run.status !== "running" ? (
        <GeoForm
          geo={geo}
          choices={choices}
          onChoices={(next) => {
            forget();
            setChoices(next);
          }}
          onCheck={() => void send(geo, true)}
          onImport={() => void send(geo, false)}
          onCancel={() => {
            forget();
            setGeo(null);
          }}
        />
      ) : null}
    </>
  );
}

interface GeoOutcome {
  readonly result: BoundaryResult | LayerResult;
  readonly lines: readonly string[];
}

async function sendGeo(
  { file }: GeoFile,
  { kind, code, name, label, licence }: GeoChoices,
  dryRun: boolean,
  signal: AbortSignal,
): Promise<GeoOutcome> {
  if (kind === null) throw new TypeError("Choose the kind first");
  const shared = { fileName: cleanFileName(file.name), dryRun: String(dryRun), kind };
  if (isBoundaryKind(kind)) {
    const query = { ...shared, code, name };
    const result = await sendFile(boundaryCalls.add, boundariesChanged, file, query, signal);
    return { result, lines: describeBoundaries(result) };
  }
  const query = { ...shared, licence: licence.trim(), label };
  const result = await sendFile(layerCalls.add, layersChanged, file, query, signal);
  return { result, lines: describeLayer(result) };
}
