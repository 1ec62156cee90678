import { z } from "zod";
import { type ChosenForecast, choiceWords } from "#core/patrols/forecast/choice.ts";
import {
  chosenForecast,
  type ForecastChoiceBody,
  type ForecastChoiceReply,
} from "#core/patrols/wire/forecast-choice.ts";
import type { Actor } from "#core/role.ts";
import type { ActServices } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { readSetting, writeSetting } from "#server/db/settings.ts";
import { Problem } from "#server/problem.ts";

const key = "forecast-choice";
const held = chosenForecast.extend({ chosenBy: z.string() });

/** Null until somebody has chosen, or where this version has no such choice: Plan then uses the average of ways. */
export async function readChosen(tx: Transaction): Promise<ForecastChoiceReply["chosen"]> {
  return held
    .nullable()
    .catch(null)
    .parse(await readSetting(tx, key));
}

/** What a plan that is made now keeps of it: nobody's name. */
export async function chosenNow(tx: Transaction): Promise<ChosenForecast | null> {
  const chosen = await readChosen(tx);
  return chosen && { choice: chosen.choice, chosenOn: chosen.chosenOn };
}

/** For the plans that are made from now on; who may is a right of the table. */
export function chooseForecast(
  { db, asAt, addDetail }: Pick<ActServices, "db" | "asAt" | "addDetail">,
  actor: Actor,
  { choice, instead }: ForecastChoiceBody,
): Promise<ForecastChoiceReply> {
  addDetail({ choice });
  return db.transaction(actor, async (tx) => {
    await tx.query("select pg_advisory_xact_lock(hashtext('forecast-choice'))");
    const before = await readChosen(tx);
    const inUse = before?.choice ?? "forecast";
    // Who wants what stands by now has nothing to decide again.
    if (inUse !== instead && inUse !== choice) {
      const by = before ? `${before.chosenBy} chose meanwhile` : "Meanwhile in use";
      throw new Problem(
        409,
        "Somebody else chose first",
        `${by}: ${choiceWords(inUse)}. Nothing was changed. To use yours, choose it again.`,
      );
    }
    const chosen = { choice, chosenOn: asAt.date(), chosenBy: actor.person };
    await writeSetting(tx, key, chosen);
    return { chosen };
  });
}
