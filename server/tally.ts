/** Running, finished since the process started, and their total time. */
export interface TallyCount {
  readonly running: number;
  readonly done: number;
  readonly failed: number;
  /** Total of all that ended. */
  readonly seconds: number;
}

export interface Tally {
  readonly count: <Value>(work: () => Promise<Value>) => Promise<Value>;
  readonly now: () => TallyCount;
}

export function createTally(): Tally {
  let running = 0;
  let done = 0;
  let failed = 0;
  let seconds = 0;
  return {
    count: async (work) => {
      const startedAt = performance.now();
      running += 1;
      try {
        const value = await work();
        done += 1;
        return value;
      } catch (error) {
        failed += 1;
        throw error;
      } finally {
        running -= 1;
        seconds += (performance.now() - startedAt) / 1000;
      }
    },
    now: () => ({ running, done, failed, seconds }),
  };
}

/** One per database, dropped with it. */
export function createTallies(): (database: object) => Tally {
  const tallies = new WeakMap<object, Tally>();
  return (database) => {
    const tally = tallies.get(database) ?? createTally();
    tallies.set(database, tally);
    return tally;
  };
}
