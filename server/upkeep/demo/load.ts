import { corridorName } from "#core/displacement/operation-area.ts";
import type { ReleaseCommitment } from "#core/releases/wire/release.ts";
import type { Actor } from "#core/role.ts";
import { dayMs, parseLocal, type Zone } from "#core/time/zone.ts";
import { type CompleteRecipe, completeRecipe } from "#data/demo/complete.ts";
import { generateDemonstration } from "#data/demo/generate.ts";
import { createGround, type DemoPlaces, treatedReachMetres } from "#data/demo/ground.ts";
import type { Demonstration } from "#data/demo/model.ts";
import { agreedAt, createExchanges, givenAt } from "#data/demo/neighbour.ts";
import { createPlans, meetingSeries } from "#data/demo/plans.ts";
import { RecipeError, type RecipePlan } from "#data/demo/recipe.ts";
import { policeContactKey } from "#server/accounts/account-settings.ts";
import type { DemoMark, Services } from "#server/acts/services.ts";
import { operatorActor } from "#server/cli/command.ts";
import { systemActor, type Transaction, withOptions } from "#server/db/database.ts";
import { usedTables } from "#server/db/emptiness.ts";
import { readSetting, writeSetting } from "#server/db/settings.ts";
import { createOperation } from "#server/displacement/operations/store.ts";
import { agree } from "#server/neighbours/agreements.ts";
import { comparisonKey } from "#server/neighbours/patrol-check.ts";
import { insertTotals } from "#server/neighbours/totals.ts";
import { addTally } from "#server/outcomes/tallies.ts";
import { createPatrolPartner } from "#server/patrols/patrol-partners.ts";
import { insertDuties } from "#server/patrols/staffing.ts";
import { insertVisits } from "#server/patrols/visits.ts";
import { ownPackFolder, readDemoRecipe, recipeFault } from "#server/place-pack.ts";
import {
  changeAction,
  changePlan,
  insertAction,
  insertPlan,
  insertSeries,
} from "#server/place-plans/store.ts";
import { fillPlaces, heldPack } from "#server/places/load.ts";
import { type Places, placesOf } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";
import { confirmCalendar } from "#server/protected-time/calendars.ts";
import { closeSessions } from "#server/protected-time/close-sessions.ts";
import { createPartner } from "#server/protected-time/partners.ts";
import { savePlace } from "#server/protected-time/places.ts";
import { storeSession } from "#server/protected-time/sessions.ts";
import {
  createStreetLookup,
  openStreetLookup,
  type StreetLookup,
} from "#server/records/import/street-of-point.ts";
import { createBatch, finishBatch } from "#server/records/queries/batches.ts";
import { insertEvents } from "#server/records/queries/events.ts";
import { approveRelease } from "#server/releases/decide.ts";
import { draftRelease } from "#server/releases/draft.ts";
import { storePatrols } from "#server/upkeep/demo/patrols.ts";
import { onStreets } from "#server/upkeep/demo/place-demo.ts";
import { replaySeals } from "#server/upkeep/demo/seals.ts";

/** Acts for many people, so has the command line's rights. */
const loader = operatorActor("demonstration");

/** A week before it began. */
const operationKnownSince = "2021-07-26T09:30";

/** Early on the totals' last day. */
const talliesTypedAt = "2021-11-26T00:20";

/**
 * Fills a new database with its places' demonstration and marks it permanently as one. All or
 * nothing: a used database is refused, so that made-up and real rows never mix.
 */
export async function loadDemo(
  services: Pick<Services, "db" | "zone" | "asAt"> &
    Partial<Pick<Services, "streets">> & {
      readonly config?: { readonly places: { readonly folder: string } };
    },
  say: (line: string) => void,
): Promise<Demonstration> {
  const { db, zone, asAt } = services;
  const folder = services.config?.places.folder ?? ownPackFolder;
  await db.transaction(loader, refuseUnlessNew, { beside: true });
  if ((await db.transaction(systemActor, heldPack)) === null) await fillPlaces(db, folder);
  const places = await placesOf(services);
  const lookup = services.streets ? await openStreetLookup(services.streets) : noStreets;
  say("Making up the demonstration data...");
  const { demo, recipe } = makeUp(folder, { ...places.reply, zones: places.edgeZones }, zone);
  await withOptions(db, { events: true, long: true }).transaction(loader, async (tx) => {
    await refuseUnlessNew(tx);
    const mark: DemoMark = { asAt: demo.asAt, neighbour: recipe.neighbours[0] ?? null };
    await writeSetting(tx, "demo", mark);
    await writeSetting(tx, policeContactKey, madeUpNumber);
    await storeEvents(tx, demo, lookup);
    const { along = recipe.busyStreet.road } = recipe.operation;
    await createOperation(tx, {
      ...demo.operation,
      treatedArea: { by: "corridor", name: corridorName(along, treatedReachMetres) },
      now: zone.toInstant(parseLocal(operationKnownSince), "earlier"),
    });
    const typedAt = zone.toInstant(parseLocal(talliesTypedAt), "earlier");
    for (const tally of demo.tallies) await addTally(tx, tally, typedAt);
    await insertVisits(tx, demo.visits, loader.person);
    await storePartners(tx, zone, demo);
    await storeWardens(tx, zone, demo);
    await storePlacePlans(tx, zone, { person: loader.person, places: recipe.plans });
    await storeExchange(tx, zone, places, recipe.neighbours);
    await storePatrols(tx, { db, zone, asAt, study: places.command }, demo.patrols);
    await replaySeals(tx, { zone, today: demo.asAt, study: places.command });
  });
  await asAt.refresh(db);
  // Built from the loaded data, as an analyst would.
  await storeRelease(services);
  say(`${demo.events.length} made-up events and ${demo.partners.length} partners are in.`);
  return demo;
}

function makeUp(
  folder: string,
  places: DemoPlaces,
  zone: Zone,
): { readonly demo: Demonstration; readonly recipe: CompleteRecipe } {
  const recipe = readDemoRecipe(folder);
  try {
    return {
      recipe: completeRecipe(createGround(places, recipe), recipe),
      demo: generateDemonstration(places, recipe, zone),
    };
  } catch (cause) {
    if (cause instanceof RecipeError) throw recipeFault(folder, cause);
    throw cause;
  }
}

/** Fixed, so that made-up data are reproducible; elsewhere keys are random and secret. */
const demoKey = new Uint8Array(32).fill(14);

async function storeExchange(
  tx: Transaction,
  zone: Zone,
  places: Pick<Places, "edgeZones">,
  neighbours: readonly string[],
): Promise<void> {
  const part = (await heldPack(tx))?.words.part[0] ?? "area";
  const by = loader.person;
  const instant = (local: string) => zone.toInstant(parseLocal(local), "earlier");
  for (const { agreement, totals } of createExchanges(neighbours, part)) {
    const { id, neighbour } = await agree(tx, places, agreement, { at: instant(agreedAt), by });
    await insertTotals(tx, { agreementId: id, neighbour, totals, at: instant(givenAt), by });
  }
  await tx.through("keeper", (keeper) => comparisonKey(keeper, demoKey));
}

const analyst: Actor = { person: "demonstration analyst", role: "analyst", partner: null };
const auditor: Actor = { person: "demonstration auditor", role: "auditor", partner: null };

/** Drafted and approved by two people, so that presenters have something to show. */
async function storeRelease(services: Pick<Services, "db" | "zone" | "asAt">): Promise<void> {
  const quiet = { ...services, addDetail: () => undefined };
  const { id } = await draftRelease(
    { ...quiet, actor: analyst },
    { commitments: [...commitments] },
  );
  await approveRelease({ ...quiet, actor: auditor }, id, null);
}

const noStreets = createStreetLookup(null);

async function storeEvents(tx: Transaction, demo: Demonstration, lookup: StreetLookup) {
  const fileName = `demonstration, seed ${demo.seed}`;
  const batch = await createBatch(tx, {
    person: loader.person,
    fileName,
    profile: "demonstration",
  });
  const accepted = await insertEvents(tx, batch, onStreets(demo.events, lookup));
  await finishBatch(tx, batch, { rows: accepted, accepted, rejected: 0, duplicates: 0 });
}

async function storePartners(tx: Transaction, zone: Zone, demo: Demonstration): Promise<void> {
  const since = zone.toInstant(parseLocal(partnersSince), "earlier");
  const ids: string[] = [];
  for (const { code, name, places } of demo.partners) {
    const partner = await createPartner(tx, { code, name, now: since });
    for (const { label, ground, sessions } of places) {
      const place = await savePlace(
        tx,
        { ...ground, partnerId: partner.id, label, now: since },
        null,
      );
      for (const rule of sessions) {
        const draft = { partnerId: partner.id, placeId: place.id, rule };
        ids.push(await storeSession(tx, { zone, now: since }, draft));
      }
    }
    // Every week, so that a plan as at an earlier date finds a calendar too.
    for (let now = since; now < demo.confirmedAt; now += 7 * dayMs) {
      await confirmCalendar(tx, { zone, now }, { partnerId: partner.id });
    }
    await confirmCalendar(tx, { zone, now: demo.confirmedAt }, { partnerId: partner.id });
  }
  // First as of then, for sessions now past, then up to today's horizon.
  for (const now of [since, demo.confirmedAt]) {
    await closeSessions(tx, { zone, now }, { ids, announce: false });
  }
}

async function storeWardens(tx: Transaction, zone: Zone, { wardens }: Demonstration) {
  const { duties, ...given } = wardens;
  const since = zone.toInstant(parseLocal(partnersSince), "earlier");
  await insertDuties(
    tx,
    duties,
    await createPatrolPartner(tx, { ...given, kind: "wardens" }, since),
  );
}

/** Of the numbers that are kept free for stories. */
const madeUpNumber = "01632 960 123";

/** Gives partners a record of sessions kept clear. */
const partnersSince = "2021-10-01T10:00";

/**
 * The demonstration goes only into a never used database: one that held real rows stays real even
 * when they are gone.
 */
async function refuseUnlessNew(tx: Transaction): Promise<void> {
  if ((await readSetting(tx, "demo")) !== null) {
    throw new Problem(
      409,
      "Demonstration already loaded",
      "This database already has the demonstration. To start over, stop the server, move its data folder away and start again.",
    );
  }
  const used = await usedTables(tx);
  if (used.length === 0) return;
  throw new Problem(
    409,
    "Not a new database",
    `The demonstration needs a new database, and this one has been used (${used.join(", ")}). Set BOXSTER_DATA to another folder.`,
  );
}

const commitments: readonly ReleaseCommitment[] = [
  {
    said: "Cars slow down and circle at night, and people are afraid to walk home.",
    did: "Outreach workers talked to the women. Officers spoke to drivers, and courses were offered before fines.",
    next: "The council looks at lighting and at closing one side road at night.",
    by: "2022-02-28",
  },
  {
    said: "You report and never hear back.",
    did: "We show here what was reported, month by month, and say what we cannot tell.",
    next: "Every ward panel gets the next release, and each report gets an answer.",
    by: "2022-01-31",
  },
];

export async function storePlacePlans(
  tx: Transaction,
  zone: Zone,
  { person, places }: { readonly person: string; readonly places: readonly RecipePlan[] },
): Promise<void> {
  const at = (local: string) => ({ person, now: zone.toInstant(parseLocal(local), "earlier") });
  const { plans, actions } = createPlans(places);
  await insertSeries(tx, { revision: 1, ...meetingSeries }, at("2021-09-01T09:00"));
  const ids: number[] = [];
  for (const { plan, first, since, changedAt } of plans) {
    const id = await insertPlan(tx, first, at(since));
    await changePlan(tx, { id, read: 1, act: "changed", plan }, at(changedAt));
    ids.push(id);
  }
  for (const { plan, since, closedOn, ...action } of actions) {
    const planId = plan === null ? null : (ids[plan] ?? null);
    const by = at(since);
    const id = await insertAction(tx, { ...action, planId, packId: null }, by);
    if (closedOn === null) continue;
    const done = { ...action, id, read: 1, state: "done" as const, closedOn };
    await changeAction(tx, done, at(`${closedOn}T16:00`));
  }
}
