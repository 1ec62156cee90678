import type { z } from "zod";
import { errorFromFailure, errorFromReply } from "#client/api/api-error.ts";
import { fetchJson, noteRefusal, pageTokenHeaders } from "#client/api/fetch.ts";
import { forgetOnSignOut } from "#client/api/private-data.ts";
import { createResource } from "#client/api/resource.ts";
import { layerFeatures } from "#client/places/layer-features.ts";
import { places } from "#client/places/places.ts";
import {
  type BoundaryKind,
  type BoundaryRemoval,
  type BoundaryResult,
  boundariesReply,
  boundaryRemoval,
  boundaryResult,
} from "#core/places/wire/boundaries.ts";
import {
  type LayerResult,
  layerRemoval,
  layerResult,
  layersReply,
} from "#core/places/wire/layers.ts";

export const boundarySets = createResource((signal) =>
  fetchJson("/api/boundaries", boundariesReply, { signal }),
);
export const placeLayers = createResource((signal) =>
  fetchJson("/api/layers", layersReply, { signal }),
);

forgetOnSignOut(boundarySets.reset);
forgetOnSignOut(placeLayers.reset);

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
