import { z } from "zod";
import { date } from "#core/contract/fields.ts";
import { panelArea, panelOutline } from "#core/places/wire/places.ts";
import { lawText } from "#core/releases/wire/law.ts";

/** In presentation order: outreach first, enforcement last. */
const doneGroups = ["outreach", "diversion", "enforcement"] as const;

/** A typed total by the 10-5 rule, for the exact period typed; null is fewer than 10 or withheld. */
const releaseDone = z.strictObject({
  group: z.enum(doneGroups),
  measure: z.string(),
  label: z.string(),
  from: date,
  to: date,
  count: z.int().nullable(),
});
export type ReleaseDone = z.infer<typeof releaseDone>;

const spoken = z.strictObject({
  text: z.string(),
  basis: z.string(),
  /** What would make it false; absent in a release from before it was said, and where nothing is told. */
  wrongIf: z.string().optional(),
});

/** Whether an operation helped and whether the problem moved, at the release date. */
const releaseAnswer = z.strictObject({
  operation: z.string(),
  helped: spoken,
  moved: z.array(spoken),
  /** Of phases that the figures shown carry words about; absent without any. */
  phases: z.array(spoken.extend({ name: z.string() })).optional(),
});
export type ReleaseAnswer = z.infer<typeof releaseAnswer>;

/** SAFEGUARDS 11: of an operation, that reports fell in its streets and rose near a boundary. On every slide and in every file. */
const movedNote = spoken.extend({ operation: z.string() });
export type ReleaseNote = z.infer<typeof movedNote>;

/** How often sealed forecasts were right. */
export type ReleaseForecast = z.infer<typeof spoken>;

/** "You said, we did, next by when", typed by the analyst. */
export const releaseCommitment = z.strictObject({
  said: z.string(),
  did: z.string(),
  next: z.string(),
  by: date,
});
export type ReleaseCommitment = z.infer<typeof releaseCommitment>;

/** `sightings` by residents are public for the whole command only. */
export const panelMeasures = ["resident_complaints", "sightings"] as const;

/** Figures that anyone may see, shaped as `release export`. */
const panelReply = z.strictObject({
  id: z.string(),
  /** Smaller counts are withheld. */
  threshold: z.int(),
  /** Rounding base of the others. */
  base: z.int(),
  months: z.array(z.string().regex(/^\d{4}-\d{2}$/)),
  areas: z.array(panelArea),
  /** Every area in every month; null is withheld: fewer than 10, or hidden to protect another. */
  values: z.array(
    z.strictObject({
      area: z.string(),
      month: z.string(),
      measure: z.enum(panelMeasures),
      count: z.int().nullable(),
    }),
  ),
  notes: z.array(z.string()),
  outlines: z.array(panelOutline),
  /** True in the demonstration: every screen and print must say so. */
  madeUp: z.boolean(),
});
export type PanelReply = z.infer<typeof panelReply>;

/** Approved, frozen and numbered: all that any form of a release shows (SAFEGUARDS 22). */
export const releaseDocument = panelReply.extend({
  /** 1, 2, 3 … without a gap; `id` is "release-1". */
  number: z.int().positive(),
  asAt: date,
  done: z.array(releaseDone),
  answers: z.array(releaseAnswer),
  /** Absent in releases from before there was one. */
  forecast: spoken.optional(),
  commitments: z.array(releaseCommitment),
  movedNotes: z.array(movedNote),
  sources: z.array(z.string()),
  /** As it was known at the release date; none in a release from before it was frozen. */
  law: z.array(lawText),
  /** "MADE-UP DATA" of the demonstration, on every form; null where the data is real. */
  mark: z.string().nullable(),
});
export type ReleaseDocument = z.infer<typeof releaseDocument>;

/** GET /api/public/releases/latest and /api/public/releases/{number}. */
export const releaseReply = z.strictObject({
  release: releaseDocument,
  approvedOn: date,
  /** SHA-256 over the previous hash and this release as frozen, in hexadecimal. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  previousHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  /** Notice of a withdrawal: the figures are then not shown. */
  withdrawn: z.strictObject({ on: date, notice: z.string() }).nullable(),
});
export type ReleaseReply = z.infer<typeof releaseReply>;
