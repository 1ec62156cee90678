import { ask } from "#client/api/ask.ts";
import { hasValue } from "#client/api/resource.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { ChartSvg } from "#client/charts/ChartSvg.tsx";
import { type ChartLayout, type Mark, stroke, textMark } from "#client/charts/marks.ts";
import { usePlanParts } from "#client/patrols/plan-parts.ts";
import { Segmented } from "#client/ui/Segmented.tsx";
import { encountersSentence, placeWords } from "#core/patrols/plan/encounter-words.ts";
import { planCalls } from "#core/patrols/wire/board.ts";
import {
  type EncounterPlace,
  type EncounterWeight,
  encounterWeight,
  leastSightings,
  type PlanEncounters,
} from "#core/patrols/wire/encounters.ts";

const names: Readonly<Record<EncounterWeight, string>> = {
  none: "Off",
  some: "Some",
  strong: "Strong",
};

const options = encounterWeight.options.map((value) => ({ value, label: names[value] }));
const label = "Meet fewer sex workers";

/** What the next suggestion goes by. Off where too little was seen. */
export function EncountersField() {
  const { view } = usePlanParts();
  const { resource } = useFetched("encounters", (signal) =>
    ask(planCalls.encounters, {}, { signal }),
  );
  if (!hasValue(resource)) return null;
  if (!resource.value.isEnough) {
    return (
      <p className="quiet small">
        {label}: off, as fewer than {leastSightings} sightings were recorded in a year.
      </p>
    );
  }
  return (
    <>
      <Segmented
        label={label}
        value={view.request.encounters}
        options={options}
        onChange={(encounters) => view.setRequest({ encounters })}
      />
      <p className="quiet small">
        For the next suggestion, from past sightings. Gives up at most 2% (Some) or 10% (Strong) of
        coverage.
      </p>
    </>
  );
}

/** What each weight gives up, behind "How good is this plan?". */
export function EncountersCurve({ encounters }: { readonly encounters: PlanEncounters }) {
  const { places } = encounters;
  return (
    <>
      <p>{encountersSentence(encounters)}</p>
      <ChartSvg label={curveWords(places)} layOut={(width) => layOutCurve(places, width)} />
      <ul className="small">
        {places.map((place) => (
          <li key={place.weight}>
            {names[place.weight]}:{" "}
            {place.weight === "none" ? "the plan as it is" : placeWords(place, places)}
          </li>
        ))}
      </ul>
      <p className="quiet">
        An encounter is a sighting of street sex work that is expected at a stop while the patrol is
        there. Weight only takes visits away or moves them to another hour of the same place. It
        sends no patrol anywhere. Figures are forecasts as suggested, encounters to the nearest 5%;
        where little was seen they are rough. Most meetings are never recorded.
      </p>
    </>
  );
}

function curveWords(places: readonly EncounterPlace[]): string {
  const said = places.map(
    ({ weight, coverage, encounters }) =>
      `${names[weight]}: ${coverage}% of coverage, ${encounters}% of encounters`,
  );
  return `Coverage against encounters. ${said.join(". ")}`;
}

const height = 150;
const pad = { left: 44, right: 76, top: 14, bottom: 30 };

/** Encounters downwards to 0, coverage from the least of the places to 100%. */
export function layOutCurve(places: readonly EncounterPlace[], width: number): ChartLayout {
  const least = Math.min(90, ...places.map(({ coverage }) => coverage));
  const [right, bottom] = [width - pad.right, height - pad.bottom];
  const x = (coverage: number) =>
    pad.left + ((coverage - least) / (100 - least)) * (right - pad.left);
  const y = (encounters: number) => pad.top + (1 - encounters / 100) * (bottom - pad.top);
  const points = places.map(({ coverage, encounters }) => [x(coverage), y(encounters)] as const);
  const drawn = places.filter(
    (place, at) =>
      !places
        .slice(0, at)
        .some((one) => one.coverage === place.coverage && one.encounters === place.encounters),
  );
  const marks: Mark[] = [
    stroke([pad.left, bottom], [right, bottom], "line"),
    stroke([pad.left, pad.top], [pad.left, bottom], "line"),
    textMark(`${least}%`, [pad.left, bottom + 12], "quiet", { anchor: "middle" }),
    textMark("100%", [right, bottom + 12], "quiet", { anchor: "middle" }),
    textMark("coverage", [(pad.left + right) / 2, bottom + 12], "quiet", { anchor: "middle" }),
    textMark("100%", [pad.left - 6, pad.top], "quiet", { anchor: "end" }),
    textMark("0%", [pad.left - 6, bottom], "quiet", { anchor: "end" }),
    { kind: "line", points, tone: "accent", width: 2 },
    ...drawn.flatMap(({ weight, coverage, encounters }): Mark[] => [
      { kind: "dot", x: x(coverage), y: y(encounters), radius: 4, tone: "accent" },
      textMark(names[weight], [x(coverage) + 8, y(encounters) + 10], "ink"),
    ]),
  ];
  return { width, height, marks };
}
