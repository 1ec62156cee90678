import { useEffect, useMemo, useRef } from "react";
import { hasValue } from "#client/api/resource.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { DemoMark } from "#client/app/DemoMark.tsx";
import { PanelControls } from "#client/panel/PanelControls.tsx";
import { PanelMap } from "#client/panel/PanelMap.tsx";
import { PanelMonths } from "#client/panel/PanelMonths.tsx";
import { PanelTable } from "#client/panel/PanelTable.tsx";
import { loadBanners } from "#client/panel/panel-api.ts";
import { drawPanel } from "#client/panel/panel-shapes.ts";
import { commandFigure, figuresOf, type PanelLevel } from "#client/panel/panel-view.ts";
import { fewerNote, panelSentence, sourceLine } from "#client/panel/panel-words.ts";
import { readSlide, slides, stepWithin } from "#client/panel/slides.ts";
import { isTyping, useFullScreen } from "#client/panel/use-full-screen.ts";
import { address, replaceParams } from "#client/state/url.ts";
import { useStore } from "#client/state/use-store.ts";
import { Banner } from "#client/ui/Banner.tsx";
import type { PanelReply } from "#core/wire/panel.ts";

/** What the hall sees, full screen or not; on paper all slides of the month follow each other. */
export function PanelStage({ reply }: { readonly reply: PanelReply }) {
  const stage = useRef<HTMLDivElement>(null);
  const params = useStore(address, (at) => at.params);
  const { resource: banners } = useFetched("banners", loadBanners);
  const { isFull, toggle } = useFullScreen(stage);
  const drawing = useMemo(() => drawPanel(reply.outlines), [reply]);
  const month = reply.months.find((each) => each === params["month"]) ?? reply.months.at(-1) ?? "";
  const level: PanelLevel = params["by"] === "borough" ? "borough" : "part";
  const slide = readSlide(params["slide"]);
  const figures = useMemo(() => figuresOf(reply, month, level), [reply, month, level]);
  const change = (part: Readonly<Record<string, string>>) =>
    replaceParams({ ...address.get().params, ...part });

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (isTyping(event) || event.altKey || event.ctrlKey || event.metaKey) return;
      const step = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 }[event.key];
      if (event.key.toLowerCase() === "f") toggle();
      else if (step === undefined) return;
      else replaceParams({ ...address.get().params, slide: stepWithin(slides, slide, step) });
      event.preventDefault();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [slide, toggle]);

  return (
    <div className="panel" ref={stage}>
      <PanelControls
        reply={reply}
        month={month}
        level={level}
        slide={slide}
        isFull={isFull}
        onChange={change}
        onToggleFull={toggle}
      />
      {hasValue(banners)
        ? banners.value.map((text) => (
            <Banner key={text} kind="warning">
              {text}
            </Banner>
          ))
        : null}
      <header className="panel__head">
        <h2 className="panel__sentence">
          {panelSentence(commandFigure(reply, month), figures, month)}
        </h2>
        {reply.madeUp ? <DemoMark /> : null}
      </header>
      <div className={`panel__slides panel__slides--${slide}`}>
        <PanelMap drawing={drawing} figures={figures} level={level} base={reply.base} />
        <PanelTable figures={figures} month={month} />
        <PanelMonths
          reply={reply}
          areaId={params["area"] ?? ""}
          month={month}
          onArea={(area) => change({ area })}
        />
        <section className="panel__notes" aria-label="How it is counted">
          {reply.notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
        </section>
      </div>
      <footer className="panel__foot">
        <span>{fewerNote}</span> {sourceLine}
      </footer>
    </div>
  );
}
