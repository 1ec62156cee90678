import type { BrokenRule } from "#tests/mutants/broken/broken-rule.ts";

export const rules22: readonly BrokenRule[] = [
  {
    safeguard: 22,
    what: "an answer stays when the text of the place changes",
    file: "client/patrols/police/MayWeBeHere.tsx",
    find: "    drop();\n    setChanged(false);\n    form.change(part);",
    put: "    form.change(part);",
  },
  {
    safeguard: 22,
    what: "a place stays chosen when other words are typed",
    file: "client/places/PlaceBox.tsx",
    find: "    props.onDrop(next);",
    put: "",
  },
  {
    safeguard: 22,
    what: "an answer to the question of before is shown beside the next one",
    file: "client/api/use-answer.ts",
    find: "if (question.current === own) setAnswer(reply);",
    put: "setAnswer(reply);",
  },
  {
    safeguard: 22,
    what: "Enter takes the first of several places",
    file: "client/places/PlaceBox.tsx",
    find: "return found.length === 1 ? (found[0] ?? null) : null;",
    put: "return found[0] ?? null;",
  },
  {
    safeguard: 22,
    what: "a street is asked by its first cell alone",
    file: "server/places/asked-place.ts",
    find: "cells: inside(new Set([...cells, ...cellsBeside(lines)])),",
    put: "cells: inside(new Set([...cells, ...cellsBeside(lines)])).slice(0, 1),",
  },
  {
    safeguard: 22,
    what: "of a street only the points that draw its line are asked about",
    file: "core/places/finding/cells.ts",
    find: "const besideMetres = 25;",
    put: "const besideMetres = 0;",
  },
  {
    safeguard: 22,
    what: "a place outside the command is free",
    file: "server/protected-time/police-ask.ts",
    find: "cells.length === 0\n",
    put: "cells.length < 0\n",
  },
  {
    safeguard: 22,
    what: "a name that is in no list is the first place of it",
    file: "server/places/asked-place.ts",
    find: "const place = places.find((one) => one.name === name);",
    put: "const place = places.find((one) => one.name === name) ?? places[0];",
  },
  {
    safeguard: 22,
    what: "an emergency is listed under what its cell is called, whatever was chosen",
    file: "server/protected-time/police-attended.ts",
    find: "place: place ?? nameOf(cell),",
    put: "place: nameOf(cell),",
  },
];
