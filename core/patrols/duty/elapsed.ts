/**
 * A moment by both clocks of a page. The steady one cannot be set but stops while some phones
 * sleep; the phone's own goes on, and can be set.
 */
export interface Moment {
  /** Epoch milliseconds by the phone's clock. */
  readonly clock: number;
  /** Milliseconds since the page was loaded. */
  readonly steady: number;
  /** When the page was loaded: `steady` counts within one page only. */
  readonly page: number;
}

/** The longer of the two, so that neither sleep nor a clock set back makes anything look newer. */
export function elapsedMs(from: Moment, to: Moment): number {
  const bySteady = from.page === to.page ? to.steady - from.steady : 0;
  return Math.max(0, bySteady, to.clock - from.clock);
}

/** As sent: at most a day. */
export function secondsBetween(from: Moment, to: Moment): number {
  return Math.min(86_400, Math.round(elapsedMs(from, to) / 1_000));
}

export function earlier({ clock, steady, page }: Moment, ms: number): Moment {
  return { clock: clock - ms, steady: steady - ms, page };
}

export interface Contact {
  /** `unsure`: a late session may be anywhere by now, so no stop is offered. */
  readonly state: "fresh" | "stale" | "unsure";
  /** Whole minutes since the newest answer was asked for. */
  readonly minutes: number;
}

/** Two answers are asked for meanwhile. */
export const staleAfterMinutes = 3;
export const unsureAfterMinutes = 60;

export function contactAfter(ms: number): Contact {
  const minutes = Math.floor(ms / 60_000);
  const isUnsure = minutes >= unsureAfterMinutes;
  return {
    minutes,
    state: isUnsure ? "unsure" : minutes >= staleAfterMinutes ? "stale" : "fresh",
  };
}
