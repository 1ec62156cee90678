import { type PublicPageState, publicPageReply } from "#core/releases/wire/releases.ts";
import type { Act } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { writeSetting } from "#server/db/settings.ts";
import { sql } from "#server/db/sql.ts";

/** As the database says (0016-public-page.sql). */
export async function publicPageState(tx: Transaction): Promise<PublicPageState> {
  return (await tx.value(publicPageReply.shape.state, sql`select public_page_state()`)) ?? "off";
}

export async function readPublicPage({ db, actor }: Pick<Act, "db" | "actor">) {
  return { state: await db.transaction(actor, publicPageState) };
}

/** Asking a second time changes nothing; the host's command line needs no second person. */
export function turnPublicPage({ db, actor, addDetail }: Act, on: boolean) {
  return db.transaction(actor, async (tx) => {
    addDetail({ on });
    const isOff = (await publicPageState(tx)) === "off";
    if (on === isOff) await writeSetting(tx, "public-page", on);
    return { state: await publicPageState(tx) };
  });
}
