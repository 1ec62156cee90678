/** What a measure asks the worker beside the counts that every picture is tested by; of which it is the worker reads. */
export interface Ask {
  readonly measure: string;
}

export interface Answer {
  readonly measure: string;
}
