import { z } from "zod";
import { id } from "#core/contract/fields.ts";
import {
  type changeViewBody,
  mostSavedViews,
  savedView,
  type saveViewBody,
} from "#core/hotspots/wire/saved-views.ts";
import type { Act } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { columnsOf } from "#server/db/rows.ts";
import { assigned, insertInto, sql } from "#server/db/sql.ts";
import { Problem } from "#server/problem.ts";

/** Own and shared ones, by row policy. */
export async function readViews({ db, actor }: Act) {
  const { person } = actor;
  const columns = columnsOf(savedView.omit({ isOwn: true }));
  const views = await db.transaction(actor, (tx) =>
    tx.rows(
      savedView,
      sql`select ${columns}, person = ${person} as is_own from saved_view
        order by person <> ${person}, lower(name), id`,
    ),
  );
  return { views };
}

/** Keeps a view for the person; the log takes its number and never its name. */
export function saveView(
  { db, actor, addDetail }: Act,
  { replace, filters, ...view }: z.infer<typeof saveViewBody>,
): Promise<{ id: number }> {
  const fields = { ...view, filters: JSON.stringify(filters) };
  const { person } = actor;
  return db.transaction(actor, async (tx) => {
    const replaced = replace
      ? await tx.value(
          id,
          sql`update saved_view set ${assigned(fields)}, changed_at = now()
            where ${ownOf(person, view.name)} returning id`,
        )
      : null;
    const saved = replaced ?? (await insertView(tx, { ...fields, person }));
    addDetail({ view: saved, shared: view.isShared });
    return { id: saved };
  });
}

async function insertView(
  tx: Transaction,
  view: Parameters<typeof insertInto>[1] & { readonly person: string; readonly name: string },
): Promise<number> {
  const own = sql`select count(*) from saved_view where person = ${view.person}`;
  if (((await tx.value(z.int(), own)) ?? 0) >= mostSavedViews) {
    throw new Problem(
      409,
      "Too many views",
      `You already have ${mostSavedViews} views. Remove one, then save this one.`,
    );
  }
  const insert = insertInto("saved_view", view);
  const saved = await tx.value(
    id,
    sql`${insert} on conflict (person, lower(name)) do nothing returning id`,
  );
  if (saved === null) throw taken(view.name);
  return saved;
}

export function changeView(
  { db, actor, addDetail }: Act,
  view: number,
  { name, isShared }: z.infer<typeof changeViewBody>,
): Promise<{ id: number }> {
  const { person } = actor;
  const fields = {
    ...(name === undefined ? {} : { name }),
    ...(isShared === undefined ? {} : { isShared }),
  };
  return db.transaction(actor, async (tx) => {
    if (name !== undefined) {
      const other = await tx.value(id, sql`select id from saved_view where ${ownOf(person, name)}`);
      if (other !== null && other !== view) throw taken(name);
    }
    const change = sql`update saved_view set ${assigned(fields)}, changed_at = now()
      where id = ${view} and person = ${person}`;
    if (!(await tx.did(change))) throw gone();
    addDetail({ view, ...(isShared === undefined ? {} : { shared: isShared }) });
    return { id: view };
  });
}

export function removeView({ db, actor, addDetail }: Act, view: number): Promise<{ id: number }> {
  return db.transaction(actor, async (tx) => {
    const own = sql`delete from saved_view where id = ${view} and person = ${actor.person}`;
    if (!(await tx.did(own))) throw gone();
    addDetail({ view });
    return { id: view };
  });
}

const ownOf = (person: string, name: string) =>
  sql`person = ${person} and lower(name) = lower(${name})`;

function taken(name: string): Problem {
  return new Problem(
    409,
    "This name is taken",
    `You already have a view "${name}". Choose another name, or overwrite it.`,
  );
}

function gone(): Problem {
  return new Problem(
    404,
    "View not found",
    "It may have been removed, or it belongs to someone else. Refresh the list.",
  );
}
