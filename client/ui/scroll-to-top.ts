/** The screen scrolls in its frame, or with the whole page where little room is. */
export function scrollToTop(): void {
  document.getElementById("main")?.scrollTo(0, 0);
  window.scrollTo(0, 0);
}
