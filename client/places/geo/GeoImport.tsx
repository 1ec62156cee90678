import { useState } from "react";
import { ask } from "#client/api/ask.ts";
import { DropZone } from "#client/files/DropZone.tsx";
import {
  boundariesChanged,
  type GeoKind,
  geoKindWords,
  isBoundaryKind,
  layersChanged,
} from "#client/places/geo/geo-api.ts";
import { RunState, useRun } from "#client/places/geo/use-run.tsx";
import { Banner } from "#client/ui/Banner.tsx";
import { Button } from "#client/ui/Button.tsx";
import { Select } from "#client/ui/Select.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { describeBoundaries } from "#core/places/boundaries.ts";
import { describeLayer } from "#core/places/layers/place-factors.ts";
import {
  type BoundaryResult,
  boundaryCalls,
  boundaryKinds,
  type LayerResult,
  layerCalls,
} from "#core/places/wire/imports.ts";
import { factorKinds, longestLicence } from "#core/places/wire/layers.ts";
import { cleanFileName } from "#core/text/file-name.ts";

interface Draft {
  readonly file: File;
  readonly kind: GeoKind | null;
  /** Of places: the attribution that their source asks for. */
  readonly licence: string;
}

/** From the drop to the result; a check goes through the database as well, and keeps nothing. */
export function GeoImport() {
  const [draft, setDraft] = useState<Draft | null>(null);
  const { run, setRun, start, cancel } = useRun<GeoOutcome>();
  const change = (next: Draft | null) => {
    setRun({ status: "idle" });
    setDraft(next);
  };
  const send = (given: Draft, dryRun: boolean) =>
    start({
      first: {
        label: dryRun ? "Checking" : "Importing",
        share: null,
        detail: cleanFileName(given.file.name),
      },
      work: async (signal) => {
        const made = await sendGeo(given, dryRun, signal);
        if (!dryRun) setDraft(null);
        return made;
      },
    });
  return (
    <>
      <DropZone
        what="a file of places"
        accept=".geojson,.json,.gpkg,.zip,.fgb,.parquet,.kml,.kmz,application/geo+json,application/json"
        isBusy={run.status === "running"}
        onFile={(file) => change({ file, kind: null, licence: "" })}
      >
        GeoJSON, GeoPackage, Shapefile (zip), FlatGeobuf, GeoParquet or KML: wards, LSOAs, beats or
        boroughs; lighting, alleys, stops or venues open late
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
      {draft && run.status !== "running" ? (
        <GeoForm draft={draft} onChange={change} onSend={(dryRun) => void send(draft, dryRun)} />
      ) : null}
    </>
  );
}

interface GeoFormProps {
  readonly draft: Draft;
  readonly onChange: (draft: Draft | null) => void;
  readonly onSend: (dryRun: boolean) => void;
}

function GeoForm({ draft, onChange, onSend }: GeoFormProps) {
  const { file, kind, licence } = draft;
  const isTooLong = licence.length > longestLicence;
  const canSend = kind !== null && !isTooLong;
  return (
    <div className="preview pad-4 framed">
      <h3>{cleanFileName(file.name)}</h3>
      <div className="tiles tiles--small">
        <Select
          label="What is in this file?"
          value={kind ?? ""}
          options={kindOptions}
          onChange={(next) => onChange({ ...draft, kind: next || null })}
        />
      </div>
      {kind !== null && !isBoundaryKind(kind) ? (
        <TextField
          label="Licence line (shown on the map)"
          value={licence}
          hint="Optional. The attribution the source asks for, such as © OpenStreetMap contributors. Only short place names are saved, nothing else from the file."
          error={isTooLong ? `At most ${longestLicence} characters.` : undefined}
          onChange={(next) => onChange({ ...draft, licence: next })}
        />
      ) : null}
      <div className="preview__actions wrap">
        <Button onClick={() => onChange(null)}>Cancel</Button>
        <Button disabled={!canSend} onClick={() => onSend(true)}>
          Check only
        </Button>
        <Button look="filled" disabled={!canSend} onClick={() => onSend(false)}>
          Import this file
        </Button>
      </div>
    </div>
  );
}

const kindOptions: readonly { value: GeoKind | ""; label: string }[] = [
  { value: "", label: "Choose what it is" },
  ...[...boundaryKinds, ...factorKinds].map((kind) => ({ value: kind, label: geoKindWords[kind] })),
];

interface GeoOutcome {
  readonly result: BoundaryResult | LayerResult;
  readonly lines: readonly string[];
}

async function sendGeo(
  { file, kind, licence }: Draft,
  isTrial: boolean,
  signal: AbortSignal,
): Promise<GeoOutcome> {
  if (kind === null) throw new TypeError("Choose the kind first");
  const dryRun = isTrial ? "true" : "false";
  const query = { fileName: cleanFileName(file.name), dryRun } as const;
  if (isBoundaryKind(kind)) {
    const said = { query: { ...query, kind } };
    const result = await ask(boundaryCalls.add, said, { signal, file });
    if (!isTrial) boundariesChanged();
    return { result, lines: describeBoundaries(result) };
  }
  const said = { query: { ...query, kind, licence } };
  const result = await ask(layerCalls.add, said, { signal, file });
  if (!isTrial) layersChanged();
  return { result, lines: describeLayer(result) };
}
