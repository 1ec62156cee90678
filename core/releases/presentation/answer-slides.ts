import type { MeasureName } from "#core/outcomes/measures.ts";
import { fewerThan } from "#core/releases/presentation/figure-slides.ts";
import type { Language } from "#core/releases/presentation/language.ts";
import {
  type Block,
  type DoneGroup,
  type Shown,
  type Slide,
  slideOf,
  textsOf,
} from "#core/releases/presentation/slide.ts";
import type { WordKey } from "#core/releases/presentation/words/english.ts";
import type { ReleaseDocument, ReleaseDone } from "#core/releases/wire/release.ts";

export function answerSlides({ reply: { release }, language }: Shown): readonly Slide[] {
  const { say } = language;
  return [
    slideOf(
      "done",
      say("done.name"),
      say("done.heading"),
      [
        { kind: "text", text: doneAbout(release, language), look: "quiet" },
        ...doneBlocks(release, language),
      ],
      true,
    ),
    slideOf("helped", say("helped.name"), say("helped.name"), [
      ...helpedBlocks(release, language),
      ...(release.answers.some(({ helped }) => /\bbetween\b/u.test(helped.text))
        ? textsOf(say("helped.interval"))
        : []),
      ...phaseBlocks(release),
      ...textsOf(say("helped.cannot-tell"), say("helped.cause")),
    ]),
    slideOf("moved", say("moved.name"), say("moved.heading"), [
      ...movedBlocks(release, language),
      ...textsOf(say("moved.unseen"), say("moved.people")),
    ]),
    ...(release.forecast
      ? [
          slideOf("forecast", say("forecast.name"), say("forecast.name"), [
            { kind: "answer", about: null, ...release.forecast },
          ]),
        ]
      : []),
    slideOf("promised", say("promised.name"), say("promised.heading"), promises(release, language)),
  ];
}

const groupTitles = {
  outreach: "done.outreach",
  diversion: "done.diversion",
  identified: "done.identified",
  enforcement: "done.enforcement",
} as const satisfies Record<TellingGroup, WordKey>;

/** No total is of one ward. */
export function doneAbout(release: ReleaseDocument, { say }: Language): string {
  return say("done.about", { place: release.areas[0]?.name ?? "" });
}

/** Outreach, diversion, identified (if any), enforcement; each of the others even when empty. */
export function doneBlocks(release: ReleaseDocument, language: Language): Block[] {
  const { say } = language;
  if (release.done.length === 0)
    return [{ kind: "text", text: say("done.nothing"), look: "strong" }];
  const groups = tellingGroups.flatMap((group): DoneGroup[] => {
    const rows = inOrderOfTelling(release.done).filter((row) => tellingGroupOf(row) === group);
    if (group === "identified" && rows.length === 0) return [];
    const one = {
      title: say(groupTitles[group]),
      note: rows.length === 0 ? say("done.group-empty") : null,
      rows: rows.map(({ label, from, to, count }) => {
        const period = say("done.period", { from: language.date(from), to: language.date(to) });
        const figure = count === null ? fewerThan(release, language) : language.count(count);
        return { label, period, figure, inOneLine: say("done.row", { label, period, figure }) };
      }),
    };
    return [one];
  });
  return [
    { kind: "groups", groups },
    { kind: "text", text: say("done.counts", { base: String(release.base) }), look: "quiet" },
  ];
}

/** Said once, over the rows; null where no two rows share one. */
export function usualPeriod(rows: DoneGroup["rows"]): string | null {
  const counts = new Map<string, number>();
  for (const { period } of rows) counts.set(period, (counts.get(period) ?? 0) + 1);
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  return most !== undefined && most[1] > 1 ? most[0] : null;
}

export function helpedBlocks({ answers }: ReleaseDocument, { say }: Language): Block[] {
  if (answers.length === 0) return [{ kind: "text", text: say("helped.nothing"), look: "strong" }];
  return answers.map(({ operation, helped }) => ({
    kind: "answer",
    about: onlyAmong(answers, operation),
    ...helped,
  }));
}

export function phaseBlocks({ answers }: ReleaseDocument): Block[] {
  return answers.flatMap(({ operation, phases = [] }) =>
    phases.map(({ name, ...spoken }) => {
      const about = [onlyAmong(answers, operation), name].filter(Boolean).join(": ");
      return { kind: "answer", about, ...spoken } as const;
    }),
  );
}

export function movedBlocks({ answers }: ReleaseDocument, { say }: Language): Block[] {
  const all = answers.flatMap(({ operation, moved }) =>
    moved.map((spoken, at) => {
      const about = at === 0 ? onlyAmong(answers, operation) : null;
      return { kind: "answer", about, ...spoken } as const;
    }),
  );
  return all.length === 0 ? [{ kind: "text", text: say("moved.nothing"), look: "strong" }] : all;
}

/** Its name is a code of the police, such as boxster-2021: residents need it only to tell operations apart. */
function onlyAmong(answers: ReleaseDocument["answers"], operation: string): string | null {
  return answers.length > 1 ? operation : null;
}

export function promises({ commitments }: ReleaseDocument, language: Language): Block[] {
  const { say } = language;
  if (commitments.length === 0) {
    return [{ kind: "text", text: say("promised.nothing"), look: "strong" }];
  }
  return commitments.map(({ said, did, next, by }) => ({
    kind: "promise",
    parts: [
      { title: say("promised.said"), text: said, isFrozen: true },
      { title: say("promised.did"), text: did, isFrozen: true },
      { title: say("promised.next"), text: next, isFrozen: true },
      { title: say("promised.by"), text: language.date(by) },
    ],
    inOneLine: say("promised.row", { said, did, next, by: language.date(by) }),
  }));
}

/** Heading for a total: being identified by police is no enforcement, whatever its group. */
const tellingGroups = ["outreach", "diversion", "identified", "enforcement"] as const;
type TellingGroup = (typeof tellingGroups)[number];

const ofPeople: readonly string[] = [
  "sex_workers_identified",
  "kerb_crawlers_identified",
] satisfies MeasureName[];

export function tellingGroupOf({ group, measure }: ReleaseDone): TellingGroup {
  return ofPeople.includes(measure.split(":")[0] ?? "") ? "identified" : group;
}

/** Latest period first, wholes before their parts, else in release order. */
export function inOrderOfTelling(done: readonly ReleaseDone[]): ReleaseDone[] {
  return done.toSorted(
    (a, b) => compare(b.to, a.to) || compare(b.from, a.from) || depthOf(a) - depthOf(b),
  );
}

/** The first few of each group, so that a long group crowds out none. */
export function firstOfEach(done: readonly ReleaseDone[], most: number): ReleaseDone[] {
  const ordered = inOrderOfTelling(done);
  return tellingGroups.flatMap((group) =>
    ordered.filter((row) => tellingGroupOf(row) === group).slice(0, most),
  );
}

/** Of each group its last dates, wholes alone: what a phone shows before anything is opened. */
export function lastOfEach(done: readonly ReleaseDone[]): ReleaseDone[] {
  return tellingGroups.flatMap((group) => {
    const own = inOrderOfTelling(done).filter((row) => tellingGroupOf(row) === group);
    const isLike = (row: ReleaseDone, { from, to }: ReleaseDone) =>
      row.from === from && row.to === to;
    return own.filter((row) => own[0] && isLike(row, own[0]) && depthOf(row) === depthOf(own[0]));
  });
}

/** `cautions` is a whole, `cautions:residence:not_known` a part (core/outcomes/public-tallies.ts). */
function depthOf({ measure }: ReleaseDone): number {
  return measure.split(":").length;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
