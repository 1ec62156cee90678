import type { AssessmentWindows } from "#core/displacement/windows.ts";
import { assessmentWindows } from "#core/displacement/windows.ts";
import type { H3Cell } from "#core/geo/cell.ts";
import type { Random } from "#core/random.ts";
import type { PoliceEvent } from "#core/records/event.ts";
import { createZone } from "#core/time/zone.ts";
import { complaintAt } from "#tests/support/reports.ts";

export const london = createZone("Europe/London");

/** Knuth's product of uniforms, in steps of at most 500 so that it never underflows. */
export function poisson(mean: number, random: Random): number {
  let count = 0;
  for (let left = mean; left > 0; left -= 500) {
    const limit = Math.exp(-Math.min(left, 500));
    let product = random.next();
    while (product > limit) {
      count += 1;
      product *= random.next();
    }
  }
  return count;
}

/**
 * Counts whose variance is `factor` times their mean: a Poisson draw about a gamma one (Marsaglia and
 * Tsang 2000), so a negative binomial.
 */
export function overdispersed(mean: number, factor: number, random: Random): number {
  if (factor <= 1) return poisson(mean, random);
  const scale = factor - 1;
  return poisson(scale * gamma(mean / scale, random), random);
}

/** Shape at least 1. */
function gamma(shape: number, random: Random): number {
  const d = Math.max(1, shape) - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const drawn = normal(random);
    const v = (1 + c * drawn) ** 3;
    if (v <= 0) continue;
    if (Math.log(1 - random.next()) < drawn ** 2 / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** Standard normal, by Box and Muller. */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

/** A resident's complaint at an exact minute of London wall clock, unless said otherwise. */
export function report(cell: H3Cell, local: string, more: Partial<PoliceEvent> = {}): PoliceEvent {
  const at = london.toInstant(Date.parse(`${local}Z`), "earlier");
  return complaintAt(cell, at, { category: "kerb_crawling", ...more });
}

/** As many days before `startsOn` as from it to `asAtDate`. */
export function windowsFrom(startsOn: string, asAtDate: string): AssessmentWindows {
  const windows = assessmentWindows({ zone: london, startsOn, endsOn: null, asAtDate });
  if (!windows.ok) throw new Error(windows.reason);
  return windows.value;
}
