import { ask } from "#client/api/ask.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { ChartSvg } from "#client/charts/ChartSvg.tsx";
import { type ChartLayout, stroke } from "#client/charts/marks.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { Icon } from "#client/ui/Icon.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import { ratioSentence } from "#core/patrols/seals/words.ts";
import {
  forecastSealCalls,
  type SealedWeek,
  type SealsReply,
} from "#core/patrols/wire/forecast-seals.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { formatDate } from "#core/time/words.ts";

/** Of the area: about what patrols of a week reach. */
const shownShare = 0.02;

/** What was said of each week before it began, and how it did. */
export function SealedForecasts() {
  const { resource, reload } = useFetched("sealed forecasts", (signal) =>
    ask(forecastSealCalls.read, {}, { signal }),
  );
  return (
    <section className="stack gap-3" aria-labelledby="sealed-forecasts">
      <h3 id="sealed-forecasts">How often were we right?</h3>
      <Loaded resource={resource} onRetry={reload} skeleton={<Skeleton lines={6} />}>
        {(reply) => <Weeks reply={reply} />}
      </Loaded>
    </section>
  );
}

function Weeks({ reply: { weeks, record, head } }: { readonly reply: SealsReply }) {
  if (head === null) {
    return (
      <p>
        No forecast has been sealed yet. The server seals each week by itself, from 06:00 on the
        Friday before it begins.
      </p>
    );
  }
  const share = record.shares.find((one) => one.share === shownShare);
  const isReplayed = weeks.some((week) => week.isReplayed);
  return (
    <>
      {isReplayed && (
        <Banner kind="note">
          Replayed for the demonstration, from what was known before each week. So they prove
          nothing; a real one is sealed before its week.
        </Banner>
      )}
      {share ? (
        <p>
          In <strong>{share.more}</strong> of {formatQuantity(record.weeks, "week")} the places
          ranked first ({shownShare * 100}% of the area) held more reports than those of last year’s
          count. In {share.same} they held as many, in {share.fewer} fewer. {ratioSentence(share)}
        </p>
      ) : (
        <p>No sealed week is over with its records in.</p>
      )}
      <SealedPicture weeks={weeks} />
      <table className="table">
        <caption className="visually-hidden">Sealed weeks, the last first</caption>
        <thead>
          <tr>
            <th scope="col">Week</th>
            <th scope="col" className="number">
              Expected
            </th>
            <th scope="col" className="number">
              Came
            </th>
            <th scope="col" className="number">
              In our places
            </th>
            <th scope="col" className="number">
              In last year’s
            </th>
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <Row key={week.week} week={week} />
          ))}
        </tbody>
      </table>
      <details>
        <summary>How this is calculated</summary>
        <p className="quiet">
          From 06:00 on Friday the server seals the forecast of the week from Monday, once. Nobody
          can seal, change or remove one, or choose the moment. A week is scored once it has been
          over for seven days and a record of a later day is in. Later corrections of records are
          scored again beside it; the first score counts.
        </p>
        <p className="quiet">
          {record.shares
            .map((one) => `${one.share * 100}% of the area: ${ratioSentence(one)}`)
            .join(" ")}{" "}
          Brackets are 95% intervals over the weeks.
        </p>
        <p className="quiet">
          Anyone with the file can work out every hash and score again, without Boxster’s database:
          boxster forecast verify FILE. Last hash: <code className="breaks">{head.hash}</code>
        </p>
      </details>
      <p>
        <a className="button button--plain" href="/api/forecast-seals/file" download>
          <Icon name="download" />
          Sealed forecasts
        </a>
      </p>
    </>
  );
}

function Row({
  week: { week, sealedAt, expected, outcome, later },
}: {
  readonly week: SealedWeek;
}) {
  const score = outcome?.scores.find((one) => one.share === shownShare);
  return (
    <tr>
      <th scope="row">
        {formatDate(week)}
        {sealedAt === null ? ": no seal" : ""}
      </th>
      <td className="number">{expected?.toFixed(1) ?? ""}</td>
      <td className="number">
        {outcome ? outcome.total : sealedAt === null ? "" : "not in yet"}
        {later ? ` (${later.total} as at ${formatDate(later.asAt)})` : ""}
      </td>
      <td className="number">{score ? heldWords(score.forecast) : ""}</td>
      <td className="number">{score ? heldWords(score.counts["count-12"]) : ""}</td>
    </tr>
  );
}

/** Tied places count in equal parts, so that reports can be halves. */
function heldWords(held: number): string {
  return Number.isInteger(held) ? String(held) : held.toFixed(1);
}

const [height, margin] = [120, 8];

/** By week: the part of its reports in our places, and in those of last year's count. The table has the numbers. */
function SealedPicture({ weeks }: { readonly weeks: readonly SealedWeek[] }) {
  const points = weeks.toReversed().flatMap(({ week, outcome }) => {
    const score = outcome?.scores.find(({ share }) => share === shownShare);
    if (!outcome || !score || outcome.total === 0) return [];
    const { total } = outcome;
    return [{ week, own: score.forecast / total, count: score.counts["count-12"] / total }];
  });
  const most = Math.max(0, ...points.flatMap(({ own, count }) => [own, count]));
  if (points.length < 2 || most === 0) return null;
  const layOut = (width: number): ChartLayout => {
    const step = (width - 2 * margin) / (points.length - 1);
    const yOf = (value: number) => height - margin - (value / most) * (height - 2 * margin);
    const marks = points.flatMap(({ own, count }, at) => {
      const x = margin + at * step;
      return [
        stroke([x, yOf(own)], [x, yOf(count)], "quiet"),
        { kind: "dot", x, y: yOf(count), radius: 5, tone: "ink", isHollow: true } as const,
        { kind: "dot", x, y: yOf(own), radius: 4, tone: "accent" } as const,
      ];
    });
    return { width, height, marks };
  };
  const dates = [points[0], points.at(-1)].map((point) => formatDate(point?.week ?? ""));
  return (
    <>
      <ChartSvg
        label={`Part of each week’s reports in our places and in those of last year’s count, ${dates.join(" to ")}`}
        layOut={layOut}
      />
      <p className="quiet">
        Filled: in our places. Ring: in as many places of last year’s count. The highest is{" "}
        {Math.round(most * 100)}% of its week’s reports.
      </p>
    </>
  );
}
