export interface BenchLine {
  readonly work: string;
  readonly measured: string;
  /** What it is compared with, in the same run. */
  readonly beside: string;
  readonly ratio: string;
  /** For `--json`. */
  readonly figure: BenchFigure;
}

export interface BenchFigure {
  /** Null where it could not be measured. */
  readonly value: number | null;
  readonly unit: string;
  /** Null, as `ok`, where nothing is asked. */
  readonly target: number | null;
  readonly ok: boolean | null;
}

export function atMost(value: number, unit: string, target: number): BenchFigure {
  return { value, unit, target, ok: value <= target };
}

export function atLeast(value: number, unit: string, target: number): BenchFigure {
  return { value, unit, target, ok: value >= target };
}

export function notAsked(value: number | null, unit: string): BenchFigure {
  return { value, unit, target: null, ok: null };
}

export interface BenchContext {
  /** Scratch folder, removed afterwards. */
  readonly folder: string;
  readonly say: (line: string) => void;
}

/** Milliseconds of processor time of this thread, so that what else runs does not count. */
export function processorTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

export interface Spread {
  readonly median: number;
  readonly p95: number;
}

/**
 * Milliseconds of processor time of `runs` calls, after a few to warm up: what else runs on the machine
 * does not count. For work that one thread does without waiting.
 */
export function computeOften(runs: number, work: (run: number) => void): Spread {
  for (let run = 0; run < Math.min(5, runs); run += 1) work(run);
  return spreadOf(
    Array.from({ length: runs }, (_, run) => {
      const from = process.cpuUsage();
      work(run);
      const { user, system } = process.cpuUsage(from);
      return (user + system) / 1000;
    }),
  );
}

export function spreadOf(times: readonly number[]): Spread {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * times.length))] ?? 0;
  return { median: at(0.5), p95: at(0.95) };
}

export async function timeOnce(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

export function milliseconds(value: number): string {
  return value >= 100 ? `${value.toFixed(0)} ms` : `${value.toPrecision(2)} ms`;
}
