/**
 * A count under 10 of people, reports or activity in words that others will read: "3 reports",
 * "four young women were arrested", "the figure is 4"; null without one. Figures show it under the
 * 10-5 rule (SAFEGUARDS 7), or not at all. It knows the usual phrasings, not all: the human reader
 * is the other safeguard.
 */
export function smallCountIn(text: string): string | null {
  const found = patterns
    .map((pattern) => pattern.exec(text))
    .filter((match) => match !== null)
    .sort((a, b) => a.index - b.index)[0];
  return found?.[0] ?? null;
}

export function smallCountRefusal(found: string): string {
  return `“${found}” is a count under 10: say it without the number, so that nobody can be picked out.`;
}

const words = (...some: readonly string[]): string => `(?:${some.join("|")})`;
const listed = (text: string): string => words(...text.split(", "));

const whole = "(?![\\d%]|[.,:/]\\d)";
const several = words(
  `[2-9]${whole}`,
  listed("two, three, four, five, six, seven, eight, nine"),
  "a (?:couple|pair) of",
);
const single = words(`1${whole}`, "one", "a single");
const few = words(several, single);

/** Not inside a longer number, nor a section, phase or zone number. */
const begins = `(?<!\\d|\\d[.,:/]|\\.|[\\p{L}\\d]-|\\b${listed(
  "section, phase, part, item, zone, route, stage, step, schedule, platform, junction, page, table",
)} )\\b`;

const one = listed(
  "report, complaint, sighting, call, arrest, stop, search, caution, notice, warning, " +
    "referral, person, resident, woman, man, girl, boy, buyer, driver, seller, " +
    "kerb crawler, sex worker, course",
);
const many = listed(
  "reports, complaints, sightings, calls, arrests, stops, searches, cautions, notices, " +
    "warnings, referrals, people, persons, residents, women, men, girls, boys, buyers, " +
    "drivers, sellers, kerb crawlers, sex workers, courses, places booked",
);
const counted = words(one, many);

/** "one stop shop", "the two stops by the church": not stops by police. */
const noBusStops =
  "(?! shops?\\b)(?<!\\bthe \\S+ stops(?= (?:by|opposite|outside) (?!(?:the )?(?:police|officers?|team|unit|constables?)\\b)))";

const months =
  "jan(?:uary)?, feb(?:ruary)?, mar(?:ch)?, apr(?:il)?, may, june?, july?, aug(?:ust)?, " +
  "sept?(?:ember)?, oct(?:ober)?, nov(?:ember)?, dec(?:ember)?";
/** End what is counted, or make it time, length or days. */
const ends = listed(
  "of, in, on, to, for, or, and, by, from, per, with, without, at, near, before, after, " +
    "since, until, than, the, an?, this, that, these, those, is, are, was, were, be, been, " +
    "has, have, had, do, does, no, not, if, when, where, which, who, as, but, then, so, " +
    "while, between, behind, along, outside, opposite, times, x, [ap]m, bus, tram, train, " +
    "coach, (?:half-)?hour, minute, day, week, month, year, metre, foot, mile, km, m, way" +
    `, ${months}`,
);
/** "-s", but for "-ss", "-us" and "-'s": it is counted itself, as in "2 lamps residents asked for". */
const plural = "[\\p{L}'’-]*[^su\\P{L}]s\\b";
/** Allowed between a number and its noun: "kerb crawling", "local", "more". */
const between = `(?!${ends}\\b)(?!${plural})\\p{L}[\\p{L}'’-]*`;

/** Allowed after a number alone; a noun would be the thing counted. */
const alone =
  "(?= *(?:$|[;!?)\\n]|[.,](?!\\d)|(?:in(?! (?:\\d|the (?:morning|afternoon|evening)))|for|of(?! \\d)|on|last|this|and|or|since|during|by|about|from|near|altogether|so far|a (?:day|week|month|year))\\b))";

const about = "(?:only |just |about |now )?";
/** Between a noun and its count: "is", ":", "in May fell from 12 to". */
const reaches = words(
  " ?[:=\\u2013\\u2014] ?",
  " - ",
  ` (?:is|are|was|were|of|came to|stands at|stood at) `,
  ` (?:rose|rises|fell|falls|went|grew|dropped|down|up)(?: from (?:\\d+|${few}))?(?: to| by)? `,
);

const patterns: readonly RegExp[] = [
  // "3 reports", "two more women", "four of the drivers", "3 kerb crawling reports"
  `${begins}${few} (?:(?:more|new|further|other) )?${counted}\\b${noBusStops}`,
  `${begins}${several} (?:of (?:the|these|those|our) )?(?:${between} ){0,3}${many}\\b${noBusStops}`,
  `${begins}${single} (?:${between} ){1,3}${one}\\b${noBusStops}`,
  // "We arrested 3.", "stopped four in May"
  `\\b(?:arrested|stopped|searched|cautioned|charged|warned|referred|fined|identified) ${about}${few}${alone}`,
  `\\b(?:reported|counted|recorded|received|booked|issued|saw|seen|met|found|helped|spoke to|spoken to) ${about}${several}${alone}`,
  // "The true figure is 4.", "Complaints: 4 in May", "arrests in May fell from 12 to 3"
  `\\b(?:figures?|numbers?|totals?|counts?|${counted})\\b(?: (?:in|for|of|by|from)(?: [\\p{L}'’-]+){1,3}?)?${reaches}${about}${few}${alone}`,
].map((pattern) => new RegExp(pattern, "iu"));
