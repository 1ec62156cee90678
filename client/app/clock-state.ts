import { fetchJson } from "#client/api/fetch.ts";
import { keptReply } from "#client/live/kept.ts";
import { clockReply } from "#core/accounts/wire/clock.ts";

export const clockState = keptReply("/api/clock", clockReply);

export const sayClockIsRight = () =>
  fetchJson("/api/clock", clockReply, { method: "POST", body: {} });
