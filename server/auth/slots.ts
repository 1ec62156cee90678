import { Problem } from "#server/problem.ts";

/** So many at once, the rest in a line; whoever finds the line full is told to come again. */
export function createSlots(limits: {
  readonly mostAtOnce: number;
  readonly mostWaiting: number;
}): <Value>(work: () => Promise<Value>) => Promise<Value> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running < limits.mostAtOnce) {
      running += 1;
    } else {
      if (waiting.length >= limits.mostWaiting) {
        throw new Problem(503, "Too many sign-ins at this moment", "Try again in a minute.");
      }
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    try {
      return await work();
    } finally {
      // The place is handed on, so that nobody slips in between.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
