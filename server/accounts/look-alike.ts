import unhomoglyph from "unhomoglyph";
import { looksAlikeType } from "#core/text/problem-types.ts";
import { Problem } from "#server/problem.ts";

/** Refused once with the similar name, unless the caller has already confirmed it. */
export function askIfAlike(
  name: string,
  others: readonly (string | null)[],
  evenAlike: boolean | undefined,
): void {
  const twin = evenAlike ? undefined : others.find((other) => other && areAlike(name, other));
  if (!twin) return;
  throw new Problem(
    409,
    `This looks like "${twin}"`,
    "Nothing was saved. People could take one for the other. Choose a name that is easy to tell apart, or save it anyway.",
    [],
    looksAlikeType,
  );
}

/** Compares UTS 39 skeletons, with and without capitals. */
export function areAlike(one: string, other: string): boolean {
  return looks.some((look) => look(one) === look(other));
}

const looks = [
  (name: string) => skeleton(name.toLowerCase()).toLowerCase(),
  (name: string) => skeleton(name).toLowerCase(),
];

function skeleton(name: string): string {
  return unhomoglyph(name.normalize("NFD")).normalize("NFD").replace(/\s+/g, "");
}
