import { z } from "zod";

/** How much a plan goes by the people whom its patrols would meet. */
export const encounterWeights = ["none", "some", "strong"] as const;
export const encounterWeight = z.enum(encounterWeights);
export type EncounterWeight = (typeof encounterWeights)[number];

/** Share of the coverage that a place of the slider may give up. */
export const mostGivenUp = { some: 0.02, strong: 0.1 } as const;

/** Coverage and encounters as percentages of the plan without weight; encounters to the nearest 5. */
const encounterPlace = z.strictObject({
  weight: encounterWeight,
  coverage: z.int().min(0).max(100),
  encounters: z.int().min(0).max(100),
  /** Of all its patrols together; absent in plans from before it was kept. */
  hours: z.int().min(0).optional(),
});
export type EncounterPlace = z.infer<typeof encounterPlace>;

/** How a plan was suggested; its figures are those of that moment. */
export const planEncounters = z.strictObject({
  weight: z.enum(["some", "strong"]),
  /** One of each weight. */
  places: z.array(encounterPlace).length(encounterWeights.length),
  /** Whether the plan without weight expects less than one encounter; absent in plans from before. */
  isUnderOne: z.boolean().optional(),
});
export type PlanEncounters = z.infer<typeof planEncounters>;

/** Fewer sightings in a year than this say too little of where and when. */
export const leastSightings = 30;

export const encountersReply = z.strictObject({
  /** Whether enough sightings are on record for a weight. */
  isEnough: z.boolean(),
});
