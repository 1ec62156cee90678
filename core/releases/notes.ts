import { panelNotes } from "#core/releases/panel/notes.ts";
import type { DraftHistory } from "#core/releases/wire/releases.ts";
import { monthName, publicMonths } from "#core/time/months.ts";

/** What stands at the foot of a release. The same sentences whether or not a figure was taken over. */
export function releaseNotes(
  input: Parameters<typeof panelNotes>[0] & { readonly left: DraftHistory["left"] },
): string[] {
  return [
    ...panelNotes({ ...input, months: publicMonths(input.asAtDate) }),
    "Sightings are those that residents reported, for the whole command alone. Reports by partners stay with the command, and what police came upon by themselves is not in it.",
    "A month stands as it was first released. Reports that came in later, or were taken back, do not change it, so that no two releases can be taken from each other.",
    ...leftOutNotes(input.left),
  ];
}

/** One sentence for each release that months stand in, and why. */
function leftOutNotes(left: DraftHistory["left"]): string[] {
  const releases = [...new Map(left.map((one) => [`${one.release} ${one.why}`, one])).values()];
  return releases.map(({ release: number, why }) => {
    const months = left
      .filter((one) => one.release === number && one.why === why)
      .map(({ month }) => month);
    const [first = "", last = first] = [months[0], months.at(-1)];
    const which = first === last ? monthName(first) : `${monthName(first)} to ${monthName(last)}`;
    return why === "areas"
      ? `The areas changed after release ${number}. Its months from ${which} are not shown again for the new areas: one set taken from the other could give single reports away.`
      : `Release ${number} was withdrawn. Its months from ${which} are in no release that stands, and are not shown again.`;
  });
}
