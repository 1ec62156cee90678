import { z } from "zod";
import { shownCommand } from "#core/place-pack.ts";
import { roles } from "#core/role.ts";
import { londonDate } from "#core/text/london-date.ts";

/** Not imported: the first page loads this file, and its bytes are counted. */
const instant = z.iso.datetime({ offset: true });

export const sessionReply = z.strictObject({
  signedIn: z.boolean(),
  locked: z.boolean(),
  role: z.enum(roles).nullable(),
  /** The name that the audit chain knows. */
  person: z.string().nullable(),
  shownName: z.string().nullable(),
  /** By a personal account, not by a role of the demonstration. */
  hasAccount: z.boolean(),
  hasPassword: z.boolean(),
  /** How presence is proved again; null where there is nothing to prove it by. */
  proveBy: z.enum(["pin", "password", "provider"]).nullable(),
  proveAlso: z.strictObject({ passkey: z.boolean(), code: z.boolean() }),
  needsSecondFactor: z.boolean(),
  /** The person's second factor was cleared since they last acknowledged it. */
  factorCleared: z
    .strictObject({
      at: instant,
      askedBy: z.string(),
      /** Null: by a command on the machine itself. */
      confirmedBy: z.string().nullable(),
    })
    .nullable(),
  partnerName: z.string().nullable(),
  /** Phoned while police have not confirmed; null under a lock and for non-partners. */
  policeContact: z.string().nullable(),
  /** Sign-in means that someone else gave this person, until they dismiss the line. */
  given: z
    .strictObject({
      what: z.enum(["secret", "password", "provider"]),
      by: z.enum(["admin", "operator"]),
      at: instant,
    })
    .nullable(),
  /** The server's real clock, epoch milliseconds; GET /api/live tells later changes. */
  clock: z.int(),
  /** Sent with every change, in the header `x-boxster-token`. */
  pageToken: z.string().nullable(),
  signInBy: z.strictObject({
    passwords: z.boolean(),
    provider: z.string().nullable(),
    pin: z.boolean(),
    /** It was set up once, and can no longer be opened. */
    endedPhone: z.boolean(),
    /** The page was opened at the name that passkeys are bound to. */
    passkeys: z.boolean(),
  }),
  /** The password was right in this browser: what the second step may be. */
  secondStep: z
    .strictObject({ code: z.boolean(), passkey: z.boolean(), recovery: z.boolean() })
    .nullable(),
  demo: z.boolean(),
  /** Files were imported into the demonstration: not all its data is made up. */
  demoHasImports: z.boolean(),
  command: shownCommand,
  timeZone: z.string(),
  /** The date that the tool treats as today: `2021-11-26` in the demonstration. */
  asAt: londonDate,
  /** The present moment: in the demonstration the as-at date with the real time of day. */
  now: instant,
});
export type SessionReply = z.infer<typeof sessionReply>;
