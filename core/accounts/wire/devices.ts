import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { instant } from "#core/contract/fields.ts";

/** Shown once. */
const deviceLinkReply = z.strictObject({
  /** Null where the server does not know under which address people open it. */
  link: z.string().nullable(),
  secret: z.string(),
  until: instant,
  /** Sets up no phone until a second person confirms it; its lifetime starts then. */
  waits: z.boolean(),
});
export type DeviceLinkReply = z.infer<typeof deviceLinkReply>;

export const device = z.strictObject({
  id: z.uuid(),
  person: z.string(),
  /** "Chrome on Android". */
  kind: z.string().nullable(),
  since: instant,
  lastUsed: instant,
  isThis: z.boolean(),
});
export type Device = z.infer<typeof device>;

export const ofAccount = { id: z.string().regex(/^\d{1,15}$/) };

export const deviceCalls = {
  list: call("GET /api/devices", { reply: z.strictObject({ devices: z.array(device) }) }),
  takeAway: call("DELETE /api/devices/:id", { params: { id: z.uuid() } }),
  link: call("POST /api/devices/link", { reply: deviceLinkReply }),
  linkFor: call("POST /api/accounts/:id/device-link", {
    params: ofAccount,
    reply: deviceLinkReply,
  }),
  takeAllAway: call("DELETE /api/accounts/:id/devices", {
    params: ofAccount,
    reply: z.strictObject({ devices: z.int() }),
  }),
};
