import { fetchJson } from "#client/api/fetch.ts";
import type { ForecastChoice } from "#core/patrols/forecast/choice.ts";
import {
  type ForecastChoiceReply,
  type ForecastRecordReply,
  forecastChoiceReply,
  forecastRecordReply,
} from "#core/patrols/wire/forecast-choice.ts";

/** Which forecast Plan uses, and who chose it; for analysts alone. */
export function loadForecastChoice(signal: AbortSignal): Promise<ForecastChoiceReply> {
  return fetchJson("/api/forecast-choice", forecastChoiceReply, { signal });
}

export async function chooseForecast(choice: ForecastChoice): Promise<void> {
  const body = { choice };
  await fetchJson("/api/forecast-choice", forecastChoiceReply, { method: "PUT", body });
}

export function loadForecastRecord(signal: AbortSignal): Promise<ForecastRecordReply> {
  return fetchJson("/api/forecast-choice/record", forecastRecordReply, { signal });
}
