import { expect, test } from "vitest";
import { readCoordinates } from "#client/places/coordinates.ts";
import { command } from "#client/state/command.ts";

test("coordinates are read either way round, by what is nearer to the command", () => {
  const before = command.get();
  command.set(() => ({ ...before, centre: [-0.06, 51.6] }));
  expect(readCoordinates("51.6147, -0.0644")).toEqual([-0.0644, 51.6147]);
  expect(readCoordinates("-0.0644 51.6147")).toEqual([-0.0644, 51.6147]);
  expect(readCoordinates("Fore Street 12")).toBeNull();
  command.set(() => ({ ...before, centre: [-74, 40.7] }));
  expect(readCoordinates("40.7128, -74.006")).toEqual([-74.006, 40.7128]);
  expect(readCoordinates("-74.006 40.7128")).toEqual([-74.006, 40.7128]);
  command.set(() => before);
});
