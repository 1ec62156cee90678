import { z } from "zod";
import { roles } from "#core/model/role.ts";
import { londonDate } from "#core/wire/london-date.ts";

export const signInBody = z.strictObject({
  role: z.enum(roles),
  /** Which partner, for the role `partner`; the demonstration has a, b and c. */
  partner: z.enum(["a", "b", "c"]).optional(),
});

/** Who is signed in, and what every screen must say about the data it shows. */
export const sessionReply = z.strictObject({
  signedIn: z.boolean(),
  role: z.enum(roles).nullable(),
  person: z.string().nullable(),
  partnerName: z.string().nullable(),
  demo: z.boolean(),
  /** Files were brought into the demonstration, so that not all that is shown is made up. */
  demoHasImports: z.boolean(),
  timeZone: z.string(),
  /** The date that the tool treats as today: `2021-11-26` in the demonstration. */
  asAt: londonDate,
  /** The present moment: in the demonstration the as-at date with the real time of day. */
  now: z.iso.datetime({ offset: true }),
});
export type SessionReply = z.infer<typeof sessionReply>;
