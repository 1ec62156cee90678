import { z } from "zod";
import { call } from "#core/contract/call.ts";
import type { Role } from "#core/role.ts";

/** Those who act where there may be no signal. */
export const keepingRoles = ["partner", "sergeant", "warden"] as const satisfies readonly Role[];

/** 32 bytes in hexadecimal. */
export const keepingKeyReply = z.strictObject({ key: z.string().regex(/^[0-9a-f]{64}$/) });

export const keepingCalls = {
  key: call("GET /api/session/keeping-key", { reply: keepingKeyReply }),
};
