import { keptReply } from "#client/live/kept.ts";
import { qualityReply } from "#core/records/wire/quality.ts";

/** What is known of the quality of the records, by kind and source. */
export const quality = keptReply("/api/quality", qualityReply);
