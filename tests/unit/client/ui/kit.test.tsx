import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Button } from "#client/ui/Button.tsx";
import { Progress } from "#client/ui/Progress.tsx";
import { nearestHeight, stepHeight } from "#client/ui/Sheet.tsx";
import { moveWithin, SortableTable } from "#client/ui/SortableTable.tsx";
import { WordsField } from "#client/ui/WordsField.tsx";
import { faultsOfWords } from "#core/text/free-words.ts";

test("a button with an icon alone has its name for readers", () => {
  const html = renderToStaticMarkup(<Button icon="undo" label="Undo: change dates" />);
  expect(html).toContain('aria-label="Undo: change dates"');
  expect(html).toContain('aria-hidden="true"');
  expect(html).toContain('type="button"');
});

test("a bar without a known end has no value, one with an end has", () => {
  expect(renderToStaticMarkup(<Progress label="Reading" share={null} />)).not.toContain("value=");
  expect(renderToStaticMarkup(<Progress label="Reading" share={0.5} />)).toContain('value="0.5"');
});

test("free words go to no spelling service, and say as they are typed why they are refused", () => {
  const field = { label: "Words", hint: "About a place.", value: "Ring 07700 900123" };
  const plain = renderToStaticMarkup(<WordsField {...field} onChange={() => undefined} />);
  expect(plain).toMatch(/<textarea[^>]* autoComplete="off"[^>]* spellCheck="false"/i);
  expect(plain).not.toContain("looks like");
  const judged = <WordsField {...field} judge={faultsOfWords} onChange={() => undefined} />;
  expect(renderToStaticMarkup(judged)).toContain("looks like a phone number");
});

test("a table says by which column it is sorted, and one row is the stop for Tab", () => {
  const html = renderToStaticMarkup(
    <SortableTable
      caption="Places"
      columns={[
        { key: "place", label: "Place", cell: (row: string) => row, sortable: true },
        { key: "count", label: "Reports", cell: () => 1, sortable: true, isNumber: true },
      ]}
      rows={["a", "b", "c"]}
      rowKey={(row) => row}
      sort={{ key: "count", down: true }}
      onSort={() => undefined}
      selectedKey="b"
      onSelect={() => undefined}
    />,
  );
  expect(html.match(/aria-sort="descending"/g)?.length).toBe(1);
  expect(html.match(/tabindex="0"/g)?.length).toBe(1);
  expect(html).toMatch(/<tr data-key="b"[^>]*tabindex="0"[^>]*aria-selected="true"/);
});

test("arrow keys stay within the rows", () => {
  expect(moveWithin("ArrowUp", 0, 5)).toBe(0);
  expect(moveWithin("ArrowDown", 4, 5)).toBe(4);
  expect(moveWithin("PageDown", 1, 5)).toBe(4);
  expect(moveWithin("End", 1, 5)).toBe(4);
  expect(moveWithin("a", 1, 5)).toBeNull();
});

test("a sheet has three heights and does not step beyond them", () => {
  expect(stepHeight("peek", 1)).toBe("half");
  expect(stepHeight("full", 1)).toBe("full");
  expect(stepHeight("peek", -1)).toBe("peek");
  expect([0.1, 0.5, 0.9].map(nearestHeight)).toEqual(["peek", "half", "full"]);
});
