import { fetchJson } from "#client/api/fetch.ts";
import {
  type ForecastChoiceBody,
  type ForecastChoiceReply,
  type ForecastRecordReply,
  forecastChoiceReply,
  forecastRecordReply,
} from "#core/patrols/wire/forecast-choice.ts";

/** Which forecast Plan uses, and who chose it; for analysts alone. */
export function loadForecastChoice(signal: AbortSignal): Promise<ForecastChoiceReply> {
  return fetchJson("/api/forecast-choice", forecastChoiceReply, { signal });
}

export async function chooseForecast(body: ForecastChoiceBody): Promise<void> {
  await fetchJson("/api/forecast-choice", forecastChoiceReply, { method: "PUT", body });
}

export function loadForecastRecord(signal: AbortSignal): Promise<ForecastRecordReply> {
  return fetchJson("/api/forecast-choice/record", forecastRecordReply, { signal });
}
