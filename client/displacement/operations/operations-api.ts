import { askThen } from "#client/api/ask.ts";
import { keptCall } from "#client/live/kept.ts";
import { operationCalls } from "#core/displacement/wire/operations.ts";

/** Planned ones too; reloaded when somebody changes one. */
export const operations = keptCall(operationCalls.list, "operations");
export const askOperations = askThen(() => operations.reload());
