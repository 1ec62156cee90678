import { basename } from "node:path";
import { FileFault } from "#core/table/file-fault.ts";
import { cleanFileName } from "#core/text/file-name.ts";
import { ArchiveFault } from "#server/places/streets/archive/archive-fault.ts";

/** What is wrong with a file that was named, with its name: several are read for one pack. */
export async function inFile<Value>(path: string, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof FileFault || cause instanceof ArchiveFault)) throw cause;
    throw new FileFault(`in ${cleanFileName(basename(path))}: ${uncapitalised(cause.message)}`, {
      cause,
    });
  }
}

function uncapitalised(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
