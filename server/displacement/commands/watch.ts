import { z } from "zod";
import type { AlertsReply } from "#core/displacement/wire/alerts.ts";
import { CommandError, command } from "#server/cli/command.ts";
import { lookAround } from "#server/displacement/watch/look-around.ts";
import { readAlerts } from "#server/displacement/watch/read-alerts.ts";

export const watchCommand = command({
  name: "watch",
  takes: "[--operation NAME]",
  summary: "Check for clusters of reports around running operations, as the server does each day",
  options: { operation: "one operation (default: all that are running)" },
  audit: { verb: "consultation", act: "look for displacement", purpose: "assessment" },
  reads: z.object({ operation: z.string().optional() }),
  run: async (act, { operation: only }) => {
    const before = await readAlerts(act);
    if (only !== undefined) refuseUnknown(before, only);
    const looked = await lookAround(act, { only, signal: act.signal });
    const after = await readAlerts({ ...act, addDetail: () => undefined });
    const isAsked = ({ operation }: { readonly operation: string }) =>
      only === undefined || operation === only;
    const reply = {
      asAt: after.asAt,
      looked: looked.map(({ operation, raised, updated }) => ({ operation, raised, updated })),
      operations: after.operations.filter(isAsked),
      alerts: after.alerts.filter(isAsked),
    };
    return { json: reply, text: linesOf(reply) };
  },
});

function refuseUnknown({ operations, asAt }: AlertsReply, name: string): void {
  const found = operations.find(({ operation }) => operation === name);
  const names = operations
    .filter(({ isRunning }) => isRunning)
    .map(({ operation }) => operation)
    .join("; ");
  if (!found) {
    throw new CommandError(
      `No operation "${name}" has started by ${asAt}. Running operations: ${names || "none"}.`,
    );
  }
  if (!found.isRunning) {
    throw new CommandError(
      `"${name}" has ended and is no longer watched. Running operations: ${names || "none"}.`,
    );
  }
}

function linesOf({ operations, alerts }: Pick<AlertsReply, "operations" | "alerts">): string[] {
  if (operations.length === 0) return ["No operation has started, so nothing is watched."];
  return operations.flatMap(({ operation, isRunning, look }) => [
    `${operation}: ${isRunning ? "" : "ended, no longer watched. "}${look?.sentence ?? "not checked yet."}`,
    ...alerts
      .filter((alert) => alert.operation === operation)
      .map(({ id, state, sentence }) => `  alert ${id}, ${state.replace("_", " ")}: ${sentence}`),
  ]);
}
