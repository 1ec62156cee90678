import type { Shown, Slide } from "#core/releases/presentation/slide.ts";

/** The list of the ten hardest questions, then one slide for each with its answer. */
export function questionSlides(shown: Shown): readonly Slide[] {
  const { say } = shown.language;
  const all = questionsOf(shown);
  return [
    {
      id: "questions",
      name: say("questions.name"),
      heading: say("questions.heading"),
      blocks: [{ kind: "questions", questions: all.map(({ question }) => question) }],
      hasFigures: false,
    },
    ...all.map(
      ({ question, answer, source }, at): Slide => ({
        id: `q${at + 1}`,
        name: say("questions.counter", { number: String(at + 1), all: String(all.length) }),
        heading: question,
        blocks: [
          { kind: "text", text: answer },
          { kind: "text", text: say("questions.source", { source }), look: "quiet" },
        ],
        hasFigures: false,
      }),
    ),
  ];
}

export interface Question {
  readonly question: string;
  readonly answer: string;
  readonly source: string;
}

export function questionsOf({ language: { say, count }, reply }: Shown): readonly Question[] {
  const { threshold } = reply.release;
  const ask = (question: string, answer: string, source: string) => ({ question, answer, source });
  return [
    ask(say("q.arrest"), say("q.arrest-answer"), say("q.arrest-source")),
    ask(say("q.risk"), say("q.risk-answer"), say("q.risk-source")),
    ask(say("q.street"), say("q.street-answer"), say("q.street-source")),
    ask(
      say("q.fewer", { threshold: count(threshold) }),
      say("q.fewer-answer", { most: count(threshold - 1) }),
      say("q.fewer-source"),
    ),
    ask(say("q.moved"), say("q.moved-answer"), say("q.moved-source")),
    ask(say("q.proof"), say("q.proof-answer"), say("q.proof-source")),
    ask(say("q.old"), say("q.old-answer"), say("q.old-source")),
    ask(say("q.names"), say("q.names-answer"), say("q.names-source")),
    ask(say("q.circle"), say("q.circle-answer"), say("q.circle-source")),
    ask(say("q.check"), say("q.check-answer"), say("q.check-source")),
  ];
}
