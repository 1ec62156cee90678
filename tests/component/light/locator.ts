import {
  asLocator,
  getByLabelSelector,
  getByRoleSelector,
  getByTestIdSelector,
  getByTextSelector,
  Ivya,
} from "ivya";
import * as act from "#tests/component/light/act.ts";
import { commits, nextCommit } from "#tests/component/light/commits.ts";
import { innerText } from "#tests/component/light/inner-text.ts";
import { patience } from "#tests/component/light/patience.ts";

export type Text = string | RegExp;
export interface RoleOptions {
  readonly name?: Text;
  readonly exact?: boolean;
  readonly checked?: boolean;
  readonly disabled?: boolean;
  readonly expanded?: boolean;
  readonly includeHidden?: boolean;
  readonly level?: number;
  readonly pressed?: boolean;
  readonly selected?: boolean;
}
export interface Exactly {
  readonly exact?: boolean;
}
export interface Wait {
  readonly timeout?: number;
}
export interface Filter {
  readonly hasText?: Text;
  readonly hasNotText?: Text;
  readonly has?: Locator;
  readonly hasNot?: Locator;
}

const betweenMs = 4;
/** Where React changes nothing: what it did not put there itself is looked for as often. */
const mostMs = 25;

/** Looks again and again until it is there; a look that finds nothing says what is wanted. */
export async function until<Value>(
  look: () => Value | null | false,
  wanted: () => string,
  timeout?: number,
): Promise<Value> {
  const isOver = patience(timeout);
  for (;;) {
    const [began, seen] = [performance.now(), commits];
    const found = look();
    if (found !== null && found !== false) return found;
    if (isOver()) throw new Error(`Waited in vain for ${wanted()}`);
    // A look costs what the page and the server of the same process could work: most of the time is theirs.
    const pauseMs = Math.max(betweenMs, 2 * (performance.now() - began));
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    // The same page would be found as it was.
    if (commits === seen) await nextCommit(mostMs);
  }
}

const finder = () => Ivya.create({ browser: "chromium" });

/** Whatever matches at the moment it is asked: the words of Playwright, found by the same rules. */
export class Locator {
  /** Whatever any of them finds. */
  readonly #selectors: readonly string[];

  constructor(selectors: readonly string[] = [""]) {
    this.#selectors = selectors;
  }

  locator(inner: string | Locator, by: Filter = {}): Locator {
    const more =
      typeof inner === "string" ? inner : `internal:chain=${JSON.stringify(inner.#selector)}`;
    return this.#then(more).filter(by);
  }
  getByRole(role: string, options: RoleOptions = {}): Locator {
    return this.#then(getByRoleSelector(role, options));
  }
  getByLabel(text: Text, options: Exactly = {}): Locator {
    return this.#then(getByLabelSelector(text, options));
  }
  getByText(text: Text, options: Exactly = {}): Locator {
    return this.#then(getByTextSelector(text, options));
  }
  getByTestId(id: string): Locator {
    return this.#then(getByTestIdSelector("data-testid", id));
  }
  filter({ hasText, hasNotText, has, hasNot }: Filter): Locator {
    const engines = [
      hasText === undefined ? null : `internal:has-text=${quoted(hasText)}`,
      hasNotText === undefined ? null : `internal:has-not-text=${quoted(hasNotText)}`,
      has ? `internal:has=${JSON.stringify(has.#selector)}` : null,
      hasNot ? `internal:has-not=${JSON.stringify(hasNot.#selector)}` : null,
    ];
    return engines.reduce<Locator>((found, one) => (one === null ? found : found.#then(one)), this);
  }
  /** Either of two; in the order of the document. */
  or(other: Locator): Locator {
    return new Locator([...this.#selectors, ...other.#selectors]);
  }
  first(): Locator {
    return this.nth(0);
  }
  last(): Locator {
    return this.nth(-1);
  }
  nth(index: number): Locator {
    return this.#then(`nth=${index}`);
  }
  async all(): Promise<readonly Locator[]> {
    return this.#elements().map((_, index) => this.nth(index));
  }
  async count(): Promise<number> {
    return this.#elements().length;
  }

  async waitFor({
    state = "visible",
    timeout,
  }: Wait & {
    readonly state?: "visible" | "hidden" | "attached" | "detached";
  } = {}): Promise<void> {
    const looks = {
      visible: () => isSeen(this.#element()),
      hidden: () => !isSeen(this.#element()),
      attached: () => this.#element() !== null,
      detached: () => this.#element() === null,
    };
    await until(looks[state], () => `${this.words()} to be ${state}`, timeout);
  }

  async textContent(): Promise<string | null> {
    return (await this.#there()).textContent;
  }
  async innerText(): Promise<string> {
    return innerText(await this.#there());
  }
  async innerHTML(): Promise<string> {
    return (await this.#there()).innerHTML;
  }
  async allTextContents(): Promise<string[]> {
    return this.#elements().map((one) => one.textContent);
  }
  async allInnerTexts(): Promise<string[]> {
    return this.#elements().map((one) => innerText(one));
  }
  async getAttribute(name: string): Promise<string | null> {
    return (await this.#there()).getAttribute(name);
  }
  async inputValue(): Promise<string> {
    return (await this.#there<HTMLInputElement>()).value;
  }
  async isVisible(): Promise<boolean> {
    return isSeen(this.#element());
  }
  async isHidden(): Promise<boolean> {
    return !isSeen(this.#element());
  }
  async isChecked(): Promise<boolean> {
    const found = await this.#there<HTMLInputElement>();
    return "checked" in found ? found.checked : isMarked(found);
  }
  async isDisabled(): Promise<boolean> {
    return act.isDisabled(await this.#there());
  }
  async isEnabled(): Promise<boolean> {
    return !(await this.isDisabled());
  }
  async evaluate<Value, Given>(
    work: (element: Element, given: Given) => Value,
    given?: Given,
  ): Promise<Awaited<Value>> {
    return await work(await this.#there(), given as Given);
  }
  async evaluateAll<Value>(work: (elements: Element[]) => Value): Promise<Awaited<Value>> {
    return await work(this.#elements());
  }

  async click(wait: Wait = {}): Promise<void> {
    await act.click(await this.#ready(wait));
  }
  async dblclick(): Promise<void> {
    await act.doubleClick(await this.#ready());
  }
  async tap(): Promise<void> {
    await act.click(await this.#ready());
  }
  async hover(): Promise<void> {
    await act.hover(await this.#ready());
  }
  async fill(value: string): Promise<void> {
    await act.fill(await this.#ready(), value);
  }
  async clear(): Promise<void> {
    await this.fill("");
  }
  async pressSequentially(text: string): Promise<void> {
    await act.type(await this.#ready(), text);
  }
  async press(key: string): Promise<void> {
    await act.press(await this.#ready(), key);
  }
  async check(): Promise<void> {
    await this.setChecked(true);
  }
  async uncheck(): Promise<void> {
    await this.setChecked(false);
  }
  async setChecked(checked: boolean): Promise<void> {
    const found = await this.#ready();
    if ((await this.isChecked()) !== checked) await act.click(found);
    await until(
      () => (this.#element() as HTMLInputElement | null)?.checked === checked,
      () => `${this.words()} to be ${checked ? "checked" : "not checked"}`,
    );
  }
  async selectOption(
    wanted: string | { readonly label?: string; readonly index?: number },
  ): Promise<string[]> {
    const found = await this.#ready<HTMLSelectElement>();
    const option = await until(
      () => act.optionOf(found, wanted) ?? null,
      () => `an option ${JSON.stringify(wanted)} in ${this.words()}`,
    );
    await act.choose(found, option);
    return [option.value];
  }
  async setInputFiles(files: act.ChosenFiles): Promise<void> {
    await act.upload(await this.#there<HTMLInputElement>(), files);
  }
  async focus(): Promise<void> {
    (await this.#there<HTMLElement>()).focus();
  }
  async blur(): Promise<void> {
    (await this.#there<HTMLElement>()).blur();
  }
  async scrollIntoViewIfNeeded(): Promise<void> {
    await this.#there();
  }
  async dispatchEvent(type: string, more: object = {}): Promise<void> {
    act.dispatch(await this.#there(), type, more);
  }

  /** As it is written in a test. */
  words(): string {
    return this.#selectors.map((one) => asLocator("javascript", one)).join(" or ");
  }

  get #selector(): string {
    const [only = "", ...others] = this.#selectors;
    if (others.length > 0) throw new Error(`${this.words()} cannot stand inside another`);
    return only;
  }
  #then(more: string): Locator {
    return new Locator(this.#selectors.map((one) => (one === "" ? more : `${one} >> ${more}`)));
  }
  #elements(): Element[] {
    const ivya = finder();
    const found = this.#selectors.map((one) =>
      ivya.querySelectorAll(ivya.parseSelector(one), document),
    );
    return found.length === 1 ? found.flat() : inOrder(new Set(found.flat()));
  }
  /** The one that is meant; where several are, the test has to say which. */
  #element(): Element | null {
    const [first = null, ...others] = this.#elements();
    if (others.length === 0) return first;
    throw new Error(`${this.words()} is ${others.length + 1} elements; one is meant`);
  }
  async #there<Found extends Element>(wait: Wait = {}): Promise<Found> {
    return (await until(
      () => this.#element(),
      () => `${this.words()}`,
      wait.timeout,
    )) as Found;
  }
  /** In view, at work, and under no dialog. */
  async #ready<Found extends Element>(wait: Wait = {}): Promise<Found> {
    return (await until(
      () => {
        const found = this.#element();
        return found && isSeen(found) && act.canBeUsed(found) ? found : null;
      },
      () => `${this.words()} to be there and in use`,
      wait.timeout,
    )) as Found;
  }
}

function isSeen(element: Element | null): boolean {
  return element?.checkVisibility() ?? false;
}

/** As the selectors have it: a text in any case, or a pattern. */
function quoted(text: Text): string {
  return typeof text === "string" ? `${JSON.stringify(text)}i` : String(text);
}

function inOrder(elements: ReadonlySet<Element>): Element[] {
  return [...elements].sort((a, b) =>
    a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1,
  );
}

function isMarked(element: Element): boolean {
  return element.getAttribute("aria-checked") === "true";
}
