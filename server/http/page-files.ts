import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import files from "@fastify/static";
import type { FastifyInstance } from "fastify";

const built = fileURLToPath(new URL("../../dist/client/", import.meta.url));
const hashed = join(built, "assets");
/** Said of pages, and of no use with code, styles and fonts: on a first visit they weigh as much as code. */
const headersOfDocuments = [
  "permissions-policy",
  "cross-origin-opener-policy",
  "origin-agent-cluster",
  "x-dns-prefetch-control",
  "x-download-options",
  "x-frame-options",
  "x-permitted-cross-domain-policies",
  "x-xss-protection",
];

/**
 * The built page. Files under `assets/` have content hashes in their names and are cached
 * permanently; the page itself is revalidated each time, so that a new version shows at once.
 */
export async function servePage(app: FastifyInstance): Promise<void> {
  if (!existsSync(built)) return;
  await app.register(files, {
    root: built,
    wildcard: false,
    cacheControl: false,
    // Compressed by the build: a desk PC acting as server must not do it for every visitor.
    preCompressed: true,
    setHeaders: (reply, path) => {
      if (/\.(?:js|css|woff2)(?:\.(?:br|gz))?$/.test(path)) {
        for (const name of headersOfDocuments) reply.removeHeader(name);
      }
      reply.header(
        "cache-control",
        path.startsWith(hashed) ? "public, max-age=31536000, immutable" : "no-cache",
      );
    },
  });
}
