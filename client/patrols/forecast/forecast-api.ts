import { fetchJson } from "#client/api/fetch.ts";
import { keptReply } from "#client/live/kept.ts";
import type { ForecastChoice } from "#core/patrols/forecast/choice.ts";
import {
  type ForecastRecordReply,
  forecastChoiceReply,
  forecastRecordReply,
} from "#core/patrols/wire/forecast-choice.ts";

/** Which forecast Plan uses, and who chose it; for analysts alone. */
export const forecastChoice = keptReply("/api/forecast-choice", forecastChoiceReply);

export async function chooseForecast(choice: ForecastChoice): Promise<void> {
  const body = { choice };
  forecastChoice.accept(
    await fetchJson("/api/forecast-choice", forecastChoiceReply, { method: "PUT", body }),
  );
}

export function loadForecastRecord(signal: AbortSignal): Promise<ForecastRecordReply> {
  return fetchJson("/api/forecast-choice/record", forecastRecordReply, { signal });
}
