import type { Announced } from "#server/db/database.ts";

const gatherMs = 100;
const tryAgainMs = 1_000;

export interface BatchWorker {
  /** Null: notifications were missed, so everything may have changed. */
  readonly add: (one: Announced | null) => void;
  readonly stop: () => Promise<void>;
}

/** One batch at a time; null stands for everything. */
export function createWorker(
  work: (batch: Announced[] | null) => Promise<void>,
  waitMs = gatherMs,
): BatchWorker {
  let gathered: Announced[] = [];
  let isAllUnknown = false;
  let timer: NodeJS.Timeout | null = null;
  let working: Promise<void> = Promise.resolve();
  let isStopped = false;
  const run = async () => {
    const batch = isAllUnknown ? null : gathered;
    gathered = [];
    isAllUnknown = false;
    try {
      await work(batch);
    } catch {
      // The database does not answer: known state is stale until it does.
      isAllUnknown = true;
      soon(tryAgainMs);
    }
  };
  function soon(ms: number) {
    if (timer !== null || isStopped) return;
    timer = setTimeout(() => {
      timer = null;
      working = working.then(run);
    }, ms).unref();
  }
  return {
    add: (one) => {
      if (one === null) isAllUnknown = true;
      else gathered.push(one);
      soon(waitMs);
    },
    stop: async () => {
      isStopped = true;
      if (timer !== null) clearTimeout(timer);
      await working;
    },
  };
}
