import { cellAt, disk, eventResolution } from "#core/geo/cell.ts";
import type { ActionOwner } from "#core/place-plans/action.ts";
import type { MeetingSeries } from "#core/place-plans/meeting/series.ts";
import type { PlacePlan } from "#core/place-plans/wire/place-plans.ts";
import type { RecipePlan } from "#data/demo/recipe.ts";

/** A made-up plan, and the local wall clock at which it was written down and last changed. */
export interface MadeUpPlan {
  readonly plan: PlacePlan;
  /** As it was first written down. */
  readonly first: PlacePlan;
  readonly since: string;
  readonly changedAt: string;
}

export interface MadeUpAction {
  /** Its plan among the others; null for one of no place. */
  readonly plan: number | null;
  readonly words: string;
  readonly owner: ActionOwner;
  readonly dueOn: string;
  /** Local wall clock at which it was written down. */
  readonly since: string;
  readonly closedOn: string | null;
}

/** Plans of the places that a recipe has, in words of its own or in usual ones, and what is to be done there. */
export function createPlans(places: readonly RecipePlan[]): {
  readonly plans: readonly MadeUpPlan[];
  readonly actions: readonly MadeUpAction[];
} {
  return {
    plans: usualPlans.flatMap((usual, index) => {
      const place = places[index];
      return place ? [createPlan(usual, place)] : [];
    }),
    actions: actions.filter(({ plan }) => plan === null || plan < places.length),
  };
}

function createPlan({ since, changedAt, ...usual }: UsualPlan, place: RecipePlan): MadeUpPlan {
  const plan: PlacePlan = {
    ...usual,
    name: place.name,
    area: { by: "point", name: null, cells: disk(cellAt(place.at, eventResolution), 1) },
    scanning: place.scanning ?? usual.scanning,
    analysis: place.analysis ?? usual.analysis,
    response: place.response ?? usual.response,
    stopRule: place.stopRule ?? usual.stopRule,
    result: place.result ?? usual.result,
    isForMeeting: true,
  };
  const { state } = plan;
  const first = { ...plan, state: "open", result: "", isForMeeting: state !== "open" } as const;
  return { plan, first, since, changedAt };
}

/** When the partners meet. */
export const meetingSeries: MeetingSeries = {
  week: 2,
  weekday: 1,
  firstOn: "2021-09-01",
  startsAt: "10:00",
  minutes: 90,
};

type UsualPlan = Omit<PlacePlan, "name" | "area" | "isForMeeting"> &
  Pick<MadeUpPlan, "since" | "changedAt">;

const usualPlans: readonly UsualPlan[] = [
  {
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
      "Stop when outreach reports more harm to women, when complaints rise across the boundary beside us, or after three months without change.",
    reviewOn: "2021-12-14",
    state: "open",
    result: "",
    since: "2021-09-14T11:40",
    changedAt: "2021-10-12T14:05",
  },
  {
    scanning: "Complaints of noise and of cars that wait by the bus stop late in the evening.",
    analysis:
      "The stop is the last lit place of the street. Night buses bring people together here for a short time.",
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
    since: "2021-09-14T12:10",
    changedAt: "2021-11-23T09:30",
  },
  {
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
    since: "2021-08-10T10:15",
    changedAt: "2021-11-09T11:20",
  },
];

const actions: readonly MadeUpAction[] = [
  {
    plan: 0,
    owner: "council_lighting",
    dueOn: "2021-11-19",
    words: "Repair the two lamps of the service road behind the shops",
    since: "2021-10-12T11:00",
    closedOn: null,
  },
  {
    plan: 0,
    owner: "outreach",
    dueOn: "2021-12-31",
    words: "Say what helps women most here, before any notice is given",
    since: "2021-11-09T11:10",
    closedOn: null,
  },
  {
    plan: 0,
    owner: "highways",
    dueOn: "2022-01-28",
    words: "Look at closing the service road to through traffic at night",
    since: "2021-11-09T11:15",
    closedOn: null,
  },
  {
    plan: 1,
    owner: "council_cleansing",
    dueOn: "2021-12-03",
    words: "Cut back the hedge by the bus stop",
    since: "2021-11-09T11:20",
    closedOn: null,
  },
  {
    plan: null,
    owner: "coordinator",
    dueOn: "2021-12-14",
    words: "Ask all partners what the leaflets on the course should say",
    since: "2021-11-09T11:25",
    closedOn: null,
  },
  {
    plan: 2,
    owner: "council_housing",
    dueOn: "2021-10-15",
    words: "Close the gate of the car park from 22:00 to 06:00",
    since: "2021-08-10T11:00",
    closedOn: "2021-10-08",
  },
];
