import { expect, test, vi } from "vitest";
import type { ChangeAnswer } from "#client/hotspots/measures/answers.ts";
import {
  createHotAnswerer,
  type HotReply,
  type HotRequest,
} from "#client/hotspots/ranked/hot-messages.ts";
import { createHotTester, type HotThread } from "#client/hotspots/ranked/use-ranked.ts";
import { cellAt, disk } from "#core/geo/cell.ts";
import { testCells } from "#core/hotspots/test-cells.ts";
import { createStudySet } from "#core/places/study-set.ts";

const study = createStudySet("Test", 10, disk(cellAt([-0.0635, 51.617], 10), 5));
const countsOf = (peak: number) =>
  Int32Array.from(study.cells, (_, index) => (index < 3 ? peak : Number(index % 17 === 0)));

/** A worker by hand: answers only when told to. */
function standInThread() {
  const asked: HotRequest[] = [];
  let reply: (reply: HotReply) => void = () => undefined;
  let fault: () => void = () => undefined;
  const thread: HotThread = {
    post: (request) => asked.push(request),
    listen: (onReply, onFault) => {
      reply = onReply;
      fault = onFault;
    },
    end: () => undefined,
  };
  const answer = createHotAnswerer();
  return {
    thread,
    asked,
    answerNext: (index: number) => reply(answer(asked[index] as HotRequest)),
    break: () => fault(),
  };
}

test("the answer is the one of the core, and the study set is sent once", () => {
  const worker = standInThread();
  const tester = createHotTester(worker.thread);
  const hot: number[] = [];
  const ask = (peak: number) =>
    tester.test({
      study,
      studyKey: "k",
      counts: countsOf(peak),
      more: () => null,
      onTest: (test) => hot.push(test.hotCells),
    });
  ask(9);
  worker.answerNext(0);
  ask(0);
  worker.answerNext(1);
  expect(worker.asked.map((request) => request.study !== null)).toEqual([true, false]);
  expect(hot).toEqual([
    testCells(countsOf(9), study).hotCells,
    testCells(countsOf(0), study).hotCells,
  ]);
  expect(hot[0]).toBeGreaterThan(0);
});

test("under a moving brush only the newest question waits", () => {
  const worker = standInThread();
  const tester = createHotTester(worker.thread);
  const answered: number[] = [];
  for (const peak of [1, 2, 3, 4]) {
    tester.test({
      study,
      studyKey: "k",
      counts: countsOf(peak),
      more: () => null,
      onTest: () => answered.push(peak),
    });
  }
  expect(worker.asked).toHaveLength(1);
  worker.answerNext(0);
  worker.answerNext(1);
  expect(answered).toEqual([1, 4]);
});

test("without a worker the answer comes all the same", async () => {
  const worker = standInThread();
  const tester = createHotTester(worker.thread);
  const answered: number[] = [];
  tester.test({
    study,
    studyKey: "k",
    counts: countsOf(9),
    more: () => null,
    onTest: (test) => answered.push(test.hotCells),
  });
  worker.break();
  // Its kernels are loaded first, and only here.
  await vi.waitUntil(() => answered.length === 1);
  expect(answered).toEqual([testCells(countsOf(9), study).hotCells]);
  tester.test({
    study,
    studyKey: "k",
    counts: countsOf(9),
    more: () => null,
    onTest: (test) => answered.push(test.hotCells),
  });
  await vi.waitUntil(() => answered.length === 2);
});

test("an unknown study set is a fault, not a wrong answer", () => {
  expect(
    createHotAnswerer()({
      key: 1,
      counts: new Int32Array(0),
      studyKey: "x",
      study: null,
      more: null,
    }),
  ).toEqual({
    key: 1,
    fault: 'The study set "x" was never sent',
  });
});

test("what a measure asks is put together when its turn comes, and answered with the test", () => {
  const worker = standInThread();
  const tester = createHotTester(worker.thread);
  const made: number[] = [];
  const found: (number | undefined)[] = [];
  for (const before of [5, 6, 7]) {
    tester.test({
      study,
      studyKey: "k",
      counts: countsOf(9),
      more: () => {
        made.push(before);
        const counts = Int32Array.from(study.cells, () => before);
        return { measure: "change", before: counts, lengths: [28, 28] };
      },
      onTest: (_, answer) => found.push((answer as ChangeAnswer | null)?.changes[0]?.before),
    });
  }
  worker.answerNext(0);
  worker.answerNext(1);
  // The second was overtaken before it was begun.
  expect(made).toEqual([5, 7]);
  expect(found).toEqual([5, 7]);
});
