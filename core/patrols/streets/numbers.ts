import type { StreetNeeds, StreetNumbers } from "#core/patrols/streets/street-times.ts";
import type { StreetWays } from "#core/patrols/streets/street-ways.ts";

/** What a plan needs, in steps of a few milliseconds, so that nothing else has to stand still meanwhile. */
export function* streetNumbers(
  ways: StreetWays,
  needs: StreetNeeds,
): Generator<void, StreetNumbers, void> {
  const places: StreetNumbers["places"][number][] = [];
  for (const { mode, cells } of needs.places) {
    const seconds = yield* ways.matrix(cells, mode);
    places.push({ mode, cells, seconds });
  }
  const walks: StreetNumbers["walks"][number][] = [];
  for (const need of needs.walks) {
    walks.push({ ...need, seconds: ways.walks(need.cells, need.mode, need.closed) });
    yield;
  }
  return { places, walks };
}
