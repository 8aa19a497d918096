/** The Japanese of one area's findings: a code without a text does not compile. */
export type TranslationTable<Args> = {
  readonly [C in keyof Args]: {
    readonly text: (args: Args[C]) => string;
    readonly hint?: (args: Args[C]) => string;
  };
};
