import type { Announced } from "#server/db/database.ts";

const gatherMs = 100;
const tryAgainMs = 1_000;

export interface BatchWorker {
  /** Null: notifications were missed, so everything may have changed. */
  readonly add: (one: Announced | null) => void;
  readonly stop: () => Promise<void>;
}

interface WorkerOptions {
  readonly waitMs?: number;
  /** Hears of the first failure after each success: it is tried again every second until it works. */
  readonly onFailure?: (error: unknown) => void;
}

/** One batch at a time; null stands for everything. */
export function createWorker(
  work: (batch: Announced[] | null) => Promise<void>,
  { waitMs = gatherMs, onFailure }: WorkerOptions = {},
): BatchWorker {
  let gathered: Announced[] = [];
  let isAllUnknown = false;
  let timer: NodeJS.Timeout | null = null;
  let working: Promise<void> = Promise.resolve();
  let isStopped = false;
  let hasFailed = false;
  const run = async () => {
    const batch = isAllUnknown ? null : gathered;
    gathered = [];
    isAllUnknown = false;
    try {
      await work(batch);
      hasFailed = false;
    } catch (error) {
      if (!hasFailed) onFailure?.(error);
      hasFailed = true;
      // Mostly the database does not answer: known state is stale until it does.
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
