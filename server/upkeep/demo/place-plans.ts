import { cellAt, disk, eventResolution } from "#core/geo/cell.ts";
import type { ActionOwner } from "#core/place-plans/action.ts";
import type { PlacePlan } from "#core/place-plans/plan.ts";
import { parseLocal, type Zone } from "#core/time/zone.ts";
import type { Transaction } from "#server/db/database.ts";
import { insertSeries } from "#server/place-plans/queries/meeting.ts";
import { changeAction, insertAction } from "#server/place-plans/queries/place-actions.ts";
import { changePlan, insertPlan } from "#server/place-plans/queries/place-plans.ts";

/** Made-up plans of three places on Fore Street, what is to be done there, and the meetings of partners. */
export async function storePlacePlans(tx: Transaction, zone: Zone, person: string): Promise<void> {
  const at = (local: string) => ({ person, now: zone.toInstant(parseLocal(local), "earlier") });
  await insertSeries(tx, { revision: 1, ...demoSeries }, at("2021-09-01T09:00"));
  const [first, second, third] = demoPlans;
  const brettenham = await insertPlan(
    tx,
    { ...first, isForMeeting: false },
    at("2021-09-14T11:40"),
  );
  await changePlan(tx, { id: brettenham, read: 1, plan: first }, at("2021-10-12T14:05"));
  const silver = await insertPlan(tx, { ...second, state: "open" }, at("2021-09-14T12:10"));
  await changePlan(tx, { id: silver, read: 1, plan: second }, at("2021-11-23T09:30"));
  const broadway = await insertPlan(
    tx,
    { ...third, state: "open", result: "" },
    at("2021-08-10T10:15"),
  );
  await changePlan(tx, { id: broadway, read: 1, plan: third }, at("2021-11-09T11:20"));
  const ids = { brettenham, silver, broadway };
  for (const { plan, since, closedOn, ...action } of demoActions) {
    const planId = plan === null ? null : ids[plan];
    const by = at(since);
    const id = await insertAction(tx, { ...action, planId, packId: null }, by);
    if (closedOn === null) continue;
    const done = { ...action, id, read: 1, state: "done" as const, closedOn };
    await changeAction(tx, done, at(`${closedOn}T16:00`));
  }
}

export const demoSeries = {
  week: 2,
  weekday: 1,
  firstOn: "2021-09-01",
  startsAt: "10:00",
  minutes: 90,
} as const;

const around = (lng: number, lat: number) => ({
  by: "point" as const,
  name: null,
  cells: disk(cellAt([lng, lat], eventResolution), 1),
});

/** The points are those of public places (FACTS). */
export const demoPlans: readonly [PlacePlan, PlacePlan, PlacePlan] = [
  {
    name: "Fore Street by Brettenham Road",
    area: around(-0.0631, 51.6179),
    scanning:
      "Residents complain of cars that slow down, stop and turn back by the side roads after dark, and of litter by the car park. Most complaints are of Friday and Saturday nights.",
    analysis:
      "Drivers circle by the service road behind the shops, where two lamps were out in September. Shops close early, so few people are about. Women tell outreach that they move on when police park here.",
    response: {
      partners:
        "Outreach leads and says first what helps. The coordinator brings what women tell about harm.",
      place:
        "Repair the lamps of the service road; close it to through traffic at night; clear the corner by the car park each morning.",
      diversion:
        "Drivers are offered the course before anything else. Women are offered a referral, not a caution.",
      enforcement:
        "Notices only after outreach has spoken, and only for conduct that residents report.",
    },
    stopRule:
      "Stop when outreach reports more harm to women, when complaints rise across the boundary in the neighbouring borough, or after three months without change.",
    reviewOn: "2021-12-14",
    state: "open",
    result: "",
    isForMeeting: true,
  },
  {
    name: "Silver Street corner",
    area: around(-0.0639, 51.6158),
    scanning: "Complaints of noise and of cars that wait by the bus stop late in the evening.",
    analysis:
      "The stop is the last lit place before the North Circular. Night buses bring people together here for a short time.",
    response: {
      partners: "Outreach says what women ask for before anything is changed; police wait for it.",
      place: "A second lamp by the stop; the hedge cut back to give a clear view.",
      diversion: "Leaflets on the course at the petrol station.",
      enforcement: "",
    },
    stopRule: "Stop when the lamp is in and two months in a row are quiet.",
    reviewOn: "2021-11-30",
    state: "in_review",
    result: "",
    isForMeeting: true,
  },
  {
    name: "Car park behind The Broadway",
    area: around(-0.0607, 51.6243),
    scanning: "Litter and needles in the mornings, told by the cleansing team and by residents.",
    analysis: "The gate stood open at night since the summer.",
    response: {
      partners: "Outreach says where a sharps bin is needed.",
      place: "The gate is closed from 22:00 to 06:00.",
      diversion: "",
      enforcement: "",
    },
    stopRule: "Stop when the gate is closed each night for two months.",
    reviewOn: "2021-11-09",
    state: "closed",
    result:
      "The gate is closed each night since October, and no complaint has come in since. Outreach saw nobody put at more risk.",
    isForMeeting: true,
  },
];

interface DemoAction {
  readonly plan: "brettenham" | "silver" | "broadway" | null;
  readonly words: string;
  readonly owner: ActionOwner;
  readonly dueOn: string;
  /** London wall clock at which it was written down. */
  readonly since: string;
  readonly closedOn: string | null;
}

export const demoActions: readonly DemoAction[] = [
  {
    ...{ plan: "brettenham", owner: "council_lighting", dueOn: "2021-11-19" },
    words: "Repair the two lamps of the service road behind the shops",
    ...{ since: "2021-10-12T11:00", closedOn: null },
  },
  {
    ...{ plan: "brettenham", owner: "outreach", dueOn: "2021-12-31" },
    words: "Say what helps women most here, before any notice is given",
    ...{ since: "2021-11-09T11:10", closedOn: null },
  },
  {
    ...{ plan: "brettenham", owner: "highways", dueOn: "2022-01-28" },
    words: "Look at closing the service road to through traffic at night",
    ...{ since: "2021-11-09T11:15", closedOn: null },
  },
  {
    ...{ plan: "silver", owner: "council_cleansing", dueOn: "2021-12-03" },
    words: "Cut back the hedge by the bus stop",
    ...{ since: "2021-11-09T11:20", closedOn: null },
  },
  {
    ...{ plan: null, owner: "coordinator", dueOn: "2021-12-14" },
    words: "Ask all partners what the leaflets on the course should say",
    ...{ since: "2021-11-09T11:25", closedOn: null },
  },
  {
    ...{ plan: "broadway", owner: "council_housing", dueOn: "2021-10-15" },
    words: "Close the gate of the car park from 22:00 to 06:00",
    ...{ since: "2021-08-10T11:00", closedOn: "2021-10-08" },
  },
];
