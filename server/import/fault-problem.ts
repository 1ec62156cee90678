import type { FileFault } from "#core/import/file-fault.ts";
import { Problem } from "#server/problem.ts";

/** A file that cannot be read, as the caller reads it. */
export function problemOfFault(fault: FileFault): Problem {
  return new Problem(422, "This file cannot be read", `${sentence(fault)} Nothing was imported.`, [
    {
      ...(fault.line === null ? {} : { row: fault.line }),
      ...(fault.column === null ? {} : { field: fault.column }),
      ...(fault.value === null ? {} : { value: fault.value }),
      reason: fault.reason,
    },
  ]);
}

/** The whole fault as one sentence. */
export function sentence(fault: FileFault): string {
  const text = fault.message.charAt(0).toUpperCase() + fault.message.slice(1);
  return text.endsWith(".") ? text : `${text}.`;
}
