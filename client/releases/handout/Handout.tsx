import { memo, useEffect, useMemo, useRef } from "react";
import { demoWords } from "#client/accounts/demo-words.ts";
import { useSession } from "#client/accounts/session-context.ts";
import type { HandoutProps } from "#client/releases/handout/HandoutPages.tsx";
import { HandoutPages } from "#client/releases/handout/HandoutPages.tsx";
import { ReleaseFiles } from "#client/releases/handout/ReleaseFiles.tsx";
import { useFit } from "#client/releases/handout/use-fit.ts";
import { namePage } from "#client/state/page-name.ts";
import { Button } from "#client/ui/Button.tsx";
import { classNames } from "#client/ui/class-names.ts";
import { releaseFileName } from "#core/releases/file/name.ts";
import { handoutOf } from "#core/releases/presentation/handout.ts";
import "#client/releases/handout/handout.css";

/** Two A4 pages, and what a release leaves as: paper, one file, figures, text. A step of a slide does not draw it anew. */
export const Handout = memo(function HandoutOnPaper({
  shown,
  banners,
  news,
  isOpen,
}: HandoutProps) {
  const { demoHasImports } = useSession();
  const { release } = shown.reply;
  const mark = release.madeUp ? demoWords(demoHasImports) : null;
  const pages = useRef<HTMLElement>(null);
  const content = useMemo(() => handoutOf(shown), [shown]);
  useFit(pages, [content, banners, mark, news]);
  usePageName(releaseFileName(release, mark));
  return (
    <div className={classNames("handout", !isOpen && "handout--aside")}>
      {isOpen ? (
        <div className="handout__bar no-print">
          <Button look="filled" icon="print" onClick={() => window.print()}>
            Print or save as PDF
          </Button>
          <ReleaseFiles shown={shown} banners={banners} mark={mark} />
          <p className="quiet small">
            Two A4 pages. In the print window choose “Save as PDF” for a file that screen readers
            can read too.
          </p>
        </div>
      ) : null}
      {/* Wider than a narrow view: it scrolls, by keys too. */}
      <section
        className="handout__pages"
        aria-label="The two pages"
        tabIndex={isOpen ? 0 : undefined}
        ref={pages}
        lang={shown.language.tag}
      >
        <HandoutPages shown={shown} content={content} banners={banners} news={news} mark={mark} />
      </section>
    </div>
  );
});

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
