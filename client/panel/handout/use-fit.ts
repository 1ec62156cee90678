import { type RefObject, useEffect, useLayoutEffect } from "react";

/** Of the size that is set in handout.css: from a little larger down to the least that can be read. */
const largest = 1.16;
const least = 0.74;
const step = 0.01;

/** Sets the letters of each page as large as its content allows, so that two pages stay two. */
export function useFit(pages: RefObject<HTMLElement | null>, about: readonly unknown[]): void {
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
    for (let scale = largest; scale >= least; scale -= step) {
      page.style.setProperty("--handout-scale", scale.toFixed(2));
      if (isWhole(page)) break;
    }
  }
}

/** A page hides what does not fit, so it would be cut off unseen. */
function isWhole({ scrollHeight, clientHeight, scrollWidth, clientWidth }: HTMLElement): boolean {
  return scrollHeight <= clientHeight && scrollWidth <= clientWidth;
}
