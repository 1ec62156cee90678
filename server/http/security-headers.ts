import helmet from "@fastify/helmet";
import type { FastifyInstance } from "fastify";

/** Register before any other hook, so that early refusals have them too. */
export async function sendSecurityHeaders(app: FastifyInstance, secure: boolean): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: contentPolicy },
    // Without TLS, HSTS would lock a desk out of its own page.
    strictTransportSecurity: secure ? { maxAge: oneYear, includeSubDomains: true } : false,
    referrerPolicy: { policy: "no-referrer" },
    crossOriginOpenerPolicy: { policy: "same-origin" },
    crossOriginEmbedderPolicy: { policy: "require-corp" },
    crossOriginResourcePolicy: { policy: "same-origin" },
    xFrameOptions: { action: "deny" },
  });
  app.addHook("onRequest", async (_request, reply) => {
    reply.header("permissions-policy", permissions);
    // Anything not marked as cacheable (server/http/page-files.ts) is not stored.
    reply.header("cache-control", "no-store");
  });
}

const oneYear = 31_536_000;

/** For answers that are made before there is a request: never a page, never kept. */
export const bareHeaders = {
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-store",
} as const;

/**
 * Content security policy: only our own files, and no data sent elsewhere. The page needs no
 * exception: its styles are files or set through the style object, and MapLibre's worker is a file
 * of ours. Only images may come from memory: `data:` from the style sheets and `blob:` for what the
 * page itself draws.
 */
const contentPolicy = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  workerSrc: ["'self'"],
  connectSrc: ["'self'"],
  imgSrc: ["'self'", "data:", "blob:"],
  styleSrc: ["'self'"],
  fontSrc: ["'self'"],
  manifestSrc: ["'self'"],
  objectSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
};

/**
 * The panel screen goes full screen in a hall, Hotspots copies a link to its view on request,
 * people sign in by passkeys, and a unit's phone compares its position with the stops of its own
 * patrol, on request and without sending it; no other device feature is used, and the clipboard is
 * never read.
 */
const permissions = [
  "fullscreen=(self)",
  "clipboard-write=(self)",
  "geolocation=(self)",
  "publickey-credentials-create=(self)",
  "publickey-credentials-get=(self)",
  ...[
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "clipboard-read",
    "display-capture",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
  ].map((feature) => `${feature}=()`),
].join(", ");
