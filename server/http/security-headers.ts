import helmet from "@fastify/helmet";
import type { FastifyInstance } from "fastify";

/** On every answer, also those that are refused early: register it before any other hook. */
export async function sendSecurityHeaders(app: FastifyInstance, secure: boolean): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: contentPolicy },
    // Without TLS the promise of TLS would lock a desk out of its own page.
    strictTransportSecurity: secure ? { maxAge: oneYear, includeSubDomains: true } : false,
    referrerPolicy: { policy: "no-referrer" },
    crossOriginOpenerPolicy: { policy: "same-origin" },
    crossOriginEmbedderPolicy: { policy: "require-corp" },
    crossOriginResourcePolicy: { policy: "same-origin" },
    xFrameOptions: { action: "deny" },
  });
  app.addHook("onRequest", async (_request, reply) => {
    reply.header("permissions-policy", permissions);
    // What is not named as lasting (server/http/page-files.ts) is kept nowhere.
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
 * What a browser may do with what it gets from here: nothing but our own files, told to nobody.
 * The page needs no exception: its styles are files or set through the style object, and MapLibre's
 * worker is a file of ours. Pictures alone may come from memory: `data:` from the style sheets and
 * `blob:` for what the page itself draws.
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
 * The panel screen fills the screen in a hall, Hotspots hands out a link to its view when asked, and people sign in by
 * passkeys; nothing else of the machine is used, and what is on the clipboard is never read.
 */
const permissions = [
  "fullscreen=(self)",
  "clipboard-write=(self)",
  "publickey-credentials-create=(self)",
  "publickey-credentials-get=(self)",
  ...[
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "clipboard-read",
    "display-capture",
    "geolocation",
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
