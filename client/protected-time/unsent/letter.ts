import { z } from "zod";
import {
  goOutNow,
  moveDate,
  moveSession,
  type PlaceToSave,
  savePlace,
  saveSession,
} from "#client/protected-time/outreach/outreach-api.ts";
import type { SessionRule } from "#core/protected-time/session.ts";
import { radiusClassesM } from "#core/protected-time/settings.ts";
import {
  type OutreachSessionReply,
  placeBody,
  sessionBody,
} from "#core/protected-time/wire/outreach.ts";

/** What police have to be told, as it is sent: never the venue. Sent again under its keys it is saved once. */
export type Letter = OutNowLetter | SessionLetter;

interface OutNowLetter {
  readonly kind: "out-now";
  readonly key: string;
  readonly place: PlaceOfLetter;
  readonly hours: number;
}

/** A saved place, or a new one that is saved first. */
type PlaceOfLetter = { readonly id: string } | PlaceToSave;

interface SessionLetter {
  readonly kind: "session";
  readonly key: string;
  readonly place: PlaceOfLetter;
  readonly rule: SessionRule;
  readonly except: readonly string[];
  /** The session that it changes: all that is to come of it, or one date. */
  readonly changed: { readonly sessionId: string; readonly date: string | null } | null;
}

const id = z.uuid();

const place = z.union([
  z.strictObject({ id }),
  z.strictObject({
    ...placeBody.shape,
    key: id,
    kind: z.enum(["circle", "area", "corridor"]),
    classM: z.literal(radiusClassesM),
  }),
]);

/** Holds what a phone kept against what is sent today: another version of the page may have written it. */
export const letterForm: z.ZodType<Letter> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("out-now"), key: id, place, hours: z.int() }),
  z.strictObject({
    kind: z.literal("session"),
    key: id,
    place,
    rule: sessionBody.shape.rule,
    except: z.array(z.string()),
    changed: z.strictObject({ sessionId: id, date: z.string().nullable() }).nullable(),
  }),
]);

export async function sendLetter(letter: Letter): Promise<OutreachSessionReply> {
  const { key, place } = letter;
  const placeId = "id" in place ? place.id : (await savePlace(place)).id;
  if (letter.kind === "out-now") return goOutNow({ key, placeId, hours: letter.hours });
  const { rule, except, changed } = letter;
  if (changed === null) return saveSession({ key, placeId, rule, except });
  const { sessionId, date } = changed;
  return date === null
    ? moveSession(sessionId, { key, placeId, rule, except })
    : moveDate(sessionId, { key, date, placeId, rule });
}
