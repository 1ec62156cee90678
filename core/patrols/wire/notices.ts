import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { keepClearNoticesReply } from "#core/protected-time/wire/keep-clear.ts";

export const noticeCalls = {
  read: call("GET /api/keep-clear/notices", { reply: keepClearNoticesReply }),
  confirm: call("POST /api/keep-clear/notices/:id/confirm", {
    params: { id: z.uuid() },
    reply: z.strictObject({ confirmed: z.boolean() }),
  }),
};
