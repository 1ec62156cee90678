import { Readable } from "node:stream";
import { FileFault } from "#core/table/file-fault.ts";
import { problemOfFault } from "#server/files/fault-problem.ts";
import { type ImportSource, uploadSource } from "#server/files/import-source.ts";
import type { RequestContext } from "#server/http/route.ts";
import { Problem } from "#server/problem.ts";

/** Reads the file that is the body of a request; a fault of the file is a problem in words. */
export async function withUpload<Value>(
  { request }: Pick<RequestContext, "request">,
  fileName: string,
  work: (source: ImportSource) => Promise<Value>,
): Promise<Value> {
  const body = request.body;
  if (!(body instanceof Readable)) {
    throw new Problem(
      415,
      "Send the file itself",
      "The body must be the file's octets, as application/octet-stream.",
    );
  }
  const length = Number(request.headers["content-length"]);
  try {
    return await work(uploadSource(body, fileName, Number.isSafeInteger(length) ? length : null));
  } catch (error) {
    // What is still on its way must be taken in before the reply can be read.
    body.resume();
    throw error instanceof FileFault ? problemOfFault(error) : error;
  }
}
