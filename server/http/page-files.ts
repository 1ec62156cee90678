import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import files from "@fastify/static";
import type { FastifyInstance } from "fastify";

const built = fileURLToPath(new URL("../../dist/client/", import.meta.url));
const hashed = join(built, "assets");

/**
 * The built page. Files under `assets/` carry a hash of their content in their name and are kept
 * for good; the page itself is asked for again each time, so that a new version is seen at once.
 */
export async function servePage(app: FastifyInstance): Promise<void> {
  if (!existsSync(built)) return;
  await app.register(files, {
    root: built,
    wildcard: false,
    cacheControl: false,
    // Written by the build: a desk PC that serves must not press the same code for every visitor.
    preCompressed: true,
    setHeaders: (reply, path) => {
      reply.header(
        "cache-control",
        path.startsWith(hashed) ? "public, max-age=31536000, immutable" : "no-cache",
      );
    },
  });
}
