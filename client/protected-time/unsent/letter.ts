import { z } from "zod";
import { ask } from "#client/api/ask.ts";
import { radiusClassesM } from "#core/protected-time/settings.ts";
import {
  type OutreachSessionReply,
  outreachCalls,
  placeBody,
  sessionBody,
} from "#core/protected-time/wire/outreach.ts";

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

/** Validates kept data, which another version of the page may have written. */
export const letterForm = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("out-now"), key: id, place, hours: z.int() }),
  z.strictObject({
    kind: z.literal("session"),
    key: id,
    place,
    rule: sessionBody.shape.rule,
    except: z.array(z.string()),
    /** `date` null: all to come. */
    changed: z.strictObject({ sessionId: id, date: z.string().nullable() }).nullable(),
  }),
]);

/** As sent; never the venue. Its keys make repeats safe. */
export type Letter = z.infer<typeof letterForm>;

export async function sendLetter(letter: Letter): Promise<OutreachSessionReply> {
  const { key, place } = letter;
  const { addPlace, outNow, addSession, moveSession, moveDate } = outreachCalls;
  const placeId = "id" in place ? place.id : (await ask(addPlace, { body: place })).id;
  if (letter.kind === "out-now") {
    return ask(outNow, { body: { key, placeId, hours: letter.hours } });
  }
  const { rule, except, changed } = letter;
  const body = { key, placeId, rule, except };
  if (changed === null) return ask(addSession, { body });
  const { sessionId, date } = changed;
  return date === null
    ? ask(moveSession, { id: sessionId, body })
    : ask(moveDate, { id: sessionId, body: { key, date, placeId, rule } });
}
