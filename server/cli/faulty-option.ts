import type { z } from "zod";
import type { ParsedArguments } from "#server/cli/command.ts";

/** The first option that is missing or not understood, in words. */
export function faultyOption(
  values: ParsedArguments["values"],
  issues: readonly z.core.$ZodIssue[],
): string {
  const [issue] = issues;
  const name = String(issue?.path[0] ?? "");
  if (values[name] === undefined) return `--${name} is missing.`;
  return `--${name} ${String(values[name])}: ${issue?.message ?? "not understood"}.`;
}
