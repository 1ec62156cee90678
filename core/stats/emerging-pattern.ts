export const emergingPatterns = [
  "new",
  "consecutive",
  "intensifying",
  "persistent",
  "diminishing",
  "sporadic",
  "oscillating",
  "historical",
] as const;
export type EmergingPattern = (typeof emergingPatterns)[number];

export interface Emerging {
  /** Null: no pattern detected. */
  readonly pattern: EmergingPattern | null;
  /** Null without a pattern. */
  readonly side: "hot" | "cold" | null;
  /** Mann-Kendall over the z of the steps that have one. */
  readonly s: number;
  readonly p: number;
}

export function emergingWords({ pattern, side }: Pick<Emerging, "pattern" | "side">): string {
  return pattern && side ? `${pattern} ${side} spot` : "no pattern detected";
}
