import type { AlertsReply } from "#core/displacement/wire/alerts.ts";
import { type Command, CommandError, operatorAct } from "#server/cli/command.ts";
import { lookAround } from "#server/displacement/watch/look-around.ts";
import { readAlerts } from "#server/displacement/watch/read-alerts.ts";

export const watchCommand: Command = {
  name: "watch",
  usage: "watch [--operation NAME]",
  summary: "Check for clusters of reports around running operations, as the server does each day",
  options: {
    operation: { type: "string", summary: "one operation (default: all that are running)" },
  },
  positionals: [0, 0],
  audit: { verb: "consultation", act: "look for displacement", purpose: "assessment" },
  run: async (context, { values }) => {
    const { operation } = values;
    const only = typeof operation === "string" ? { only: operation } : {};
    const act = operatorAct(context);
    const before = await readAlerts(act);
    if (typeof operation === "string") refuseUnknown(before, operation);
    const kept = await lookAround(context, { ...only, signal: context.signal });
    const after = await readAlerts({ ...act, addDetail: () => undefined });
    const isAsked = (name: string) => typeof operation !== "string" || operation === name;
    const reply = {
      asAt: after.asAt,
      looked: kept.map(({ operation: name, raised, updated }) => ({
        operation: name,
        raised,
        updated,
      })),
      operations: after.operations.filter(({ operation: name }) => isAsked(name)),
      alerts: after.alerts.filter(({ operation: name }) => isAsked(name)),
    };
    return { json: reply, text: linesOf(reply) };
  },
};

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
