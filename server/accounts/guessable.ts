import type { ZxcvbnFactory } from "@zxcvbn-ts/core";

/** From 0 to 4: fewer than 10^8 tries by somebody who knows how people choose are too few (zxcvbn, Wheeler 2016). */
const leastScore = 3;

/** Why a password is easy to guess, by what the library found; anything else is said without a reason. */
const reasons: Readonly<Record<string, string>> = {
  straightRow: "it is a row of keys",
  keyPattern: "it is a pattern of keys",
  simpleRepeat: "it repeats itself",
  extendedRepeat: "it repeats itself",
  sequences: "it is a run of letters or figures",
  recentYears: "a year is among the first things tried",
  dates: "a date is among the first things tried",
  topTen: "it is among those that are tried first",
  topHundred: "it is among those that are tried first",
  common: "it is among those that are tried first",
  similarToCommon: "it is like those that are tried first",
  wordByItself: "it is one word",
  namesByThemselves: "it is a name",
  commonNames: "it is a name",
  userInputs: "it says a name that is known here",
};

/** What anybody who guesses here would try: the tool, the operation, and the places. */
const ownWords =
  "boxster operation police metropolitan met scotland yard enfield haringey tottenham edmonton fore street london".split(
    " ",
  );

let made: Promise<ZxcvbnFactory> | null = null;

/** The lists take 40 MB and a third of a second: they are read when somebody chooses a password. */
function checker(): Promise<ZxcvbnFactory> {
  made ??= (async () => {
    const [core, common, english] = await Promise.all([
      import("@zxcvbn-ts/core"),
      import("@zxcvbn-ts/language-common"),
      import("@zxcvbn-ts/language-en"),
    ]);
    const { translations } = english;
    // The keys instead of the library's own sentences: ours say them.
    const warnings = Object.fromEntries(
      Object.keys(translations.warnings).map((key) => [key, key]),
    );
    return new core.ZxcvbnFactory({
      dictionary: { ...common.dictionary, ...english.dictionary },
      graphs: common.adjacencyGraphs,
      translations: { ...translations, warnings: warnings as typeof translations.warnings },
    });
  })();
  return made;
}

/** Why a password is too easy to guess, in words, or null. */
export async function guessFault(password: string, name: string): Promise<string | null> {
  const parts = name.split(/[._@+-]/);
  const known = [...ownWords, name, ...parts, parts.join(""), parts.slice(0, 2).join("")].filter(
    (word) => word.length > 2,
  );
  const lists = await checker();
  const folded = password.toLowerCase();
  // Signs between words, as between a name and a year, are the first that is tried too.
  const bare = folded.replaceAll(/[^\p{L}\p{M}\p{N}\p{So}]/gu, "");
  const found = [folded, bare].map((form) => lists.check(form, known));
  const weakest = found.reduce((worst, one) => (one.score < worst.score ? one : worst));
  if (weakest.score >= leastScore) return null;
  const reason = reasons[weakest.feedback.warning ?? ""];
  return `This password is easy to guess${reason ? `: ${reason}` : ""}. Three or four words that do not belong together are good.`;
}
