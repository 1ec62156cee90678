import { askThen } from "#client/api/ask.ts";
import { keptCall } from "#client/live/kept.ts";
import { alertCalls } from "#core/displacement/wire/alerts.ts";

export const alerts = keptCall(alertCalls.list, "alerts");
export const askAlerts = askThen(() => alerts.reload());
