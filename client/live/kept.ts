import type { z } from "zod";
import { fetchJson } from "#client/api/fetch.ts";
import { forgetOnSignOut } from "#client/api/private-data.ts";
import { createResource, type ResourceLoader } from "#client/api/resource.ts";
import { refreshOnLook } from "#client/live/refresh.ts";
import type { LiveTopic } from "#core/live.ts";

export function keptReply<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  ...topics: readonly LiveTopic[]
): ResourceLoader<z.infer<Schema>> {
  return kept((signal) => fetchJson(path, schema, { signal }), ...topics);
}

export function keptCall<Schema extends z.ZodType>(
  { at, reply }: { readonly at: `GET /api/${string}`; readonly reply: Schema },
  ...topics: readonly LiveTopic[]
): ResourceLoader<z.infer<Schema>> {
  return keptReply(at.slice("GET ".length), reply, ...topics);
}

/** Loaded when first needed, reloaded on its topics, forgotten at sign-out. */
export function kept<Value>(
  load: Parameters<typeof createResource<Value>>[0],
  ...topics: readonly LiveTopic[]
): ResourceLoader<Value> {
  const resource = createResource(load);
  forgetOnSignOut(resource.reset);
  for (const topic of topics) refreshOnLook(topic, resource);
  return resource;
}
