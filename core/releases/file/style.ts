/**
 * The look of the file. It is a constant, so that the page can name it by its hash and allow no other;
 * its colours are those of client/ui/tokens.css, held together by a test.
 */
export const fileStyle = `
:root { color-scheme: light dark; --ink: light-dark(#1b1f24, #e8eaed); --quiet: light-dark(#505a64, #aab3bc); --paper: light-dark(#ffffff, #14171a); --surface: light-dark(#f6f7f8, #1c2024); --edge: light-dark(#7c858f, #7f8994); --c1: light-dark(#dceaf5, #12436d); --c2: light-dark(#a9cbe6, #2f73ae); --c3: light-dark(#6ba3d0, #6ba3d0); --c4: light-dark(#2f73ae, #a9cbe6); --c5: light-dark(#12436d, #dceaf5); }
body { max-width: 60rem; margin: 0 auto; padding: 1.5rem; background: var(--paper); color: var(--ink); font: 1.125rem/1.5 system-ui, sans-serif; }
h1, h2, h3, p { margin: 0 0 .6rem; } h1 { font-size: 2rem; line-height: 1.2; } h2 { font-size: 1.6rem; line-height: 1.25; } h3 { font-size: 1.2rem; }
section { margin: 2rem 0 0; padding: 1.5rem 0 0; border-top: 1px solid var(--edge); }
.strong, .figure, dt { font-weight: 600; } .figure strong { font-size: 3rem; } .quiet { color: var(--quiet); }
.mark { display: inline-block; padding: .1rem .6rem; border: 2px solid var(--ink); font-weight: 600; }
.moved { padding: .6rem 1rem; border-left: 4px solid var(--edge); background: var(--surface); }
dl { margin: 0 0 .6rem; } dl > div { margin: 0 0 .5rem; } dd { margin: 0; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; } caption { padding: 0 0 .4rem; text-align: left; }
th, td { padding: .25rem .8rem .25rem 0; border-bottom: 1px solid var(--edge); text-align: left; vertical-align: top; } td { text-align: right; } .none { color: var(--quiet); font-size: .9rem; }
.wide { overflow-x: auto; } .months { columns: 3; } .key { padding: 0; list-style: none; }
svg { display: block; width: 100%; max-height: 80vh; } .swatch { display: inline-block; width: 1.6em; height: 1.1em; vertical-align: -.15em; }
path { stroke: var(--paper); stroke-width: 3; stroke-linejoin: round; } .swatch path { stroke: var(--edge); stroke-width: 1; }
.c0 { fill: var(--surface); stroke: var(--edge); stroke-width: 2; stroke-dasharray: 8 6; } .swatch .c0 { stroke-width: 1; stroke-dasharray: 3 2; } .c1 { fill: var(--c1); } .c2 { fill: var(--c2); } .c3 { fill: var(--c3); } .c4 { fill: var(--c4); } .c5 { fill: var(--c5); }
.leader { fill: none; stroke: var(--quiet); stroke-width: 2; } circle { fill: var(--ink); stroke: var(--paper); stroke-width: 3; }
text { fill: var(--ink); stroke: var(--paper); stroke-width: 7px; stroke-linejoin: round; paint-order: stroke; dominant-baseline: central; font-family: system-ui, sans-serif; } .n { font-weight: 600; }
footer { margin: 2rem 0 0; padding: 1rem 0 0; border-top: 1px solid var(--edge); color: var(--quiet); font-size: .95rem; overflow-wrap: anywhere; }
@media print { :root { color-scheme: light; } body { max-width: none; padding: 0; font-size: 10pt; } .wide table { font-size: 6.5pt; } section { break-inside: avoid-page; } path { print-color-adjust: exact; } @page { size: A4; margin: 12mm; } }
`;

/** Of the octets of `fileStyle`; the test that compares says the new one. */
export const fileStyleHash = "sha256-hFDT4ae32U7/4aB6UvyFcsOHIpOf5UemKhdPmFvc5OQ=";
