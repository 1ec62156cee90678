import { fetchJson } from "#client/api/fetch.ts";
import { keptReply } from "#client/live/kept.ts";
import { coordinatorReply } from "#core/protected-time/wire/coordinator.ts";

/** What partners have said; each change answers what stands there after it. */
export const coordination = keptReply("/api/coordinator", coordinatorReply, "partners");

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
