import { isQuarter, quarterName } from "#core/exchange/quarter.ts";
import { certainKind, maySpeakOfPerson } from "#core/import/personal-value.ts";
import { monthName } from "#core/panel/months.ts";
import { failure, type Result, success } from "#core/result.ts";

const mostLetters = 280;

/** Words beside an alert as they may cross the line, or what to mend: no figure, no person, no place within the zone. */
export function readHandoverWords(text: string): Result<string> {
  const words = text.trim().replace(/\s+/g, " ");
  if (words === "") return failure("Say in a few words what the alert is about.");
  if (words.length > mostLetters) {
    return failure(`There are more than ${mostLetters} letters: shorten it.`);
  }
  if (/\p{N}/u.test(words)) {
    return failure(
      "Leave figures out: no count, no date, no hour and no house number crosses the line. The month or quarter is said beside it.",
    );
  }
  if (certainKind(words) !== null || maySpeakOfPerson(words)) {
    return failure("This may speak of somebody. Write about reports, not about people.");
  }
  return success(words);
}

/** "October 2021", "July to September 2021" */
export function periodName(period: string): string {
  return isQuarter(period) ? quarterName(period) : monthName(period);
}
