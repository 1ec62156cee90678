import { type StreetClass, type StreetMode, streetClasses } from "#core/places/streets/line.ts";

/** Kilometres an hour on each class of street; 0 where the mode may not go. */
export type StreetSpeeds = Readonly<Record<StreetMode, Readonly<Record<StreetClass, number>>>>;

const walking = 4.8;
const riding = 12;

/**
 * On foot and on a cycle as fast as everywhere else in the tool; a cycle is pushed on a path. Vehicles at what is
 * reached in a town by day, lights and corners included, not at the limit.
 */
export const streetSpeeds: StreetSpeeds = {
  foot: { ...everywhere(walking), motorway: 0 },
  cycle: { ...everywhere(riding), motorway: 0, path: walking },
  vehicle: {
    motorway: 70,
    main: 30,
    secondary: 28,
    street: 20,
    service: 10,
    path: 0,
    cycleway: 0,
  },
};

function everywhere(kmh: number): Record<StreetClass, number> {
  return Object.fromEntries(streetClasses.map((name) => [name, kmh])) as Record<
    StreetClass,
    number
  >;
}
