/** Work of one sort since the process started. */
export interface TallyCount {
  readonly running: number;
  readonly done: number;
  readonly failed: number;
  /** Total of all that ended. */
  readonly seconds: number;
}

export function createTally() {
  const now = { running: 0, done: 0, failed: 0, seconds: 0 };
  return {
    count: async <Value>(work: () => Promise<Value>): Promise<Value> => {
      const startedAt = performance.now();
      let outcome: "done" | "failed" = "failed";
      now.running += 1;
      try {
        const value = await work();
        outcome = "done";
        return value;
      } finally {
        now[outcome] += 1;
        now.running -= 1;
        now.seconds += (performance.now() - startedAt) / 1000;
      }
    },
    now: (): TallyCount => ({ ...now }),
  };
}
