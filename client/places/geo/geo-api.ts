import type { z } from "zod";
import { errorFromFailure, errorFromReply } from "#client/api/api-error.ts";
import { fetchJson, noteRefusal, pageTokenHeaders } from "#client/api/fetch.ts";
import { keptReply } from "#client/live/kept.ts";
import { layerFeatures } from "#client/places/layer-features.ts";
import { places } from "#client/places/places.ts";
import type { GazetteerFile } from "#core/places/gazetteer/read-gazetteer.ts";
import * as boundary from "#core/places/wire/boundaries.ts";
import * as gazetteer from "#core/places/wire/gazetteer.ts";
import * as layer from "#core/places/wire/layers.ts";
import { cleanFileName } from "#core/text/file-name.ts";

export const boundarySets = keptReply("/api/boundaries", boundary.boundariesReply);
export const placeLayers = keptReply("/api/layers", layer.layersReply);
export const gazetteers = keptReply("/api/gazetteers", gazetteer.gazetteersReply);
/** All their names with their cells: fetched once, when a file is chosen whose rows may need them. */
export const gazetteerNames = keptReply("/api/gazetteer", gazetteer.gazetteerReply);

/** Where a file of a kind is sent, what comes back, and what is out of date then. */
interface ImportTarget<Result> {
  readonly path: string;
  readonly schema: z.ZodType<Result>;
  readonly changed: () => void;
}

export const toBoundaries: ImportTarget<boundary.BoundaryResult> = {
  path: "/api/boundaries",
  schema: boundary.boundaryResult,
  changed: () => {
    boundarySets.reload();
    if (places.store.get().status !== "idle") places.reload();
  },
};
export const toLayers: ImportTarget<layer.LayerResult> = {
  path: "/api/layers",
  schema: layer.layerResult,
  changed: () => {
    placeLayers.reload();
    if (layerFeatures.store.get().status !== "idle") layerFeatures.reload();
  },
};

/** What was loaded of names is out of date, on every screen. */
function namesChanged(): void {
  gazetteers.reload();
  gazetteerNames.reset();
  places.reload();
}

async function remove<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  changed: () => void,
): Promise<z.infer<Schema>> {
  const removed = await fetchJson(path, schema, { method: "DELETE" });
  changed();
  return removed;
}

export const removeBoundarySet = (kind: boundary.BoundaryKind) =>
  remove(`/api/boundaries/${kind}`, boundary.boundaryRemoval, toBoundaries.changed);

export const removeLayer = (id: number) =>
  remove(`/api/layers/${id}`, layer.layerRemoval, toLayers.changed);

export const removeGazetteer = (id: number) =>
  remove(`/api/gazetteers/${id}`, gazetteer.gazetteerRemoved, namesChanged);

/** What is empty of the query is left out. */
export async function sendFile<Result extends { readonly dryRun: boolean }>(
  { path, schema, changed }: ImportTarget<Result>,
  file: File,
  query: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Result> {
  const said = Object.entries(query).filter(([, word]) => word !== "");
  try {
    const reply = await fetch(`${path}?${new URLSearchParams(said).toString()}`, {
      method: "POST",
      headers: { "content-type": "application/octet-stream", ...pageTokenHeaders() },
      body: file,
      signal,
    });
    if (reply.ok) {
      const result = schema.parse(await reply.json());
      if (!result.dryRun) changed();
      return result;
    }
    const error = errorFromReply(reply.status, await reply.text());
    noteRefusal(error);
    throw error;
  } catch (cause) {
    if (signal.aborted) throw cause;
    throw errorFromFailure(cause);
  }
}

/** Sends the names of a file that was read here; nothing else of it. */
export async function sendGazetteer(
  fileName: string,
  { format, names, counts }: GazetteerFile,
  signal: AbortSignal,
): Promise<gazetteer.GazetteerResult> {
  const body: gazetteer.NewGazetteer = {
    fileName: cleanFileName(fileName).slice(-200),
    format,
    rows: counts.rows,
    outside: counts.outside,
    names: gazetteer.packNew(names),
  };
  const how = { method: "POST", body, signal } as const;
  const result = await fetchJson("/api/gazetteers", gazetteer.gazetteerResult, how);
  namesChanged();
  return result;
}
