import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { Handout } from "#client/releases/handout/Handout.tsx";
import { PagedSlide, type Pager } from "#client/releases/panel/PagedSlide.tsx";
import { PanelControls } from "#client/releases/panel/PanelControls.tsx";
import type { ReleaseNews } from "#client/releases/panel/panel-api.ts";
import {
  englishMark,
  MovedNotes,
  panelLanguage,
  ReadIn,
  Sources,
} from "#client/releases/panel/ReadIn.tsx";
import { SlideBlocks } from "#client/releases/panel/SlideBlocks.tsx";
import { currentSlide, type Move, moveTo, usePanelMonth } from "#client/releases/panel/step.ts";
import { useSlideKeys } from "#client/releases/panel/use-slide-keys.ts";
import { holdIdleLock } from "#client/state/idle.ts";
import { address, changeParams } from "#client/state/url.ts";
import { useStore } from "#client/state/use-store.ts";
import { Button } from "#client/ui/Button.tsx";
import { classNames } from "#client/ui/class-names.ts";
import { loadPatiently } from "#client/ui/lazily.ts";
import { showToast } from "#client/ui/toast-store.ts";
import { deckOf, drawMap } from "#core/releases/presentation/deck.ts";
import { fewerWords } from "#core/releases/presentation/figure-slides.ts";
import {
  inEnglish,
  type Language,
  langOfFrozen,
  markIn,
} from "#core/releases/presentation/language.ts";
import { languageOf } from "#core/releases/presentation/languages.ts";
import type { Shown } from "#core/releases/presentation/slide.ts";
import type { PanelLevel } from "#core/releases/presentation/view.ts";
import type { LawNow } from "#core/releases/wire/law.ts";
import type { ReleaseReply } from "#core/releases/wire/release.ts";
import type { ReleaseLine } from "#core/releases/wire/releases.ts";

export interface PanelStageProps {
  readonly reply: ReleaseReply;
  readonly releases: readonly ReleaseLine[];
  readonly law: LawNow;
  readonly news: ReleaseNews;
  readonly onRelease: (number: number) => void;
  /** A release withdrawn since then becomes its notice. */
  readonly onReload: () => void;
}

export function PanelStage({ reply, releases, law, news, onRelease, onReload }: PanelStageProps) {
  const stage = useRef<HTMLDivElement>(null);
  useNoLockInHall();
  const params = useStore(address, (at) => at.params);
  const { isFull, toggle } = useFullScreen(stage);
  const isAwake = useAwake(stage);
  const pager = useRef<Pager>(null);
  const [isBlank, setBlank] = useState(false);
  const { release } = reply;
  const map = useMemo(() => drawMap(release), [release]);
  const { month, refusal } = usePanelMonth(release.months, params["month"]);
  const level: PanelLevel = params["by"] === "borough" ? "borough" : "part";
  const area = params["area"];
  const language = useReadIn();
  const frozen = langOfFrozen(language);
  const shown = useMemo(
    (): Shown => ({ reply, map, language, month, level, area }),
    [reply, map, language, month, level, area],
  );
  const deck = useMemo(() => deckOf({ ...shown, lawNow: law }), [shown, law]);
  // If withdrawn since, paper says so and files hold only the notice, as if reloaded.
  const { withdrawn } = news;
  const onPaper = useMemo(
    () => (withdrawn === null ? shown : { ...shown, reply: { ...shown.reply, withdrawn } }),
    [shown, withdrawn],
  );
  const { slide, at, among } = currentSlide(deck, params["slide"]);
  const lang = slide.isEnglish ? frozen : undefined;
  // The slide from which the questions were opened.
  const asked = useRef("reported");
  useEffect(() => {
    if (among === deck.slides) asked.current = slide.id;
  }, [among, deck, slide]);
  const isHandout = params["view"] === "handout";
  const change = (part: Readonly<Record<string, string>>) => changeParams("panel", part);
  const go = (move: Move) => {
    const next = moveTo(deck, slide.id, move, asked.current);
    if (next !== slide.id) change({ slide: next });
  };
  useSlideKeys(stage, {
    onMove: (move) => {
      setBlank(false);
      // Go through the parts of a slide before the next slide.
      const by = move.to === "next" ? 1 : move.to === "before" ? -1 : null;
      if (by !== null && !isBlank && pager.current?.step(by)) return;
      go(move);
    },
    onFull: toggle,
    onBlank: () => setBlank(!isBlank),
  });

  return (
    <ReadIn value={language}>
      <div
        className={classNames(
          "panel stack relative tall scrolls on-paper own-head no-print",
          isBlank && "panel--blank ink always-dark",
          isFull && !isAwake && "panel--alone",
          isHandout && !isFull && "panel--handout",
        )}
        ref={stage}
      >
        <PanelControls
          release={release}
          releases={releases}
          onRelease={onRelease}
          deck={deck}
          slide={slide}
          month={month}
          level={level}
          area={area}
          isFull={isFull}
          isHandout={isHandout}
          onMove={go}
          onChange={change}
          onToggleFull={toggle}
        />
        {withdrawn === null ? null : (
          <p className="panel__refusal stale rounded no-print pad-2-3 lead" role="status">
            Release {release.number} was withdrawn.{" "}
            <Button onClick={onReload}>Show its notice</Button>
          </p>
        )}
        {refusal === null ? null : (
          <p className="panel__refusal stale rounded no-print pad-2-3 lead" role="status">
            {refusal}
          </p>
        )}
        <div className="panel__stage no-print" lang={language.tag} style={englishMark(language)}>
          <header className="panel__head row start between gap-4">
            <h2 className="panel__sentence strong" aria-live="polite" lang={lang}>
              {slide.heading}
            </h2>
            {release.mark === null ? null : (
              <span className="demo-mark stale still small nowrap strong rounded">
                {markIn(release.mark, language)}
              </span>
            )}
          </header>
          <PagedSlide
            key={slide.id}
            className={`panel__slide panel__slide--${slide.id}`}
            isFull={isFull}
            pager={pager}
            blocks={slide.blocks}
            lang={lang}
          >
            {(blocks) => <SlideBlocks blocks={blocks} onQuestion={(id) => change({ slide: id })} />}
          </PagedSlide>
          {isBlank ? <p className="panel__blank">{language.say("slide.blank")}</p> : null}
          <MovedNotes notes={release.movedNotes} />
          <footer className="panel__foot grid baseline quiet">
            {slide.hasFigures ? (
              <strong className="panel__fewer ink">{fewerWords(release, language)}</strong>
            ) : null}
            <span className="panel__source">
              <Sources language={language} sources={release.sources} />
            </span>
            <span className="panel__step tabular">
              {language.say("foot.release", { number: String(release.number) })}
              {" · "}
              {among === deck.slides
                ? language.say("foot.step", { step: String(at + 1), all: String(among.length) })
                : slide.name}
            </span>
          </footer>
        </div>
      </div>
      {/* Beside and not in what fills the screen: a browser prints one sheet of that. */}
      <Handout shown={onPaper} isOpen={isHandout && !isFull} />
    </ReadIn>
  );
}

/** As chosen on this device; English until its words are here. */
function useReadIn(): Language {
  const code = useStore(panelLanguage.chosen, (chosen) => chosen);
  const [language, setLanguage] = useState(inEnglish);
  useEffect(() => {
    let isOver = false;
    loadPatiently(() => languageOf(code)).then(
      (loaded) => (isOver ? undefined : setLanguage(loaded)),
      () => showToast("This language could not be loaded. Try again."),
    );
    return () => {
      isOver = true;
    };
  }, [code]);
  return language;
}

/** Presenters see only public data; in other roles the records are one click away. */
function useNoLockInHall(): void {
  const { role } = useSession();
  useEffect(() => (role === "presenter" ? holdIdleLock() : undefined), [role]);
}

function useFullScreen(element: RefObject<HTMLElement | null>): {
  readonly isFull: boolean;
  readonly toggle: () => void;
} {
  const [isFull, setFull] = useState(false);
  useEffect(() => {
    const follow = () => {
      setFull(document.fullscreenElement === element.current);
      // A focused control would stay over the slides.
      const { activeElement } = document;
      if (document.fullscreenElement && activeElement instanceof HTMLElement) activeElement.blur();
    };
    document.addEventListener("fullscreenchange", follow);
    return () => document.removeEventListener("fullscreenchange", follow);
  }, [element]);
  const toggle = useCallback(() => {
    const change = document.fullscreenElement
      ? document.exitFullscreen()
      : element.current?.requestFullscreen();
    change?.catch(() => showToast("This browser does not allow full screen here."));
  }, [element]);
  return { isFull, toggle };
}

/** Long enough to find a button, short enough for a hall. */
const awakeMs = 2500;

function useAwake(element: RefObject<HTMLElement | null>): boolean {
  const [isAwake, setAwake] = useState(false);
  useEffect(() => {
    const target = element.current;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const wake = () => {
      clearTimeout(timer);
      setAwake(true);
      timer = setTimeout(() => setAwake(false), awakeMs);
    };
    target?.addEventListener("pointermove", wake);
    target?.addEventListener("pointerdown", wake);
    return () => {
      clearTimeout(timer);
      target?.removeEventListener("pointermove", wake);
      target?.removeEventListener("pointerdown", wake);
    };
  }, [element]);
  return isAwake;
}
