import { ask } from "#client/api/ask.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { Icon } from "#client/ui/Icon.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import { SortableTable, type TableColumn } from "#client/ui/SortableTable.tsx";
import { ratioSentence, weeksWords } from "#core/patrols/seals/words.ts";
import {
  forecastSealCalls,
  type SealedWeek,
  type SealsReply,
} from "#core/patrols/wire/forecast-seals.ts";
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
          Our places are the {shownShare * 100}% of the area ranked first. Beside as many by last
          year’s count they held {weeksWords(share, record.weeks)}. {ratioSentence(share)}
        </p>
      ) : (
        <p>No sealed week is over with its records in.</p>
      )}
      <SortableTable
        caption={`${isReplayed ? "Weeks" : "Sealed weeks"}, the last first`}
        columns={columns}
        rows={weeks}
        rowKey={({ week }) => week}
      />
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

const scoreOf = ({ outcome }: SealedWeek) =>
  outcome?.scores.find(({ share }) => share === shownShare);

const columns: readonly TableColumn<SealedWeek>[] = [
  {
    label: "Week",
    isHead: true,
    cell: ({ week, sealedAt, isReplayed }) =>
      `${formatDate(week)}${sealedAt === null ? ": no seal" : isReplayed ? ": replayed" : ""}`,
  },
  { label: "Expected", isNumber: true, cell: ({ expected }) => expected?.toFixed(1) ?? "" },
  { label: "Came", isNumber: true, cell: cameWords },
  { label: "In our places", isNumber: true, cell: (week) => heldWords(scoreOf(week)?.forecast) },
  {
    label: "In last year’s",
    isNumber: true,
    cell: (week) => heldWords(scoreOf(week)?.counts["count-12"]),
  },
];

function cameWords({ sealedAt, outcome, later }: SealedWeek): string {
  const came = outcome ? String(outcome.total) : sealedAt === null ? "" : "not in yet";
  return later ? `${came} (${later.total} as at ${formatDate(later.asAt)})` : came;
}

/** Tied places count in equal parts, so that reports can be halves. */
function heldWords(held: number | undefined): string {
  return held === undefined ? "" : String(Number(held.toFixed(1)));
}
