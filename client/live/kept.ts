import type { z } from "zod";
import { fetchJson } from "#client/api/fetch.ts";
import { forgetOnSignOut } from "#client/api/private-data.ts";
import { createResource, type ResourceLoader } from "#client/api/resource.ts";
import { refreshOnLook } from "#client/live/refresh.ts";
import type { LiveTopic } from "#core/live.ts";

/** A JSON reply that the page reads once and keeps: see `kept`. */
export function keptReply<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  ...topics: readonly LiveTopic[]
): ResourceLoader<z.infer<Schema>> {
  return kept((signal) => fetchJson(path, schema, { signal }), ...topics);
}

/** The reply to a call that says nothing, read once and kept: see `kept`. */
export function keptCall<Schema extends z.ZodType>(
  { at, reply }: { readonly at: `GET /api/${string}`; readonly reply: Schema },
  ...topics: readonly LiveTopic[]
): ResourceLoader<z.infer<Schema>> {
  return keptReply(at.slice("GET ".length), reply, ...topics);
}

/** What is loaded when it is first wanted, again when one of its topics has changed, and forgotten at sign-out. */
export function kept<Value>(
  load: Parameters<typeof createResource<Value>>[0],
  ...topics: readonly LiveTopic[]
): ResourceLoader<Value> {
  const resource = createResource(load);
  forgetOnSignOut(resource.reset);
  for (const topic of topics) refreshOnLook(topic, resource);
  return resource;
}
