import type { Problem } from "#server/problem.ts";

export interface Slots {
  /** Waits in line; resolves to the release function. */
  readonly enter: () => Promise<() => void>;
  /** The same without waiting; null where none is free. */
  readonly tryEnter: () => (() => void) | null;
  readonly waiting: () => number;
}

/** Semaphore with a queue; refuses when the queue is full or too slow. */
export function createSlots(limits: {
  readonly mostAtOnce: number;
  readonly mostWaiting: number;
  /** Longest wait; default: unlimited. */
  readonly patienceMs?: number;
  readonly refusal: () => Problem;
}): Slots {
  let running = 0;
  const waiting: (() => void)[] = [];
  const leave = () => {
    // The slot is handed on directly, so that no other caller takes it.
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
    waiting: () => waiting.length,
    enter: async () => {
      const free = tryEnter();
      if (free) return free;
      if (waiting.length >= limits.mostWaiting) throw limits.refusal();
      await stand();
      return leave;
    },
  };
}
