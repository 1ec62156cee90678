import { fetchJson } from "#client/api/fetch.ts";
import { forgetOnSignOut } from "#client/api/private-data.ts";
import { createResource } from "#client/api/resource.ts";
import { refreshOnLook } from "#client/live/refresh.ts";
import { type CoordinatorReply, coordinatorReply } from "#core/protected-time/wire/coordinator.ts";

/** What partners have said; each change answers what stands there after it. */
export const coordination = createResource<CoordinatorReply>((signal) =>
  fetchJson("/api/coordinator", coordinatorReply, { signal }),
);
forgetOnSignOut(coordination.reset);
refreshOnLook("partners", coordination);

export function remind(code: string): Promise<void> {
  return change(`/api/coordinator/partners/${code}/remind`);
}

export function noteCame(id: string): Promise<void> {
  return change(`/api/coordinator/police-came/${id}/read`);
}

export function answerObjection(id: string, answer: string): Promise<void> {
  return change(`/api/coordinator/objections/${id}/answer`, { answer });
}

async function change(path: string, body?: unknown): Promise<void> {
  coordination.accept(await fetchJson(path, coordinatorReply, { method: "POST", body }));
}
