import type { EncounterPlace, PlanEncounters } from "#core/patrols/wire/encounters.ts";

/** On the screen and the command line, of the plan as it was suggested, whatever was changed since. On no paper: it is a reason (SAFEGUARDS 6). */
export function encountersSentence({ weight, places }: PlanEncounters): string {
  const place = places.find((one) => one.weight === weight);
  if (!place || place.encounters >= 100) {
    return `Meant to meet fewer sex workers (set to ${weight}), but no plan that covers enough does.`;
  }
  return `Meant to meet fewer sex workers (set to ${weight}): ${placeWords(place)}.`;
}

/** "about 15% fewer encounters expected, 2% less coverage" */
export function placeWords({ coverage, encounters }: EncounterPlace): string {
  const fewer =
    encounters >= 100
      ? "as many encounters"
      : `about ${100 - encounters}% fewer encounters expected`;
  return `${fewer}, ${coverage >= 100 ? "the same coverage" : `${100 - coverage}% less coverage`}`;
}
