import {
  type EncounterPlace,
  mostGivenUp,
  type PlanEncounters,
} from "#core/patrols/wire/encounters.ts";
import { formatQuantity } from "#core/text/numbers.ts";

/** On the screen and the command line, of the plan as it was suggested, whatever was changed since. On no paper: it is a reason (SAFEGUARDS 6). */
export function encountersSentence({ weight, places, isUnderOne }: PlanEncounters): string {
  const place = places.find((one) => one.weight === weight);
  const base = isUnderOne ? " Even without this, less than one recorded sighting is expected." : "";
  if (!place || place.encounters >= 100) {
    return `Meant to meet fewer sex workers (set to ${weight}), but no plan that gives up at most ${100 * mostGivenUp[weight]}% of coverage does.${base}`;
  }
  return `Meant to meet fewer sex workers (set to ${weight}): ${placeWords(place, places)}.${base}`;
}

/** "about 15% fewer encounters expected, 2% less coverage, 3 patrol hours fewer" */
export function placeWords(place: EncounterPlace, places: readonly EncounterPlace[]): string {
  const { coverage, encounters } = place;
  const fewer =
    encounters >= 100
      ? "as many encounters"
      : `about ${100 - encounters}% fewer encounters expected`;
  const less = coverage >= 100 ? "the same coverage" : `${100 - coverage}% less coverage`;
  return `${fewer}, ${less}${hoursWords(place, places)}`;
}

function hoursWords({ hours }: EncounterPlace, places: readonly EncounterPlace[]): string {
  const without = places.find(({ weight }) => weight === "none")?.hours;
  if (hours === undefined || without === undefined) return "";
  const change = hours - without;
  if (change === 0) return ", as many patrol hours";
  return `, ${formatQuantity(Math.abs(change), "patrol hour")} ${change < 0 ? "fewer" : "more"}`;
}
