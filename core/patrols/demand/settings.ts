export const demandDefaults = {
  /** Older reports are not read. */
  historyDays: 3_653,
  /** "In the last 8 weeks" of the sentences. */
  recentDays: 56,
  /** "In 52 weeks" in sentences about hours. */
  knownDays: 364,
} as const;
