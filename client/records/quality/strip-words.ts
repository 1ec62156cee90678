import { monthList } from "#core/records/quality/words.ts";
import type { QualityGroup } from "#core/records/wire/quality.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { formatMonth } from "#core/time/words.ts";

type Months = QualityGroup["months"];

/** ", none in Aug 2021"; empty where there is one every month. */
export function missingWords(months: Months): string {
  const none = months.filter(({ count }) => count === 0).map(({ month }) => month);
  return none.length === 0 ? "" : `, none in ${monthList(none)}`;
}

/** The strip in words. */
export function stripSentence(months: Months): string {
  const figures = months.map(({ month, count }) => `${formatMonth(month)} ${count}`);
  const total = months.reduce((sum, { count }) => sum + count, 0);
  return `${formatQuantity(total, "event")} by month: ${figures.join(", ")}`;
}
