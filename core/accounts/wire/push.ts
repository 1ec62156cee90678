import { z } from "zod";
import { call } from "#core/contract/call.ts";
import type { Role } from "#core/role.ts";

/** Those who walk. Never outreach partners: the push service would learn when they act. */
export const notifiedRoles = ["sergeant", "warden"] as const satisfies readonly Role[];

const reply = z.strictObject({
  /** Of this server (VAPID), base64url; null: push is not set up. */
  publicKey: z.string().nullable(),
  /** Whether this browser is told. */
  on: z.boolean(),
});
export type PushReply = z.infer<typeof reply>;

export const pushCalls = {
  read: call("GET /api/push", { reply }),
  add: call("PUT /api/push", {
    body: z.strictObject({ endpoint: z.string().max(1_000) }),
    reply,
  }),
  remove: call("DELETE /api/push", { reply }),
  test: call("POST /api/push/test", { reply }),
};
