import { z } from "zod";
import { londonDate } from "#core/wire/london-date.ts";

/**
 * What can be typed in as a total, with its definition as shown beside the figure.
 * The list grows here; nationality and drug use stay out until an administrator can record
 * their lawful basis (PRODUCT).
 */
export const tallyMeasures = {
  cautions: "Cautions given for kerb crawling or soliciting",
  sex_workers_identified: "People identified by police as sex workers",
  kerb_crawlers_identified: "People identified by police as kerb crawlers",
  course_places_offered: "Diversion course places offered",
  course_places_booked: "Diversion course places booked",
  course_places_attended: "Diversion course places attended",
  course_places_completed: "Diversion course places completed",
  protection_warnings: "Community protection warnings issued",
  protection_notices: "Community protection notices issued",
  reports_by_women: "Reports of harm made by women",
  referrals_to_advisers: "Referrals to independent advisers",
  harm_reported_to_partners: "Incidents of harm reported to partners",
} as const;
export type TallyMeasure = keyof typeof tallyMeasures;

const measure = z.enum(Object.keys(tallyMeasures) as [TallyMeasure, ...TallyMeasure[]]);

/** One typed total: shown for the exact period typed, never split or summed into others. */
export const tally = z
  .strictObject({
    measure,
    /** London dates, both inclusive. */
    from: londonDate,
    to: londonDate,
    value: z.int().min(0).max(1_000_000),
  })
  .refine((value) => value.to >= value.from, {
    path: ["to"],
    error: "The last day of the period lies before its first day",
  });
export type Tally = z.infer<typeof tally>;

/** GET /api/tallies : exact figures, for sergeant and analyst alone. */
export const talliesReply = z.strictObject({
  tallies: z.array(
    z.strictObject({
      measure,
      label: z.string(),
      from: londonDate,
      to: londonDate,
      value: z.int(),
    }),
  ),
});
export type TalliesReply = z.infer<typeof talliesReply>;
