import { memo, type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { HandoutPages, type HandoutProps } from "#client/releases/handout/HandoutPages.tsx";
import { englishMark } from "#client/releases/panel/ReadIn.tsx";
import { namePage } from "#client/state/page-name.ts";
import { Button } from "#client/ui/Button.tsx";
import { classNames } from "#client/ui/class-names.ts";
import { downloadText } from "#client/ui/download.ts";
import { releaseCsv } from "#core/releases/file/csv.ts";
import { releaseHtml } from "#core/releases/file/html.ts";
import { releaseFileName } from "#core/releases/file/issue.ts";
import { releaseText } from "#core/releases/file/text.ts";
import { handoutOf, handoutRooms } from "#core/releases/presentation/handout.ts";
import { inEnglish } from "#core/releases/presentation/language.ts";
import type { Shown } from "#core/releases/presentation/slide.ts";
import "#client/releases/handout/handout.css";

/** Percent of the 10 points that are set in handout.css; nothing on it is smaller. */
const largest = 110;
const least = 100;
const largePrint = 160;

/** Both sides of one A4 sheet, or large print, and downloads. Memoised: changing slides does not redraw it. */
export const Handout = memo(function HandoutOnPaper({ shown, isOpen }: HandoutProps) {
  const pages = useRef<HTMLElement>(null);
  const [isLarge, setLarge] = useState(false);
  const room = useRoom(pages, shown, isLarge);
  const content = useMemo(() => handoutOf(shown, handoutRooms[room]), [shown, room]);
  usePageName(releaseFileName(shown.reply.release, shown.language.code));
  return (
    <div className={classNames("handout stack gap-4", !isOpen && "handout--aside")}>
      {isOpen ? (
        <div className="no-print row wrap middle gap-2">
          <Button look="filled" icon="print" onClick={() => window.print()}>
            Print or save as PDF
          </Button>
          <Button aria-pressed={isLarge} onClick={() => setLarge(!isLarge)}>
            Large print
          </Button>
          <ReleaseFiles shown={shown} />
          <p className="quiet small">
            {isLarge
              ? "Letters of 16 points, on as many sheets as that takes."
              : "One A4 sheet, printed on both sides."}{" "}
            In the print window choose “Save as PDF” for a file that works with screen readers.
          </p>
        </div>
      ) : null}
      {/* Wider than a narrow view: it scrolls, by keys too. */}
      <section
        className={classNames(
          "handout__pages row wrap gap-5 ink always-light",
          isLarge && "handout__pages--large",
        )}
        aria-label="The pages"
        tabIndex={isOpen ? 0 : undefined}
        ref={pages}
        lang={shown.language.tag}
        style={englishMark(shown.language)}
      >
        <HandoutPages shown={shown} content={content} />
      </section>
    </div>
  );
});

/** The most that fits on two pages at 10 points, by its place in `handoutRooms`; type as large as each page allows. */
function useRoom(pages: RefObject<HTMLElement | null>, shown: Shown, isLarge: boolean): number {
  const [tight, setTight] = useState<{ readonly shown: Shown; readonly room: number } | null>(null);
  const room = isLarge || tight?.shown !== shown ? 0 : tight.room;
  useLayoutEffect(() => {
    const fit = () => {
      const isFitted = fitPages(pages.current, isLarge);
      if (!isFitted && !isLarge && room < handoutRooms.length - 1)
        setTight({ shown, room: room + 1 });
    };
    fit();
    let isOver = false;
    // Late fonts differ in width from their fallbacks.
    void document.fonts.ready.then(() => {
      if (!isOver) fit();
    });
    return () => {
      isOver = true;
    };
  }, [pages, shown, room, isLarge]);
  return room;
}

/** False where a page is too full for one side: it then goes on over the next, as large print does. */
function fitPages(pages: HTMLElement | null, isLarge: boolean): boolean {
  let isFitted = true;
  for (const page of pages?.querySelectorAll<HTMLElement>(".handout-page") ?? []) {
    page.classList.toggle("handout-page--long", isLarge);
    const fits = (percent: number) => {
      page.style.setProperty("--handout-scale", (percent / 100).toFixed(2));
      return isWhole(page);
    };
    if (fits(isLarge ? largePrint : largest) || isLarge || fits(largestOf(fits))) continue;
    isFitted = false;
    page.classList.add("handout-page--long");
  }
  return isFitted;
}

/** A page hides what does not fit, so it would be cut off unseen. */
function isWhole({ scrollHeight, clientHeight, scrollWidth, clientWidth }: HTMLElement): boolean {
  return scrollHeight <= clientHeight && scrollWidth <= clientWidth;
}

/** Each try lays the whole page out: halving takes four of them. */
function largestOf(fits: (percent: number) => boolean): number {
  let [fit, tooLarge] = [least, largest];
  while (tooLarge - fit > 1) {
    const middle = Math.floor((fit + tooLarge) / 2);
    if (fits(middle)) fit = middle;
    else tooLarge = middle;
  }
  return fit;
}

function usePageName(name: string): void {
  useEffect(() => {
    const before = () => namePage(name);
    const after = () => namePage("Panel · Boxster");
    window.addEventListener("beforeprint", before);
    window.addEventListener("afterprint", after);
    return () => {
      window.removeEventListener("beforeprint", before);
      window.removeEventListener("afterprint", after);
    };
  }, [name]);
}

function ReleaseFiles({ shown: { reply, language } }: { readonly shown: Shown }) {
  const issue = { reply, language };
  const name = releaseFileName(reply.release, language.code);
  // Figures for machines: the same in every language.
  const english = { reply, language: inEnglish };
  return (
    <>
      <Button
        icon="download"
        title="One file that opens offline on any computer"
        onClick={() => downloadText(`${name}.html`, releaseHtml(issue), "text/html")}
      >
        One file (HTML)
      </Button>
      <Button
        icon="download"
        onClick={() =>
          downloadText(`${releaseFileName(reply.release)}.csv`, releaseCsv(english), "text/csv")
        }
      >
        Figures (CSV)
      </Button>
      <Button
        icon="download"
        title="For screen readers"
        onClick={() => downloadText(`${name}.txt`, releaseText(issue), "text/plain")}
      >
        Text version
      </Button>
    </>
  );
}
