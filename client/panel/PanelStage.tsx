import { useMemo, useRef } from "react";
import { useFetched } from "#client/api/use-resource.ts";
import { DemoMark } from "#client/app/DemoMark.tsx";
import { MovedNotes } from "#client/panel/MovedNotes.tsx";
import { planMap } from "#client/panel/map-names.ts";
import { PanelControls } from "#client/panel/PanelControls.tsx";
import { PanelMap } from "#client/panel/PanelMap.tsx";
import { PanelMonths } from "#client/panel/PanelMonths.tsx";
import { PanelTable } from "#client/panel/PanelTable.tsx";
import { loadBanners } from "#client/panel/panel-api.ts";
import { drawPanel } from "#client/panel/panel-shapes.ts";
import {
  areaOf,
  commandFigure,
  figureOf,
  figuresOf,
  type PanelLevel,
} from "#client/panel/panel-view.ts";
import { areaSentence, fewerNote, panelSentence, sourceLine } from "#client/panel/panel-words.ts";
import { ScrollBox } from "#client/panel/ScrollBox.tsx";
import { readSlide, slides, stepWithin } from "#client/panel/slides.ts";
import { useFullScreen } from "#client/panel/use-full-screen.ts";
import { usePanelMonth } from "#client/panel/use-panel-month.ts";
import { useSlideKeys } from "#client/panel/use-slide-keys.ts";
import { address, replaceParams } from "#client/state/url.ts";
import { useStore } from "#client/state/use-store.ts";
import type { PanelReply } from "#core/wire/panel.ts";

/** What the hall sees, full screen or not; on paper all slides of the month follow each other. */
export function PanelStage({ reply }: { readonly reply: PanelReply }) {
  const stage = useRef<HTMLDivElement>(null);
  const params = useStore(address, (at) => at.params);
  const { resource: banners, reload: reloadBanners } = useFetched("banners", loadBanners);
  const { isFull, toggle } = useFullScreen(stage);
  const drawing = useMemo(() => drawPanel(reply.outlines), [reply]);
  const plan = useMemo(() => planMap(reply.areas, drawing), [reply, drawing]);
  const { month, refusal } = usePanelMonth(reply.months, params["month"]);
  const level: PanelLevel = params["by"] === "borough" ? "borough" : "part";
  const slide = readSlide(params["slide"]);
  const area = areaOf(reply, params["area"]);
  const figures = useMemo(() => figuresOf(reply, month, level), [reply, month, level]);
  const change = (part: Readonly<Record<string, string>>) =>
    replaceParams({ ...address.get().params, ...part });
  useSlideKeys(stage, {
    onStep: (by) => change({ slide: stepWithin(slides, slide, by) }),
    onFull: toggle,
  });

  const whole = panelSentence(commandFigure(reply, month), figures, month);
  const own =
    slide === "months" && area ? areaSentence(figureOf(reply, area, month), month) : whole;
  return (
    <div className="panel" ref={stage}>
      {reply.madeUp ? (
        <div className="panel__paper-mark" aria-hidden="true">
          <DemoMark />
        </div>
      ) : null}
      <PanelControls
        reply={reply}
        month={month}
        level={level}
        slide={slide}
        isFull={isFull}
        onChange={change}
        onToggleFull={toggle}
      />
      {refusal === null ? null : (
        <p className="panel__refusal no-print" role="status">
          {refusal}
        </p>
      )}
      <header className="panel__head">
        <h2 className="panel__sentence">{own}</h2>
        {/* On paper all slides follow, so the heading is that of the whole. */}
        <p className="panel__paper-sentence">{whole}</p>
        {reply.madeUp ? <DemoMark /> : null}
      </header>
      <MovedNotes resource={banners} onRetry={reloadBanners} />
      <ScrollBox className={`panel__slides panel__slides--${slide}`}>
        <PanelMap drawing={drawing} plan={plan} figures={figures} level={level} base={reply.base} />
        <PanelTable figures={figures} month={month} />
        {area ? (
          <PanelMonths
            reply={reply}
            area={area}
            month={month}
            onArea={(id) => change({ area: id })}
          />
        ) : null}
        <section className="panel__notes" aria-label="How it is counted">
          {reply.notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
        </section>
      </ScrollBox>
      <footer className="panel__foot">
        <span>{fewerNote}</span> {sourceLine}
      </footer>
    </div>
  );
}
