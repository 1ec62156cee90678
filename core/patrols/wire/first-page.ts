import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { doseReply } from "#core/hotspots/wire/dose.ts";
import { keepClearNoticesReply } from "#core/protected-time/wire/keep-clear.ts";

/** Those that the first page makes, by their addresses: it is counted in octets and does without this file. */
export const firstPageCalls = {
  notices: call("GET /api/keep-clear/notices", { reply: keepClearNoticesReply }),
  confirmNotice: call("POST /api/keep-clear/notices/:id/confirm", {
    params: { id: z.uuid() },
    reply: z.strictObject({ confirmed: z.boolean() }),
  }),
  dose: call("GET /api/dose", { reply: doseReply }),
};
