import { demoSuffix } from "#core/demo-words.ts";
import { endOfMonth } from "#core/outcomes/periods.ts";
import {
  figureSections,
  type MonthlyFiguresReply,
  type MonthlyPaper,
  monthlyPapers,
} from "#core/outcomes/wire/monthly-figures.ts";
import type { OutcomesReply, ShareReply } from "#core/outcomes/wire/outcomes.ts";
import { csvFile } from "#core/table/write-csv.ts";
import { formatDateRange, formatMonth } from "#core/time/words.ts";

/** For sharing, a line each; blank where withheld, and `says` has the reason. */
export function outcomesCsv(reply: OutcomesReply, mark: string | null): string {
  if (reply.isExact) throw new RangeError("Exact figures cannot be downloaded");
  const { from, to } = reply;
  const row = (
    section: string,
    figure: string,
    values: Partial<Record<(typeof heads)[number], string | number | null>>,
  ) => heads.map((head) => String({ section, figure, from, to, ...values }[head] ?? ""));
  const rows = [
    ...reply.figures.flatMap(({ label, count, words, sourceWords, before, yearAgo }) => [
      row("snapshot", label, { count, says: count === null ? words : `${words}. ${sourceWords}` }),
      ...[before, yearAgo].map((change) =>
        row("snapshot", label, {
          from: change.from,
          to: change.to,
          count: change.count,
          says: change.words,
        }),
      ),
    ]),
    ...reply.residence.flatMap(({ label, bars }) =>
      bars.map(({ label: part, count, share }) =>
        row("where they live", `${label}: ${part}`, {
          count,
          ...sharesOf(share),
          says: count === null ? "fewer than 10, or withheld" : "",
        }),
      ),
    ),
    ...reply.known.map(({ label, yes, share, low, high, sentence }) =>
      row("previously known", label, {
        count: yes,
        ...sharesOf(share),
        interval_low: decimal(low),
        interval_high: decimal(high),
        says: sentence,
      }),
    ),
    ...reply.funnel.stages.map(({ label, count, ofBefore, words }) =>
      row("diversion", label, { count, ...sharesOf(ofBefore), says: words }),
    ),
    ...reply.others.map(({ label, count, words }) =>
      row("other totals", label, { count, says: words }),
    ),
    ...reply.givenMonths.flatMap(({ label, months }) =>
      months.map(({ month, count }) =>
        row("by month", label, {
          from: `${month}-01`,
          to: endOfMonth(`${month}-01`),
          count,
          says: count === null ? "fewer than 10, or withheld" : `about ${count}`,
        }),
      ),
    ),
  ];
  const notes = [
    ...(mark === null ? [] : [mark]),
    `Outcomes, ${formatDateRange(from, to)}`,
    ...reply.notes,
  ];
  return csvFile([...notes.map((note) => [note]), [...heads], ...rows]);
}

function sharesOf(share: ShareReply | null) {
  return { share_low: decimal(share?.low ?? null), share_high: decimal(share?.high ?? null) };
}

function decimal(value: number | null): string {
  return value === null ? "" : value.toFixed(3);
}

const heads = [
  "section",
  "figure",
  "from",
  "to",
  "count",
  "share_low",
  "share_high",
  "interval_low",
  "interval_high",
  "says",
] as const;

const figureHeads = [
  "section",
  "figure",
  "from",
  "to",
  "count",
  "unit",
  "says",
  "definition",
] as const;

/** As it is shared, a line each; `count` is blank where withheld, and `says` has the reason. */
export function monthlyFiguresCsv(
  reply: MonthlyFiguresReply,
  mark: string | null,
  { title }: Pick<MonthlyPaper, "title"> = monthlyPapers.figures,
): string {
  if (reply.isExact) throw new RangeError("Exact figures cannot be downloaded");
  const { month, from, to, incomplete } = reply;
  const notes = [
    ...(mark === null ? [] : [mark]),
    `${title}, ${formatMonth(month)}`,
    ...(incomplete === null ? [] : [incomplete]),
    ...reply.notes,
  ];
  const rows = reply.lines.map(({ section, label, count, unit, words, definition }) => [
    figureSections[section],
    label,
    from,
    to,
    count === null ? "" : String(count),
    unit,
    words,
    definition,
  ]);
  return csvFile([...notes.map((note) => [note]), [...figureHeads], ...rows]);
}

/** "monthly-figures-2021-10.csv"; its demonstration says so. */
export function monthlyFileName(
  { file }: Pick<MonthlyPaper, "file">,
  month: string,
  mark: string | null,
): string {
  return `${file}-${month}${demoSuffix(mark)}.csv`;
}
