import { describe, expect, test } from "vitest";
import { forecastDemand } from "#core/patrols/demand/demand.ts";
import { readDemand } from "#core/patrols/demand/demand-reports.ts";
import { observedIn } from "#core/patrols/forecast/reports.ts";
import { cellsOf, outcomeOf, sealOf } from "#core/patrols/seals/content.ts";
import { faultWords, sealFile, sealText, verifySeals } from "#core/patrols/seals/file.ts";
import { recordOf, sealsReply } from "#core/patrols/seals/record.ts";
import { ratioSentence, verdictWords } from "#core/patrols/seals/words.ts";
import type { OutcomeContent, SealContent, SealEntry } from "#core/patrols/wire/forecast-seals.ts";
import { addDays, createZone, dayMs } from "#core/time/zone.ts";
import { sealHashing } from "#server/patrols/seals/store.ts";
import { columnsFromEvents } from "#tests/support/columns.ts";
import { scenarioEvents, scenarioStudy } from "#tests/support/plan-scenario.ts";

const zone = createZone("Europe/London");
const study = scenarioStudy();
const columns = columnsFromEvents(
  scenarioEvents(zone, { seed: 9, count: 900, asAt: zone.startOfDate("2021-11-26") }),
);
const friday = (week: string) => addDays(week, -3);

function sealed(week: string): SealContent {
  const asAt = zone.startOfDate(friday(week));
  return sealOf(readDemand(columns, { zone, asAt, study }), { zone, asAt, week, study });
}

function judged(seal: SealContent): OutcomeContent {
  const asAt = addDays(seal.week, 14);
  const reports = readDemand(columns, { zone, asAt: zone.startOfDate(asAt), study });
  const [start, end] = [seal.week, addDays(seal.week, 7)].map((day) => zone.startOfDate(day));
  const came = observedIn(reports, study.cells.length, { start: start ?? 0, end: end ?? 0 });
  return outcomeOf(seal, { asAt, came });
}

/** As the database chains them. */
function chained(
  given: readonly Pick<SealEntry, "kind" | "week" | "at" | "content">[],
): SealEntry[] {
  const entries: SealEntry[] = [];
  for (const one of given) {
    const previous = entries.at(-1)?.hash ?? "0".repeat(64);
    const { kind, week, at, content } = one;
    const entry = {
      number: entries.length + 1,
      kind,
      week,
      isReplayed: false,
      at,
      content,
      previous,
      hash: "",
    };
    entries.push({ ...entry, hash: sealHashing.hash(previous, sealText(entry)) });
  }
  return entries;
}

const weeks = ["2021-10-11", "2021-10-18", "2021-10-25", "2021-11-01"];
const seals = weeks.map(sealed);
const entries = chained(
  seals
    .flatMap((seal) => [
      { kind: "seal" as const, week: seal.week, on: friday(seal.week), content: seal },
      {
        kind: "outcome" as const,
        week: seal.week,
        on: addDays(seal.week, 14),
        content: judged(seal),
      },
    ])
    .toSorted((a, b) => (a.on < b.on ? -1 : 1))
    .map(({ kind, week, on, content }) => ({
      kind,
      week,
      at: `${on}T06:00:00.000Z`,
      content: JSON.stringify(content),
    })),
);
const file = sealFile(entries);
const verify = (text: string, head?: string) => verifySeals(text, sealHashing, head);
const told = (text: string, head?: string) => verify(text, head).faults.map(faultWords);

describe("a seal", () => {
  test("has no interval before eight months with reports are over", () => {
    const [week = ""] = weeks;
    const asAt = zone.startOfDate(friday(week));
    const from = asAt - 200 * dayMs;
    const reports = readDemand(columns, { zone, asAt, study });
    const young = { ...reports, known: reports.known.map((at) => (at < from ? Infinity : at)) };
    const middle = reports.middle.map((at) => Math.max(at, from));
    const seal = sealOf({ ...young, middle }, { zone, asAt, week, study });
    expect(seal.expected).toBeGreaterThan(0);
    expect(seal).not.toHaveProperty("low");
    expect(seal).not.toHaveProperty("high");
    expect(sealed(week).high).toBeGreaterThan(sealed(week).low ?? Infinity);
  });

  test("says what Plan forecasts, of the same cells, and nothing of the week itself", () => {
    const [seal] = seals as [SealContent];
    const asAt = zone.startOfDate(friday(seal.week));
    const demand = forecastDemand(columns, { zone, asAt, study });
    expect(seal.expected).toBeCloseTo(
      demand.week.reduce((sum, rate) => sum + rate, 0),
      2,
    );
    expect(cellsOf(seal)).toEqual(study.cells);
    expect(seal.shares.reduce((sum, share) => sum + share, 0) / 1e9).toBeCloseTo(1, 4);
    const before = columnsFromEvents(
      scenarioEvents(zone, { seed: 9, count: 900, asAt: zone.startOfDate("2021-11-26") }).filter(
        ({ endsAt }) => endsAt <= asAt,
      ),
    );
    const reports = readDemand(before, { zone, asAt, study });
    expect(sealOf(reports, { zone, asAt, week: seal.week, study })).toEqual(seal);
  });

  test("has no place for protected time, a person, a patrol or a partner", () => {
    const words = Object.keys(seals[0] ?? {})
      .sort()
      .join(" ");
    expect(words).toBe(
      "asAt cells counts expected format high low method reports seed shares week weights",
    );
  });
});

describe("boxster forecast verify", () => {
  test("works out every hash and score again", () => {
    const verdict = verify(file);
    expect(verdict).toMatchObject({ ok: true, entries: 8, seals: 4, replayed: 0, noSeal: [] });
    expect(verdict.record).toEqual(recordOf(seals.map(judged)));
    expect(verify(file, verdict.head ?? "").ok).toBe(true);
  });

  test("names a changed octet with its week, wherever it is", () => {
    const lines = file.split("\n");
    const line = lines.findIndex((one) => one.includes('"outcome"'));
    for (let at = 3; at < (lines[line] ?? "").length; at += 97) {
      const changed = [...(lines[line] ?? "")];
      changed[at] = changed[at] === "7" ? "8" : "7";
      const text = lines.with(line, changed.join("")).join("\n");
      const verdict = verify(text);
      expect(verdict.ok, `octet ${at}`).toBe(false);
      expect(
        verdict.faults.some((fault) => fault.line === line + 1),
        `octet ${at}`,
      ).toBe(true);
    }
    const share = file.replace('\\"shares\\":[', '\\"shares\\":[1');
    expect(told(share)[0]).toMatch(/^Line 2, week of 11 Oct 2021: /);
  });

  test("tells a seal that was deleted, one added late, and a week that has none", () => {
    const lines = file.split("\n");
    const gone = lines.toSpliced(2, 1).join("\n");
    expect(told(gone)).toContain("Line 3, week of 25 Oct 2021: Before it entry 2 is missing.");
    expect(verify(gone).noSeal).toEqual(["2021-10-18"]);
    expect(told(gone).join(" ")).toContain("It is the outcome of a week without a seal.");
    const late = chained([
      ...entries,
      {
        kind: "seal" as const,
        week: "2021-11-15",
        at: "2021-11-20T06:00:00.000Z",
        content: JSON.stringify(sealed("2021-11-15")),
      },
    ]);
    expect(told(sealFile(late))).toEqual([
      "Line 10, week of 15 Nov 2021: It was made after the week began.",
    ]);
    expect(verify(sealFile(late)).noSeal).toEqual(["2021-11-08"]);
  });

  test("tells entries cut off or made again by a head that was kept", () => {
    const head = entries.at(-1)?.hash ?? "";
    const short = sealFile(entries.slice(0, -1));
    expect(verify(short).ok).toBe(true);
    expect(told(short, head)).toEqual(["Line 1: No entry has the hash that was kept."]);
  });

  test("tells a score that is better than what came, though its hash fits", () => {
    const better = entries.map((entry) => {
      if (entry.kind === "seal") return entry;
      const outcome = JSON.parse(entry.content) as OutcomeContent;
      const scores = outcome.scores.map((score) => ({ ...score, forecast: score.forecast + 1 }));
      return { ...entry, content: JSON.stringify({ ...outcome, scores }) };
    });
    expect(
      new Set(verify(sealFile(chained(better))).faults.map(({ sentence }) => sentence)),
    ).toEqual(new Set(["Its score is not what the seal and the reports give."]));
  });

  test.each(["", "{}", "\n\n", "null\n", file.slice(0, 900), `${file}x`])(
    "says of another file what it is not",
    (text) => {
      const verdict = verify(text);
      expect(verdict.ok).toBe(false);
      expect(verdict.faults[0]?.sentence).toMatch(/^[A-Z].*\.$/);
    },
  );
});

describe("the record", () => {
  const scores = (forecast: number, year: number) => [
    {
      share: 0.02,
      cells: 10,
      forecast,
      counts: { "count-3": 1, "count-12": year, "count-36": 1 },
    },
  ];
  const outcome = (week: string, forecast: number, year: number): OutcomeContent => ({
    format: 1,
    week,
    asAt: addDays(week, 14),
    came: [],
    total: 20,
    scores: scores(forecast, year),
  });

  test("counts weeks, and the first score of each", () => {
    const first = outcome("2021-10-11", 8, 5);
    const at = (number: number) => `2021-12-0${number}T06:00:00.000Z`;
    const kept = [first, { ...outcome("2021-10-11", 2, 5), asAt: "2021-11-30" }].map(
      (content, index) => ({
        number: index + 2,
        kind: "outcome" as const,
        week: "2021-10-11",
        isReplayed: false,
        at: at(index + 1),
        content: JSON.stringify(content),
        hash: "a",
      }),
    );
    const seal = { ...kept[0], kind: "seal" as const, content: JSON.stringify(seals[0]) };
    const reply = sealsReply([seal as never, ...kept], "2021-10-20");
    expect(reply.record).toMatchObject({ weeks: 1, shares: [{ more: 1, same: 0, fewer: 0 }] });
    expect(reply.weeks.map(({ week, sealedAt }) => [week, sealedAt !== null])).toEqual([
      ["2021-10-18", false],
      ["2021-10-11", true],
    ]);
    expect(reply.weeks[1]?.outcome?.scores).toEqual(first.scores);
    expect(reply.weeks[1]?.later?.asAt).toBe("2021-11-30");
  });

  test("says better only where the whole interval over weeks does", () => {
    const weeksOf = (count: number, held: (at: number) => number) =>
      recordOf(
        Array.from({ length: count }, (_, at) =>
          outcome(addDays("2021-01-04", 7 * at), held(at), 5),
        ),
      ).shares[0];
    const better = weeksOf(12, () => 8);
    expect(ratioSentence(better as never)).toMatch(
      /best of three counts: better, 1\.60 times as many reports/,
    );
    expect(verdictWords(better as never, 12)).toContain(
      "last year's count: more reports in 12 of 12 weeks. All weeks",
    );
    expect(ratioSentence(weeksOf(12, () => 3) as never)).toMatch(/: worse, 0\.60 times/);
    expect(ratioSentence(weeksOf(12, (at) => (at % 2 ? 1 : 10)) as never)).toMatch(
      /: not enough reports to tell, /,
    );
    expect(ratioSentence(weeksOf(7, () => 8) as never)).toBe("Under 8 weeks: not enough to tell.");
  });
});
