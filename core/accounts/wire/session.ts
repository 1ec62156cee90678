import { z } from "zod";
import { shownCommand } from "#core/place-pack.ts";
import { roles } from "#core/role.ts";
import { londonDate } from "#core/text/london-date.ts";

/** Written out, for the first page begins with this file and is counted in octets. */
const instant = z.iso.datetime({ offset: true });

/** Who is signed in, and what every screen must say about the data it shows. */
export const sessionReply = z.strictObject({
  signedIn: z.boolean(),
  /** The screen is locked: nothing is answered until its person unlocks it. */
  locked: z.boolean(),
  role: z.enum(roles).nullable(),
  /** The name that the audit chain knows. */
  person: z.string().nullable(),
  shownName: z.string().nullable(),
  /** By an account of one's own, as opposed to a role of the demonstration. */
  hasAccount: z.boolean(),
  /** The account has a password: most partners have none. */
  hasPassword: z.boolean(),
  /** By what its person proves once more to be there; null: there is nothing to prove by. */
  proveBy: z.enum(["pin", "password", "provider"]).nullable(),
  /** By what else. */
  proveAlso: z.strictObject({ passkey: z.boolean(), code: z.boolean() }),
  /** Nothing else is served before a second factor is set up. */
  needsSecondFactor: z.boolean(),
  /** The own second factor was cleared since the last time its person said that they read it. */
  factorCleared: z
    .strictObject({
      at: instant,
      askedBy: z.string(),
      /** Null: by a command on the machine itself. */
      confirmedBy: z.string().nullable(),
    })
    .nullable(),
  partnerName: z.string().nullable(),
  /** The number that a partner phones while police have not confirmed; null under a lock, and for everybody else. */
  policeContact: z.string().nullable(),
  /** What somebody else gave this person to sign in by, until they have put the line away. */
  given: z
    .strictObject({
      what: z.enum(["secret", "password", "provider"]),
      by: z.enum(["admin", "operator"]),
      at: instant,
    })
    .nullable(),
  /** The server's real clock, epoch milliseconds: what changes from here on GET /api/live tells. */
  clock: z.int(),
  /** Goes with everything that the page changes, in the header `x-boxster-token`. */
  pageToken: z.string().nullable(),
  signInBy: z.strictObject({
    passwords: z.boolean(),
    /** What the identity provider is called, where one is set. */
    provider: z.string().nullable(),
    /** This phone is set up: its PIN opens it. */
    pin: z.boolean(),
    /** It was set up once, and nothing opens it any more. */
    endedPhone: z.boolean(),
    /** The page was opened at the name that passkeys are bound to. */
    passkeys: z.boolean(),
  }),
  /** In this browser the password was right: what the second step may be. */
  secondStep: z
    .strictObject({ code: z.boolean(), passkey: z.boolean(), recovery: z.boolean() })
    .nullable(),
  demo: z.boolean(),
  /** Files were brought into the demonstration, so that not all that is shown is made up. */
  demoHasImports: z.boolean(),
  /** Whose streets these are. */
  command: shownCommand,
  timeZone: z.string(),
  /** The date that the tool treats as today: `2021-11-26` in the demonstration. */
  asAt: londonDate,
  /** The present moment: in the demonstration the as-at date with the real time of day. */
  now: instant,
});
export type SessionReply = z.infer<typeof sessionReply>;
