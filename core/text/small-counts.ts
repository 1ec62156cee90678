/**
 * A count under 10 of people or of what was reported or done, written in words that others will read: "3 reports",
 * "four women were arrested"; null where there is none. A figure says it by the 10-5 rule (SAFEGUARDS 7), or not at all.
 */
export function smallCountIn(text: string): string | null {
  return smallCount.exec(text)?.[0] ?? null;
}

/** The words in which a field is refused. */
export function smallCountRefusal(found: string): string {
  return `“${found}” is a count under 10: say it without the number, so that nobody can be picked out.`;
}

const few = "(?:[1-9]|one|two|three|four|five|six|seven|eight|nine)";
const counted =
  "(?:reports?|complaints?|sightings?|calls?|arrests?|stops?|searches|cautions?|notices?|warnings?|referrals?|people|persons?|residents?|wom[ae]n|m[ae]n|girls?|boys?|buyers?|drivers?|sellers?|kerb crawlers?|sex workers?|courses?|places booked)";
const smallCount = new RegExp(
  `(?<![\\d.,])\\b${few}(?: (?:more|new|further|other))? ${counted}\\b`,
  "iu",
);
