import { cellAt, disk } from "#core/geo/cell.ts";
import type { PlacePlan } from "#core/place-plans/wire/place-plans.ts";

/** On Fore Street, by Brettenham Road. */
export const planCells = disk(cellAt([-0.0631, 51.6179], 10), 1);

/** A plan as a person writes one: of a place, and of nobody. */
export const planBody: PlacePlan = {
  name: "Fore Street by Brettenham Road",
  area: { by: "picked", name: null, cells: planCells },
  scanning: "Residents complain of cars that slow down and stop after dark.",
  analysis: "Most on Friday and Saturday; the side street is dark.",
  response: {
    partners: "Outreach leads and says what helps.",
    place: "Light the alley; cut back the hedge by the car park.",
    diversion: "Courses are offered to drivers before anything else.",
    enforcement: "Notices after outreach, by the neighbourhood team.",
  },
  stopRule: "Stop when women report more harm, or after two months without change.",
  reviewOn: "2021-12-14",
  state: "open",
  result: "",
  isForMeeting: true,
};

/** What Hotspots is asked for that place. */
export const pinQuery = { from: "2021-10-01", to: "2021-11-26", days: "fri,sat", hours: "20-02" };

export const seriesFields = {
  week: 2 as const,
  weekday: 1,
  firstOn: "2021-09-01",
  startsAt: "10:00",
  minutes: 90,
};
