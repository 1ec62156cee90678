import { mostSavedViews } from "#core/hotspots/wire/saved-views.ts";
import type { Actor } from "#core/role.ts";
import type { ActServices } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import {
  changeSavedView,
  countSavedViews,
  deleteSavedView,
  findOwnView,
  insertSavedView,
  replaceSavedView,
  type SavedViewWrite,
} from "#server/hotspots/queries/saved-views.ts";
import { Problem } from "#server/problem.ts";

type Services = Pick<ActServices, "db" | "addDetail">;

export interface ViewToSave extends Omit<SavedViewWrite, "person"> {
  readonly replace: boolean;
}

/** Keeps a view for the person; the log takes its number and never its name. */
export function saveView(
  { db, addDetail }: Services,
  actor: Actor,
  { replace, ...view }: ViewToSave,
): Promise<{ id: number }> {
  return db.transaction(actor, async (tx) => {
    const write = { ...view, person: actor.person };
    const replaced = replace ? await replaceSavedView(tx, write) : null;
    const id = replaced ?? (await insertView(tx, write));
    addDetail({ view: id, shared: view.isShared });
    return { id };
  });
}

async function insertView(tx: Transaction, write: SavedViewWrite): Promise<number> {
  if ((await countSavedViews(tx, write.person)) >= mostSavedViews) {
    throw new Problem(
      409,
      "Too many views",
      `You already have ${mostSavedViews} views. Remove one, then save this one.`,
    );
  }
  const id = await insertSavedView(tx, write);
  if (id === null) throw taken(write.name);
  return id;
}

export interface ViewChange {
  readonly id: number;
  readonly name?: string | undefined;
  readonly isShared?: boolean | undefined;
}

export function changeView(
  { db, addDetail }: Services,
  actor: Actor,
  { id, name, isShared }: ViewChange,
): Promise<{ id: number }> {
  const { person } = actor;
  return db.transaction(actor, async (tx) => {
    const other = name === undefined ? null : await findOwnView(tx, { person, name });
    if (name !== undefined && other !== null && other !== id) throw taken(name);
    const change = { id, person, name: name ?? null, isShared: isShared ?? null };
    if (!(await changeSavedView(tx, change))) throw gone();
    addDetail({ view: id, ...(isShared === undefined ? {} : { shared: isShared }) });
    return { id };
  });
}

export function removeView(
  { db, addDetail }: Services,
  actor: Actor,
  id: number,
): Promise<{ id: number }> {
  return db.transaction(actor, async (tx) => {
    if (!(await deleteSavedView(tx, { id, person: actor.person }))) throw gone();
    addDetail({ view: id });
    return { id };
  });
}

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
