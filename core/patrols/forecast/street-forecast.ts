import { describeModel, ratesOf } from "#core/patrols/forecast/cell-shares.ts";
import { createForecaster } from "#core/patrols/forecast/forecast.ts";
import { learntInterval } from "#core/patrols/forecast/interval.ts";
import type { StreetUnits } from "#core/patrols/forecast/methods.ts";
import type { Reports } from "#core/patrols/forecast/reports.ts";
import { areaShares, bestEdges, heldBy } from "#core/patrols/forecast/share-accuracy.ts";
import { heldShare, type ShareDoubt } from "#core/patrols/forecast/share-doubt.ts";
import type { StreetForecastReply } from "#core/patrols/wire/forecast-commands.ts";
import type { Zone } from "#core/time/zone.ts";

interface StreetForecast
  extends Pick<StreetForecastReply, "expected" | "low" | "high" | "chosen" | "shares"> {
  /** Reports expected of each unit. */
  readonly byUnit: Float64Array;
  /** Units by falling rate, that is by equal length; of two alike the earlier one. */
  readonly order: readonly number[];
}

/** So many weeks from the local date `from` on, by the method that the backtest judges, from what is known at `origin` (epoch milliseconds). */
export function forecastStreets(
  reports: Reports,
  streets: Omit<StreetUnits, "middles">,
  given: {
    readonly zone: Zone;
    readonly from: string;
    readonly weeks: number;
    readonly origin: number;
  },
): StreetForecast {
  const { zone, from, weeks, origin } = given;
  const context = { near: streets, zone, horizon: 7 * weeks };
  const forecaster = createForecaster(reports, context);
  const { shares, perWeek, spread, mix, doubtOfShares } = forecaster({ from }, origin);
  const doubts = doubtOfShares();
  const expected = perWeek * weeks;
  const byUnit = shares.map((share) => share * expected);
  const rates = ratesOf(byUnit, streets);
  return {
    expected,
    ...learntInterval(expected, spread),
    chosen: describeModel(mix.model),
    shares: bestEdges(rates, streets).map((edge, at) => ({
      share: areaShares[at] as number,
      holds: heldShare(doubts[at] as ShareDoubt, heldBy(edge, rates, shares)),
    })),
    byUnit,
    order: Array.from(rates, (_, at) => at).sort(
      (a, b) => (rates[b] as number) - (rates[a] as number) || a - b,
    ),
  };
}
