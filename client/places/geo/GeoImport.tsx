import { useEffect, useRef, useState } from "react";
import { type ApiError, errorFromFailure } from "#client/api/api-error.ts";
import { DropZone } from "#client/files/DropZone.tsx";
import { GeoForm } from "#client/places/geo/GeoForm.tsx";
import { type GeoOutcome, GeoResult } from "#client/places/geo/GeoResult.tsx";
import { sendBoundaries, sendLayer } from "#client/places/geo/geo-api.ts";
import {
  type GeoChoices,
  type GeoFile,
  isBoundaryKind,
  isFactorKind,
  noChoices,
  readGeoFile,
} from "#client/places/geo/geo-file.ts";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Progress } from "#client/ui/Progress.tsx";
import { cleanFileName } from "#core/text/file-name.ts";

/** From the drop to the result; a check goes through the database as well, and keeps nothing. */
export function GeoImport() {
  const [geo, setGeo] = useState<GeoFile | null>(null);
  const [choices, setChoices] = useState<GeoChoices>(noChoices);
  const [fault, setFault] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<ApiError | null>(null);
  const [outcome, setOutcome] = useState<GeoOutcome | null>(null);
  const [doing, setDoing] = useState<string | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const forget = () => {
    setFault(null);
    setRefusal(null);
    setOutcome(null);
  };
  const take = async (file: File) => {
    forget();
    const read = await readGeoFile(file);
    setGeo(read.ok ? read.value : null);
    setFault(read.ok ? null : read.reason);
    setChoices({ ...noChoices, kind: read.ok ? read.value.guess : null });
  };
  const send = async (dryRun: boolean) => {
    if (!geo) return;
    forget();
    setDoing(dryRun ? "Checking" : "Importing");
    const mine = new AbortController();
    running.current = mine;
    try {
      const made = await sendGeo(geo, choices, dryRun, mine.signal);
      setOutcome(made);
      if (!dryRun) setGeo(null);
    } catch (cause) {
      if (!mine.signal.aborted) setRefusal(errorFromFailure(cause));
    } finally {
      setDoing(null);
    }
  };
  return (
    <>
      <DropZone
        what="a GeoJSON file"
        accept=".geojson,.json,application/geo+json,application/json"
        isBusy={doing !== null}
        onFile={(file) => void take(file)}
      >
        Wards, LSOAs, beats or boroughs; lighting, alleys, stops or venues open late. WGS84 or the
        British National Grid
      </DropZone>
      {fault ? (
        <ErrorNote title="This file cannot be read" detail={`${fault} Nothing was sent.`} />
      ) : null}
      {refusal ? <ErrorNote title={refusal.title} detail={refusal.detail} /> : null}
      {doing ? (
        <Progress
          label={doing}
          share={null}
          detail={geo ? cleanFileName(geo.file.name) : ""}
          onCancel={() => running.current?.abort()}
        />
      ) : null}
      {outcome ? <GeoResult outcome={outcome} /> : null}
      {geo && !doing ? (
        <GeoForm
          geo={geo}
          choices={choices}
          onChoices={(next) => {
            forget();
            setChoices(next);
          }}
          onCheck={() => void send(true)}
          onImport={() => void send(false)}
          onCancel={() => {
            forget();
            setGeo(null);
          }}
        />
      ) : null}
    </>
  );
}

async function sendGeo(
  { file }: GeoFile,
  { kind, code, name, label, licence }: GeoChoices,
  dryRun: boolean,
  signal: AbortSignal,
): Promise<GeoOutcome> {
  const fileName = cleanFileName(file.name);
  const shared = { fileName, dryRun: String(dryRun) };
  if (isBoundaryKind(kind)) {
    const query = { ...shared, kind, ...(code ? { code } : {}), ...(name ? { name } : {}) };
    return { what: "boundaries", result: await sendBoundaries({ file, query, signal }) };
  }
  if (!isFactorKind(kind)) throw new TypeError("The kind is chosen before anything is sent");
  const query = { ...shared, kind, licence: licence.trim(), ...(label ? { label } : {}) };
  return { what: "layer", result: await sendLayer({ file, query, signal }) };
}
