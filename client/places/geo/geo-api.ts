import type { z } from "zod";
import { errorFromFailure, errorFromReply } from "#client/api/api-error.ts";
import { fetchJson, noteRefusal, pageTokenHeaders } from "#client/api/fetch.ts";
import { keptReply } from "#client/live/kept.ts";
import { layerFeatures } from "#client/places/layer-features.ts";
import { places } from "#client/places/places.ts";
import type { GazetteerFile } from "#core/places/gazetteer/read-gazetteer.ts";
import {
  type BoundaryKind,
  type BoundaryRemoval,
  type BoundaryResult,
  boundariesReply,
  boundaryRemoval,
  boundaryResult,
} from "#core/places/wire/boundaries.ts";
import {
  type GazetteerResult,
  gazetteerRemoved,
  gazetteerReply,
  gazetteerResult,
  gazetteersReply,
  type NewGazetteer,
  packNames,
} from "#core/places/wire/gazetteer.ts";
import {
  type LayerResult,
  layerRemoval,
  layerResult,
  layersReply,
} from "#core/places/wire/layers.ts";
import { cleanFileName } from "#core/text/file-name.ts";

export const boundarySets = keptReply("/api/boundaries", boundariesReply);
export const placeLayers = keptReply("/api/layers", layersReply);

export interface Upload {
  readonly file: File;
  readonly query: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

export async function sendBoundaries(upload: Upload): Promise<BoundaryResult> {
  const result = await sendFile("/api/boundaries", boundaryResult, upload);
  if (!result.dryRun) boundariesChanged();
  return result;
}

export async function sendLayer(upload: Upload): Promise<LayerResult> {
  const result = await sendFile("/api/layers", layerResult, upload);
  if (!result.dryRun) layersChanged();
  return result;
}

export async function removeBoundarySet(kind: BoundaryKind): Promise<BoundaryRemoval> {
  const removed = await fetchJson(`/api/boundaries/${kind}`, boundaryRemoval, { method: "DELETE" });
  boundariesChanged();
  return removed;
}

export async function removeLayer(id: number): Promise<void> {
  await fetchJson(`/api/layers/${id}`, layerRemoval, { method: "DELETE" });
  layersChanged();
}

function boundariesChanged(): void {
  boundarySets.reload();
  if (places.store.get().status !== "idle") places.reload();
}

function layersChanged(): void {
  placeLayers.reload();
  if (layerFeatures.store.get().status !== "idle") layerFeatures.reload();
}

async function sendFile<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  { file, query, signal }: Upload,
): Promise<z.infer<Schema>> {
  try {
    const reply = await fetch(`${path}?${new URLSearchParams(query).toString()}`, {
      method: "POST",
      headers: { "content-type": "application/octet-stream", ...pageTokenHeaders() },
      body: file,
      signal,
    });
    if (reply.ok) return schema.parse(await reply.json());
    const error = errorFromReply(reply.status, await reply.text());
    noteRefusal(error);
    throw error;
  } catch (cause) {
    if (signal.aborted) throw cause;
    throw errorFromFailure(cause);
  }
}

/** Every gazetteer that is still there, newest first. */
export const gazetteers = keptReply("/api/gazetteers", gazetteersReply);

/** All their names with their cells: fetched once, when a file is chosen whose rows may need them. */
export const gazetteerNames = keptReply("/api/gazetteer", gazetteerReply);

/** Sends the names of a file that was read here; nothing else of it. */
export async function sendGazetteer(
  fileName: string,
  { format, names, counts }: GazetteerFile,
  signal: AbortSignal,
): Promise<GazetteerResult> {
  const body: NewGazetteer = {
    fileName: cleanFileName(fileName).slice(-200),
    format,
    rows: counts.rows,
    outside: counts.outside,
    names: {
      ...packNames(names),
      lng: names.map(({ at }) => at[0]),
      lat: names.map(({ at }) => at[1]),
    },
  };
  const result = await fetchJson("/api/gazetteers", gazetteerResult, {
    method: "POST",
    body,
    signal,
  });
  namesChanged();
  return result;
}

export async function removeGazetteer(id: number): Promise<number> {
  const path = `/api/gazetteers/${id}`;
  const { removed } = await fetchJson(path, gazetteerRemoved, { method: "DELETE" });
  namesChanged();
  return removed;
}

/** What was loaded of names is out of date, on every screen. */
function namesChanged(): void {
  gazetteers.reload();
  gazetteerNames.reset();
  places.reload();
}
