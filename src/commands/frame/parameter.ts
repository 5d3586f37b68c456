import { Failure } from "../../model/failure.ts";

/**
 * One argument or flag of a command: what help, completion, man page and parser need to know of it, and
 * how the typed texts become a value. Its name is its key in the command's `parameters`, in camel case:
 * `dateOrder` is the flag `--date-order`, or the argument shown as its placeholder.
 */
export interface Parameter<T> {
  readonly place: "argument" | "flag";
  /** Word that stands for the value, `FILE`; null for a switch. */
  readonly placeholder: string | null;
  readonly description: string;
  readonly required: boolean;
  /** May be given more than once. */
  readonly many: boolean;
  /** The only values; none: any. */
  readonly choices: readonly string[];
  /**
   * @param texts what was typed, null where it was not given
   * @param label how the user knows it, for messages
   * @throws Failure `usage`
   */
  readonly read: (texts: readonly string[] | null, label: string) => T;
}

export type Parameters = Readonly<Record<string, Parameter<unknown>>>;

/** The values of a command's parameters, by the same keys. */
export type Values<P extends Parameters> = {
  readonly [K in keyof P]: P[K] extends Parameter<infer T> ? T : never;
};

/** Typed texts by parameter key; a switch that was given has none. */
export type Given = ReadonlyMap<string, readonly string[]>;

/** The values of all parameters. @throws Failure `usage` for the first that cannot be read */
export function readValues<P extends Parameters>(parameters: P, given: Given): Values<P> {
  const values: Record<string, unknown> = {};
  for (const [key, parameter] of Object.entries(parameters)) {
    values[key] = parameter.read(given.get(key) ?? null, labelOf(key, parameter));
  }
  if (!areValues(parameters, values)) throw new Failure("bug", "a parameter was not read");
  return values;
}

/** How the user knows a parameter: `--date-order` or `FILE`. */
export function labelOf(key: string, parameter: Parameter<unknown>): string {
  return parameter.place === "flag" ? flagOf(key) : (parameter.placeholder ?? key.toUpperCase());
}

/** `dateOrder` gives `--date-order`. */
export function flagOf(key: string): string {
  return `--${key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** Every value comes from the `read` of the parameter with its key, which is what the type says. */
function areValues<P extends Parameters>(parameters: P, values: unknown): values is Values<P> {
  return (
    typeof values === "object" &&
    values !== null &&
    Object.keys(parameters).every((key) => Object.hasOwn(values, key))
  );
}
