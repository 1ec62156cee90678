import { fetchNothing } from "#client/api/fetch.ts";
import { hasValue, type Resource } from "#client/api/resource.ts";
import { keptReply } from "#client/live/kept.ts";
import {
  type KeepClearNoticesReply,
  keepClearNoticesReply,
} from "#core/protected-time/wire/keep-clear.ts";

export type Notice = KeepClearNoticesReply["notices"][number];

/** Changes of keep-clear time at short notice, for sergeants alone: never why, where or when. */
export const notices = keptReply("/api/keep-clear/notices", keepClearNoticesReply, "notices");

/** Those that the duty contact has yet to confirm. */
export function openNotices(resource: Resource<KeepClearNoticesReply>): readonly Notice[] {
  if (!hasValue(resource)) return [];
  return resource.value.notices.filter(({ confirmedAt }) => confirmedAt === null);
}

export function confirmNotice(id: string): Promise<void> {
  return fetchNothing(`/api/keep-clear/notices/${id}/confirm`, { method: "POST" });
}
