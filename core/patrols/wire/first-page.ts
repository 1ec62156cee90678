import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { doseReply } from "#core/hotspots/wire/dose.ts";
import { keepClearNoticesReply } from "#core/protected-time/wire/keep-clear.ts";

/** Calls of the first page, by address: its bytes are counted, so it does not load this file. */
export const firstPageCalls = {
  notices: call("GET /api/keep-clear/notices", { reply: keepClearNoticesReply }),
  confirmNotice: call("POST /api/keep-clear/notices/:id/confirm", {
    params: { id: z.uuid() },
    reply: z.strictObject({ confirmed: z.boolean() }),
  }),
  dose: call("GET /api/dose", { reply: doseReply }),
};
