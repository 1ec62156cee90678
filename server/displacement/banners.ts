import type { BannersReply } from "#core/wire/displacement.ts";
import { systemActor } from "#server/db/database.ts";
import { type AssessmentServices, assess } from "#server/displacement/assess.ts";
import { Problem } from "#server/problem.ts";
import { loadOperations } from "#server/queries/operations.ts";

/**
 * What presenter mode cannot hide (SAFEGUARDS 11): in words alone, each from verdicts that need 10
 * or more in every count. It is the same for whoever asks, so it is worked out as the system.
 */
export async function banners(services: AssessmentServices): Promise<BannersReply["banners"]> {
  const { db, asAt } = services;
  const operations = await db.transaction(systemActor, (tx) => loadOperations(tx, asAt.date()));
  const found: BannersReply["banners"] = [];
  for (const { name } of operations) {
    const text = await bannerOf(services, name);
    if (text !== null) found.push({ operation: name, text });
  }
  return found;
}

async function bannerOf(services: AssessmentServices, name: string): Promise<string | null> {
  try {
    return (await assess(services, systemActor, { operation: name })).reply.banner;
  } catch (error) {
    // An operation that cannot be assessed has nothing to say here; its own page gives the reason.
    if (error instanceof Problem && error.status === 422) return null;
    throw error;
  }
}
