import { type RefObject, useEffect, useLayoutEffect } from "react";

/** Percent of the size that is set in handout.css: from a little larger down to the least that can be read. */
const largest = 116;
const least = 74;

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
    const fits = (percent: number) => {
      page.style.setProperty("--handout-scale", (percent / 100).toFixed(2));
      return isWhole(page);
    };
    if (!fits(largest)) fits(largestOf(fits));
  }
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

/** A page hides what does not fit, so it would be cut off unseen. */
function isWhole({ scrollHeight, clientHeight, scrollWidth, clientWidth }: HTMLElement): boolean {
  return scrollHeight <= clientHeight && scrollWidth <= clientWidth;
}
