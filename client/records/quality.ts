import { keptReply } from "#client/live/kept.ts";
import { qualityReply } from "#core/records/wire/quality.ts";

export const quality = keptReply("/api/quality", qualityReply);
