import { memo, type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { HandoutPages, type HandoutProps } from "#client/releases/handout/HandoutPages.tsx";
import { namePage } from "#client/state/page-name.ts";
import { Button } from "#client/ui/Button.tsx";
import { classNames } from "#client/ui/class-names.ts";
import { downloadText } from "#client/ui/download.ts";
import { releaseCsv } from "#core/releases/file/csv.ts";
import { releaseHtml } from "#core/releases/file/html.ts";
import { releaseFileName } from "#core/releases/file/issue.ts";
import { releaseText } from "#core/releases/file/text.ts";
import { type HandoutContent, handoutOf } from "#core/releases/presentation/handout.ts";
import { inEnglish } from "#core/releases/presentation/language.ts";
import type { Shown } from "#core/releases/presentation/slide.ts";
import "#client/releases/handout/handout.css";

/** Percent of the 10 points that are set in handout.css; nothing on it is smaller. */
const largest = 110;
const least = 100;

/** Two A4 pages, or three, and downloads. Memoised: changing slides does not redraw it. */
export const Handout = memo(function HandoutOnPaper({ shown, isOpen }: HandoutProps) {
  const pages = useRef<HTMLElement>(null);
  const content = useMemo(() => handoutOf(shown), [shown]);
  const count = usePageCount(pages, content);
  usePageName(releaseFileName(shown.reply.release, shown.language.code));
  return (
    <div className={classNames("handout", !isOpen && "handout--aside")}>
      {isOpen ? (
        <div className="handout__bar no-print">
          <Button look="filled" icon="print" onClick={() => window.print()}>
            Print or save as PDF
          </Button>
          <ReleaseFiles shown={shown} />
          <p className="quiet small">
            {count === 2 ? "Two" : "Three"} A4 pages. In the print window choose “Save as PDF” for a
            file that works with screen readers.
          </p>
        </div>
      ) : null}
      {/* Wider than a narrow view: it scrolls, by keys too. */}
      <section
        className="handout__pages always-light"
        aria-label="The pages"
        tabIndex={isOpen ? 0 : undefined}
        ref={pages}
        lang={shown.language.tag}
      >
        <HandoutPages shown={shown} content={content} count={count} />
      </section>
    </div>
  );
});

/** Two pages if they fit at 10 points, else three; type as large as each page allows. */
function usePageCount(pages: RefObject<HTMLElement | null>, content: HandoutContent): 2 | 3 {
  const [isLong, setLong] = useState<HandoutContent | null>(null);
  const count = isLong === content ? 3 : 2;
  useLayoutEffect(() => {
    const fit = () => {
      if (!fitPages(pages.current) && count === 2) setLong(content);
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
  }, [pages, content, count]);
  return count;
}

/** False where a page is too full for one sheet: it then goes on over the next. */
function fitPages(pages: HTMLElement | null): boolean {
  let isFitted = true;
  for (const page of pages?.querySelectorAll<HTMLElement>(".handout-page") ?? []) {
    page.classList.remove("handout-page--long");
    const fits = (percent: number) => {
      page.style.setProperty("--handout-scale", (percent / 100).toFixed(2));
      return isWhole(page);
    };
    if (fits(largest) || fits(largestOf(fits))) continue;
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
