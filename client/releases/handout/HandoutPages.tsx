import type { ReactNode } from "react";
import { MovedNotes, Sources } from "#client/releases/panel/ReadIn.tsx";
import { SlideBlocks } from "#client/releases/panel/SlideBlocks.tsx";
import type { HandoutContent } from "#core/releases/presentation/handout.ts";
import { markIn } from "#core/releases/presentation/language.ts";
import type { Block, Shown } from "#core/releases/presentation/slide.ts";

export interface HandoutProps {
  readonly shown: Shown;
  /** Otherwise hidden, for paper: it is always the handout that is printed. */
  readonly isOpen: boolean;
}

export interface HandoutPagesProps extends Pick<HandoutProps, "shown"> {
  readonly content: HandoutContent;
}

export function HandoutPages(props: HandoutPagesProps) {
  const { content, shown } = props;
  const { when, done, helped, promised, law, report, method } = content.sections;
  const { language, month } = shown;
  return (
    <>
      <Page {...props} page={1}>
        <p className="handout-page__lead strong">
          {content.lead} {content.second}
        </p>
        <MovedNotes notes={shown.reply.release.movedNotes} />
        <div className="handout__figures grid">
          <div>
            <Part
              title={language.say("paper.where", { month: language.month(month) })}
              blocks={[content.map]}
            />
            <Part title={when.title} blocks={when.blocks} />
          </div>
          <div>
            <SlideBlocks blocks={content.table} />
          </div>
        </div>
        <p className="strong">{content.fewer}</p>
        <Part title={report.title} blocks={report.blocks} className="handout__report" />
      </Page>
      <Page {...props} page={2}>
        <Part title={done.title} blocks={done.blocks} className="handout__done" />
        <Part title={helped.title} blocks={helped.blocks} />
        <Part title={promised.title} blocks={promised.blocks} />
        <Part title={law.title} blocks={law.blocks} className="handout__law" />
        <Part title={method.title} blocks={method.blocks} className="handout__method" />
        <ul className="breaks">
          {content.identity.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </Page>
    </>
  );
}

function Part({
  title,
  blocks,
  className,
}: {
  readonly title: string;
  readonly blocks: readonly Block[];
  readonly className?: string;
}) {
  return (
    <section className={className}>
      <h3>{title}</h3>
      <SlideBlocks blocks={blocks} heading="h4" />
    </section>
  );
}

function Page({
  shown,
  page,
  children,
}: Pick<HandoutPagesProps, "shown"> & {
  readonly page: 1 | 2;
  readonly children: ReactNode;
}) {
  const { say, date } = shown.language;
  const { release, approvedOn, withdrawn } = shown.reply;
  const { mark } = release;
  const number = say("paper.page", { page: String(page), all: "2" });
  return (
    <article
      className="handout-page stack still clips on-paper ink paper--whole"
      aria-label={number}
    >
      <header className="handout-page__head">
        <h2>{say("reported.name")}</h2>
        <p>
          {mark === null ? null : (
            <strong className="handout-page__mark">{markIn(mark, shown.language)}</strong>
          )}
          <span>
            {say("method.release", {
              number: String(release.number),
              asAt: date(release.asAt),
              approved: date(approvedOn),
            })}
          </span>
          <span>{number}</span>
          {mark !== null && page === 1 ? <span>{say("paper.mark-words")}</span> : null}
        </p>
        {withdrawn === null ? null : (
          <p className="handout-page__news">
            {say("paper.withdrawn", { date: date(withdrawn.on) })}
          </p>
        )}
      </header>
      {children}
      <footer className="handout-page__foot quiet breaks">
        <Sources language={shown.language} sources={release.sources} />{" "}
        {say("method.hash", { hash: shown.reply.hash })}
      </footer>
    </article>
  );
}
