import { z } from "zod";

const instant = z.iso.datetime({ offset: true });
const typedPin = z.string().min(1).max(40);

/** POST /api/session/device : the link of one use, and the PIN that opens the phone from now on. */
export const setUpDeviceBody = z.strictObject({
  secret: z.string().min(1).max(200),
  pin: typedPin,
});

/** POST /api/session/pin */
export const pinBody = z.strictObject({ pin: typedPin });

/** Shown once. */
export const deviceLinkReply = z.strictObject({
  /** Null where the server does not know under which address people open it. */
  link: z.string().nullable(),
  secret: z.string(),
  until: instant,
  /** It sets up no phone before a second person has confirmed it, and has its time from then on. */
  waits: z.boolean(),
});
export type DeviceLinkReply = z.infer<typeof deviceLinkReply>;

/** GET /api/devices : the phones of everybody at the caller's own partner. */
export const devicesReply = z.strictObject({
  devices: z.array(
    z.strictObject({
      id: z.uuid(),
      /** Name of the account. */
      person: z.string(),
      /** "Chrome on Android". */
      kind: z.string().nullable(),
      since: instant,
      lastUsed: instant,
      /** The one that asks. */
      isThis: z.boolean(),
    }),
  ),
});
export type DevicesReply = z.infer<typeof devicesReply>;

/** DELETE /api/accounts/:id/devices */
export const devicesGoneReply = z.strictObject({ devices: z.number().int() });
