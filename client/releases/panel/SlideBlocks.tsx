import { use } from "react";
import { PanelMap } from "#client/releases/panel/PanelMap.tsx";
import { ReadIn } from "#client/releases/panel/ReadIn.tsx";
import { usualPeriod } from "#core/releases/presentation/answer-slides.ts";
import { monthWords, notShown } from "#core/releases/presentation/figure-slides.ts";
import { langOfFrozen } from "#core/releases/presentation/language.ts";
import type { Block, DoneGroup, MonthsBlock, Pair } from "#core/releases/presentation/slide.ts";
import type { MonthFigure } from "#core/releases/presentation/view.ts";
import "#client/releases/panel/panel-months.css";

export interface SlideBlocksProps {
  readonly blocks: readonly Block[];
  /** One level below the heading above it, on a slide its sentence. */
  readonly heading?: "h3" | "h4";
  /** Opens a question by its slide; absent on paper. */
  readonly onQuestion?: (id: string) => void;
}

/** The same blocks as in the file and the text version. */
export function SlideBlocks({ blocks, heading = "h3", onQuestion }: SlideBlocksProps) {
  // Slides have few blocks, in a fixed order.
  return blocks.map((block, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: see above.
    <OneBlock key={at} block={block} heading={heading} onQuestion={onQuestion} />
  ));
}

type Heading = NonNullable<SlideBlocksProps["heading"]>;

function OneBlock({
  block,
  heading: Heading,
  onQuestion,
}: {
  readonly block: Block;
  readonly heading: Heading;
  readonly onQuestion: SlideBlocksProps["onQuestion"];
}) {
  const frozen = langOfFrozen(use(ReadIn));
  switch (block.kind) {
    case "figure":
      return (
        <p className="block block--figure">
          <strong>{block.count}</strong> <span>{block.label}</span>
        </p>
      );
    case "text":
      return (
        <p
          className={`block block--${block.look ?? "plain"}`}
          lang={block.isFrozen ? frozen : undefined}
        >
          {block.text}
        </p>
      );
    case "list":
      return <List {...block} heading={Heading} />;
    case "map":
      return <PanelMap {...block} />;
    case "table":
      return <Figures {...block} />;
    case "months":
      return <PanelMonths {...block} />;
    case "groups":
      return block.groups.map((group) => (
        <Group key={group.title} group={group} heading={Heading} />
      ));
    case "answer":
      return (
        <section className="block block--answer">
          {block.about === null ? null : <Heading>{block.about}</Heading>}
          <p className="block__lead" lang={frozen}>
            {block.text}
          </p>
          {block.wrongIf === undefined ? null : <p lang={frozen}>{block.wrongIf}</p>}
          <p className="block__basis" lang={frozen}>
            {block.basis}
          </p>
        </section>
      );
    case "promise":
      return <Pairs pairs={block.parts} className="block--promise" />;
    case "pairs":
      return <Pairs pairs={block.pairs} className="block--pairs" />;
    case "questions":
      return <Questions questions={block.questions} onQuestion={onQuestion} />;
  }
}

function List({
  title,
  items,
  lang,
  heading: Heading,
}: Extract<Block, { readonly kind: "list" }> & { readonly heading: Heading }) {
  return (
    <section className="block block--list">
      {title === undefined ? null : <Heading>{title}</Heading>}
      <ul lang={lang}>
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </section>
  );
}

function Figures({ caption, columns, rows }: Extract<Block, { readonly kind: "table" }>) {
  return (
    <table className="block panel-table">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{columns[0]}</th>
          <th scope="col" className="number">
            {columns[1]}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([area, count]) => (
          <tr key={area}>
            <th scope="row">{area}</th>
            <td className="number">{count}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Group({
  group: { title, note, rows },
  heading: Heading,
}: {
  readonly group: DoneGroup;
  readonly heading: Heading;
}) {
  const period = usualPeriod(rows);
  const frozen = langOfFrozen(use(ReadIn));
  return (
    <section className="block block--group">
      <div className="block__title row wrap baseline">
        <Heading>{title}</Heading>
        {period === null ? null : <span className="block__basis">{period}</span>}
      </div>
      {note === null ? null : <p className="block__basis">{note}</p>}
      <dl>
        {rows.map(({ label, period: own, figure, inOneLine }) => (
          <div key={inOneLine}>
            <dt>
              {frozen ? <span lang={frozen}>{label}</span> : label}
              {period === own ? null : <span className="block__basis"> {own}</span>}
            </dt>
            <dd>{figure}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Pairs({
  pairs,
  className,
}: {
  readonly pairs: readonly Pair[];
  readonly className: string;
}) {
  const frozen = langOfFrozen(use(ReadIn));
  return (
    <dl className={`block ${className}`}>
      {pairs.map(({ title, text, isFrozen }) => (
        <div key={title}>
          <dt>{title}</dt>
          <dd lang={isFrozen ? frozen : undefined}>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

function Questions({
  questions,
  onQuestion,
}: {
  readonly questions: readonly string[];
  readonly onQuestion: SlideBlocksProps["onQuestion"];
}) {
  return (
    <ol className="block block--questions">
      {questions.map((question, at) => (
        <li key={question}>
          <button type="button" onClick={() => onQuestion?.(`q${at + 1}`)}>
            <kbd>{(at + 1) % 10}</kbd> {question}
          </button>
        </li>
      ))}
    </ol>
  );
}

/** Bars from zero; a withheld month has no bar. */
function PanelMonths({ points, month, release }: Omit<MonthsBlock, "kind">) {
  const language = use(ReadIn);
  const { say, shortMonth } = language;
  const most = Math.max(release.threshold, ...points.map(({ count }) => count ?? 0));
  const words = points.map((point) => monthWords(point, language)).join("; ");
  return (
    <div className="panel__months stack gap-2 tall">
      <div className="panel-months grid gives" role="img" aria-label={words}>
        {points.map((point, index) => (
          <div
            key={point.month}
            className={`panel-months__at ${point.month === month ? "panel-months__now" : ""}`}
          >
            <div className={`panel-months__plot panel-months__plot--${point.state}`}>
              <Bar point={point} share={(point.count ?? 0) / most} />
            </div>
            <span className="panel-months__month">{shortMonth(point.month)}</span>
            <span className="panel-months__year">
              {index === 0 || point.month.endsWith("-01") ? point.month.slice(0, 4) : ""}
            </span>
          </div>
        ))}
      </div>
      <ul className="panel-months__key marked row wrap">
        {points.some(({ state }) => state === "withheld") ? (
          <li>
            <span className="panel-months__few still on-paper" aria-hidden="true" />
            <span>
              {notShown(release, language)}. {say("figure.none-is-not-shown")}
            </span>
          </li>
        ) : null}
        {points.some(({ state }) => state === "before") ? (
          <li>
            <span className="panel-months__before still" aria-hidden="true" />
            {say("figure.before-records")}
          </li>
        ) : null}
      </ul>
    </div>
  );
}

function Bar({ point, share }: { readonly point: MonthFigure; readonly share: number }) {
  const { count } = use(ReadIn);
  if (point.count === null) {
    return point.state === "withheld" ? (
      <span className="panel-months__few still on-paper" />
    ) : null;
  }
  return (
    <>
      <span className="panel-months__count">{count(point.count)}</span>
      <div className="panel-months__bar" style={{ flexBasis: `${100 * share}%` }} />
    </>
  );
}
