import { type FileFault, faultText } from "#core/table/file-fault.ts";
import { Problem } from "#server/problem.ts";

/** A file that cannot be read, as the caller reads it. */
export function problemOfFault(fault: FileFault): Problem {
  return new Problem(
    422,
    "This file cannot be read",
    `${faultText(fault, "page")} Nothing was imported.`,
    [
      {
        ...(fault.line === null || fault.line === 0 ? {} : { row: fault.line }),
        ...(fault.column === null ? {} : { field: fault.column }),
        ...(fault.value === null ? {} : { value: fault.value }),
        reason: fault.remedy ? `${fault.reason}; ${fault.remedy.page}` : fault.reason,
      },
    ],
  );
}

/** The whole fault as one sentence for the command line. */
export function sentence(fault: FileFault): string {
  return faultText(fault, "command");
}
