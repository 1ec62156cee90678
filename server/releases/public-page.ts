import { createHash } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { publicPolicy, query } from "#core/releases/file/public-frame.ts";
import {
  choicePage,
  noticePage,
  type PublicNotice,
  publicNotice,
} from "#core/releases/file/public-notices.ts";
import { type Later, publicPage, withdrawnPage } from "#core/releases/file/public-page.ts";
import { drawMap } from "#core/releases/presentation/deck.ts";
import { inEnglish, type Language, spokenIn } from "#core/releases/presentation/language.ts";
import { languageOf } from "#core/releases/presentation/languages.ts";
import type { ReleaseDocument } from "#core/releases/wire/release.ts";
import type { PublicPageState, ReleaseLine } from "#core/releases/wire/releases.ts";
import { isLanguageCode, languageFor } from "#core/text/languages.ts";
import type { Services } from "#server/acts/services.ts";
import { systemActor } from "#server/db/database.ts";
import { encodingFor } from "#server/http/encodings.ts";
import { logFault } from "#server/http/request-log.ts";
import { Problem } from "#server/problem.ts";
import { findAreas, noneFound, otherNames } from "#server/releases/find-area.ts";
import { publicPageState } from "#server/releases/public-switch.ts";
import { linesOf, publicRelease } from "#server/releases/serve.ts";
import { loadReleaseHeads } from "#server/releases/store.ts";

/** How long a withdrawal or switch may take to be seen here, and by who keeps a copy. */
const freshMs = 1_000;
const copySeconds = 60;
/** Pages and releases kept, each some tens of kilobytes. */
const mostKept = 300;
const longestName = 100;

/**
 * `/public`: the newest release as a page for residents, without sign-in, script or cookie; a
 * release by its number is frozen (SAFEGUARDS 22). Apart from the calls of the interface, which look
 * for a session.
 */
export async function servePublicPage(app: FastifyInstance, services: Services): Promise<void> {
  const answer = createAnswers(services);
  await app.register(async (scope) => {
    scope.setErrorHandler(async (error, request, reply) => {
      const status = error instanceof Problem ? error.status : 500;
      if (status >= 500) logFault(request, error);
      const isTheirs = error instanceof Problem && status < 500 && status !== 429;
      const language = (await languageAsked(request)) ?? inEnglish;
      const notice = publicNotice(language, status === 429 ? "tooMany" : "fault");
      const words = isTheirs ? error.detail : notice;
      return send(request, reply, { status, page: noticePage(language, words) });
    });
    for (const url of ["/public", "/public/", "/public/:id"]) {
      scope.get<Asked>(url, async (request, reply) => send(request, reply, await answer(request)));
    }
    scope.get("/public/*", async (request, reply) => {
      const language = (await languageAsked(request)) ?? inEnglish;
      return send(request, reply, refusal(404, "address", language, { hasNewest: true }));
    });
    for (const url of ["/public", "/public/*"]) {
      scope.route({
        method: ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"],
        url,
        // Before the body, which nobody reads.
        onRequest: async (request, reply) =>
          send(request, reply.header("allow", "GET, HEAD"), refusal(405, "readOnly", inEnglish)),
        handler: async () => undefined,
      });
    }
  });
}

interface Asked {
  Params: { id?: string };
  Querystring: { area?: unknown; lang?: unknown };
}

/** What the address names, else what the browser likes best; null for a language that there is not. */
async function languageAsked({ query: said, headers }: FastifyRequest): Promise<Language | null> {
  const { lang = languageFor(headers["accept-language"]) } = said as Asked["Querystring"];
  return isLanguageCode(lang) ? languageOf(lang) : null;
}

interface Answer {
  readonly status: number;
  readonly page: string;
  /** Of a page that may be kept. */
  readonly tag?: string;
  readonly location?: string;
}

interface Now {
  readonly state: PublicPageState;
  readonly later: Later;
  /** Another whenever something of `later` is. */
  readonly stamp: string;
}

function createAnswers(services: Services) {
  const { db, complaintsByYear } = services;
  const released = keptByKey(async (_hash: string, number: number) => {
    const reply = await publicRelease(db, number);
    return { reply, map: drawMap(reply.release) };
  });
  const now = keptFor(freshMs, async (): Promise<Now> => {
    const [state, heads] = await db.transaction(systemActor, async (tx) => [
      await publicPageState(tx),
      await tx.through("public", loadReleaseHeads),
    ]);
    const lines = linesOf(heads);
    const newest = lineOf(lines, undefined);
    const release = newest && (await released(newest.hash, newest.number)).reply.release;
    const names = release && state === "on" ? await otherNames(services, release) : [];
    const later = { lines, names, complaints: await complaintsByYear() };
    return { state, later, stamp: stampOf(JSON.stringify(later)) };
  });
  const pages = keptByKey(async (_key: string, make: () => string) => {
    const page = make();
    return { page, tag: stampOf(page) };
  });

  const ofRelease = async (asked: AskedRelease): Promise<Answer> => {
    const { line, id, area, language, later, stamp } = asked;
    if (line.withdrawn !== null) {
      const withdrawn = spokenIn(await publicRelease(db, line.number), language);
      return { status: 410, page: withdrawnPage({ reply: withdrawn, language }) ?? "" };
    }
    const { reply: frozen, map } = await released(line.hash, line.number);
    const reply = spokenIn(frozen, language);
    const own = reply.release.areas.find((one) => one.id === area);
    if (area !== "" && own === undefined) return ofTyped(services, reply.release, asked);
    const [beside, kept] = id === undefined ? [later, stamp] : [null, ""];
    const key = [line.hash, own?.id, language.code, kept].join(" ");
    const issue = { reply, map, language, area: own?.id };
    return { status: 200, ...(await pages(key, () => publicPage(issue, beside))) };
  };
  return async (request: FastifyRequest<Asked>): Promise<Answer> => {
    const { id } = request.params;
    const { area = "" } = request.query;
    const language = await languageAsked(request);
    const { state, later, stamp } = await now();
    if (state !== "on") return refusal(404, "closed", language ?? inEnglish);
    if (language === null) return refusal(400, "language", inEnglish, { hasNewest: true });
    const line = lineOf(later.lines, id);
    if (line === undefined) return noRelease(later.lines, id, language);
    return ofRelease({ line, id, area: nameIn(area), language, later, stamp });
  };
}

function stampOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url").slice(0, 27);
}

interface AskedRelease {
  readonly line: ReleaseLine;
  readonly id: string | undefined;
  /** Empty: the whole command; null: what can be no name. */
  readonly area: string | null;
  readonly language: Language;
  readonly later: Later;
  readonly stamp: string;
}

function nameIn(area: unknown): string | null {
  return typeof area === "string" && area.length <= longestName ? area.trim() : null;
}

/** The page of the one area that was meant, or which there are. */
async function ofTyped(
  services: Services,
  release: ReleaseDocument,
  { line, id, area, language }: AskedRelease,
): Promise<Answer> {
  const { places, isGuess } = area === null ? noneFound : await findAreas(services, release, area);
  const [only, ...others] = new Set(places.flatMap(({ areas }) => areas));
  if (only === undefined || isGuess)
    return refusal(404, "area", language, { release, close: places });
  if (others.length > 0) return { status: 200, page: choicePage(language, release, places) };
  const path = id === undefined ? "/public" : `/public/${line.number}`;
  return { status: 303, page: "", location: path + query(language, only.id) };
}

/** Without a number, the newest not withdrawn. */
function lineOf(lines: readonly ReleaseLine[], id: string | undefined): ReleaseLine | undefined {
  if (id === undefined) return lines.find(({ withdrawn }) => withdrawn === null);
  return lines.find(({ number }) => String(number) === id);
}

function noRelease(lines: readonly ReleaseLine[], id: string | undefined, language: Language) {
  if (id !== undefined) return refusal(404, "release", language, { hasNewest: true });
  return refusal(404, lines.length === 0 ? "none" : "withdrawn", language);
}

function refusal(
  status: number,
  notice: PublicNotice,
  language: Language,
  more?: Parameters<typeof noticePage>[2],
): Answer {
  const parts = { ...more, hasHelp: notice !== "closed" && notice !== "readOnly" };
  return { status, page: noticePage(language, publicNotice(language, notice), parts) };
}

function send(request: FastifyRequest, reply: FastifyReply, answer: Answer): FastifyReply {
  const { status, page, tag, location } = answer;
  reply.header("content-security-policy", `${publicPolicy}; frame-ancestors 'none'`);
  const isNamed = "lang" in (request.query as Asked["Querystring"]);
  reply.header("vary", isNamed ? "accept-encoding" : "accept-encoding, accept-language");
  reply.type("text/html; charset=utf-8");
  if (location !== undefined) return reply.code(status).header("location", location).send(page);
  if (tag === undefined) return reply.code(status).send(page);
  // Strong: each encoding is other octets.
  const encoding = encodingFor(request.headers["accept-encoding"]) ?? "plain";
  const own = `"${tag}-${encoding}"`;
  reply.header("etag", own).header("cache-control", `public, max-age=${copySeconds}`);
  const held = (request.headers["if-none-match"] ?? "").split(",").map((one) => one.trim());
  const isHeld = held.some((one) => one === "*" || one.replace(/^W\//, "") === own);
  return isHeld ? reply.code(304).send() : reply.code(status).send(page);
}

/** Callers meanwhile share one look; a failed one is not kept. */
function keptFor<Value>(ms: number, look: () => Promise<Value>): () => Promise<Value> {
  let held: { readonly at: number; readonly value: Promise<Value> } | null = null;
  return () => {
    const at = performance.now();
    if (held !== null && at - held.at < ms) return held.value;
    const next = { at, value: look() };
    held = next;
    next.value.catch(() => {
      if (held === next) held = null;
    });
    return next.value;
  };
}

/** The first made goes where there are too many; one that failed is not kept. */
function keptByKey<Rest extends readonly unknown[], Value>(
  make: (key: string, ...rest: Rest) => Promise<Value>,
): (key: string, ...rest: Rest) => Promise<Value> {
  const held = new Map<string, Promise<Value>>();
  return (key, ...rest) => {
    const known = held.get(key);
    if (known !== undefined) return known;
    const made = make(key, ...rest);
    held.set(key, made);
    made.catch(() => held.delete(key));
    const [oldest] = held.keys();
    if (held.size > mostKept && oldest !== undefined) held.delete(oldest);
    return made;
  };
}
