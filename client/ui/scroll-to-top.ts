/** Scrolls the frame, or the page on small screens. */
export function scrollToTop(): void {
  document.getElementById("main")?.scrollTo(0, 0);
  window.scrollTo(0, 0);
}
