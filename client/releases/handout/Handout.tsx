import { memo, type RefObject, useEffect, useLayoutEffect, useMemo, useRef } from "react";
import { HandoutPages, type HandoutProps } from "#client/releases/handout/HandoutPages.tsx";
import { namePage } from "#client/state/page-name.ts";
import { Button } from "#client/ui/Button.tsx";
import { classNames } from "#client/ui/class-names.ts";
import { downloadText } from "#client/ui/download.ts";
import { releaseCsv } from "#core/releases/file/csv.ts";
import { releaseHtml } from "#core/releases/file/html.ts";
import { releaseFileName } from "#core/releases/file/issue.ts";
import { releaseText } from "#core/releases/file/text.ts";
import { handoutOf } from "#core/releases/presentation/handout.ts";
import type { Shown } from "#core/releases/presentation/slide.ts";
import "#client/releases/handout/handout.css";

/** Percent of the size that is set in handout.css: from a little larger down to the least that can be read. */
const largest = 116;
const least = 74;

/** Two A4 pages, and what a release leaves as: paper, one file, figures, text. A step of a slide does not draw it again. */
export const Handout = memo(function HandoutOnPaper({ shown, isOpen }: HandoutProps) {
  const pages = useRef<HTMLElement>(null);
  const content = useMemo(() => handoutOf(shown), [shown]);
  useFit(pages, [content]);
  usePageName(releaseFileName(shown.reply.release));
  return (
    <div className={classNames("handout", !isOpen && "handout--aside")}>
      {isOpen ? (
        <div className="handout__bar no-print">
          <Button look="filled" icon="print" onClick={() => window.print()}>
            Print or save as PDF
          </Button>
          <ReleaseFiles shown={shown} />
          <p className="quiet small">
            Two A4 pages. In the print window choose “Save as PDF” for a file that works with screen
            readers.
          </p>
        </div>
      ) : null}
      {/* Wider than a narrow view: it scrolls, by keys too. */}
      <section
        className="handout__pages always-light"
        aria-label="The two pages"
        tabIndex={isOpen ? 0 : undefined}
        ref={pages}
        lang={shown.language.tag}
      >
        <HandoutPages shown={shown} content={content} />
      </section>
    </div>
  );
});

/** Sets the letters of each page as large as its content allows, so that two pages stay two. */
function useFit(pages: RefObject<HTMLElement | null>, about: readonly unknown[]): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the pages are made of.
  useLayoutEffect(() => fitPages(pages.current), about);
  useEffect(() => {
    let isOver = false;
    // Letters that come late are wider or narrower than those that stood in for them.
    void document.fonts.ready.then(() => {
      if (!isOver) fitPages(pages.current);
    });
    return () => {
      isOver = true;
    };
  }, [pages]);
}

function fitPages(pages: HTMLElement | null): void {
  for (const page of pages?.querySelectorAll<HTMLElement>(".handout-page") ?? []) {
    const fits = (percent: number) => {
      page.style.setProperty("--handout-scale", (percent / 100).toFixed(2));
      return isWhole(page);
    };
    if (!fits(largest)) fits(largestOf(fits));
  }
}

/** A page hides what does not fit, so it would be cut off unseen. */
function isWhole({ scrollHeight, clientHeight, scrollWidth, clientWidth }: HTMLElement): boolean {
  return scrollHeight <= clientHeight && scrollWidth <= clientWidth;
}

/** Each try lays the whole page out: halving takes six of them, one step after the other up to forty. */
function largestOf(fits: (percent: number) => boolean): number {
  let [fit, tooLarge] = [least, largest];
  while (tooLarge - fit > 1) {
    const middle = Math.floor((fit + tooLarge) / 2);
    if (fits(middle)) fit = middle;
    else tooLarge = middle;
  }
  return fit;
}

/** What a PDF of it is called in the print window. */
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

/** The release as one page for any computer, as figures, and as words; made here, from what is on screen. */
function ReleaseFiles({ shown: { reply, language } }: { readonly shown: Shown }) {
  const issue = { reply, language };
  const name = releaseFileName(reply.release);
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
        onClick={() => downloadText(`${name}.csv`, releaseCsv(issue), "text/csv")}
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
