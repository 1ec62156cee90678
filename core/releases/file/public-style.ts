import { fileStyle } from "#core/releases/file/html.ts";

/** The file's, for a phone. */
export const publicStyle = `${fileStyle}
body { max-width: 44rem; padding: 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.35rem; } h3 { font-size: 1.1rem; }
section, main > nav, body > nav { margin: 1.5rem 0 0; padding: 1.25rem 0 0; border-top: 1px solid var(--edge); }
main > section:first-child { margin: 0; }
nav a, details a { display: inline-block; padding: .55rem 0; } .found a { display: inline-block; padding: .55rem .75rem .55rem 0; } [aria-current] { font-weight: 600; }
nav ul, details ul { margin: 0; padding: 0; list-style: none; } details ul ul { padding-left: 1.25rem; }
.line, .line ul { display: flex; flex-wrap: wrap; gap: 0 1rem; } div.line { gap: .5rem; }
label { font-weight: 600; } input, button { min-height: 2.75rem; padding: 0 .75rem; border: 1px solid var(--edge); border-radius: 6px; background: var(--surface); color: var(--ink); font: inherit; } input { flex: 1 1 12rem; min-width: 0; }
#done dl > div { display: flex; gap: 1rem; } #done dt { flex: 1; font-weight: 400; } #done dd { max-width: 45%; font-weight: 600; text-align: right; }
summary { padding: .55rem 0; font-weight: 600; cursor: pointer; } form { margin: 1rem 0 0; }
.skip { position: absolute; left: -99rem; } .skip:focus { position: static; } main:focus { outline: none; }
.months { columns: 12rem; padding: 0; list-style: none; } .figure strong { font-size: 2rem; }
@media print { form, form + details, header nav, main > nav, body > nav, .skip { display: none; } body { padding: 0; } details.more { display: block; } details.more::details-content { content-visibility: visible; } }
`;

/** Hash of `publicStyle`; the test that compares prints the new one. */
export const publicStyleHash = "sha256-EuT8g7BzQj+BTTXaBmC0zdHr7BF/+XPEExLvrHjRXlM=";
