import type { Problem } from "#server/problem.ts";

export interface Slots {
  /** Takes a place, in turn; what it answers gives the place back. */
  readonly enter: () => Promise<() => void>;
  /** The same without waiting; null where none is free. */
  readonly tryEnter: () => (() => void) | null;
  readonly load: () => SlotsLoad;
}

export interface SlotsLoad {
  readonly running: number;
  readonly waiting: number;
}

/** So many at once, the rest in a line; whoever finds the line full or too slow is told to come again. */
export function createSlots(limits: {
  readonly mostAtOnce: number;
  readonly mostWaiting: number;
  /** How long to stand in the line; for ever unless said. */
  readonly patienceMs?: number;
  readonly refusal: () => Problem;
}): Slots {
  let running = 0;
  const waiting: (() => void)[] = [];
  const leave = () => {
    // The place is handed on, so that nobody slips in between.
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  };
  const tryEnter = () => {
    if (running >= limits.mostAtOnce) return null;
    running += 1;
    return leave;
  };
  const stand = () =>
    new Promise<void>((resolve, reject) => {
      const { patienceMs } = limits;
      const timer =
        patienceMs === undefined
          ? undefined
          : setTimeout(() => {
              waiting.splice(waiting.indexOf(called), 1);
              reject(limits.refusal());
            }, patienceMs).unref();
      const called = () => {
        clearTimeout(timer);
        resolve();
      };
      waiting.push(called);
    });
  return {
    tryEnter,
    load: () => ({ running, waiting: waiting.length }),
    enter: async () => {
      const free = tryEnter();
      if (free) return free;
      if (waiting.length >= limits.mostWaiting) throw limits.refusal();
      await stand();
      return leave;
    },
  };
}
