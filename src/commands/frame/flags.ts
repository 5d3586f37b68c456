import { Failure } from "../../model/failure.ts";
import type { Parameter } from "./parameter.ts";

/** A switch: `--dry-run`. */
export function toggle(description: string): Parameter<boolean> {
  return {
    ...flag(null, description),
    read: (texts) => texts !== null,
  };
}

/** A flag with a value: `--zone ZONE`; null where it is not given. */
export function text(placeholder: string, description: string): Parameter<string | null> {
  return { ...flag(placeholder, description), read: single };
}

/** A flag that must be given: `--number N`. */
export function requiredText(placeholder: string, description: string): Parameter<string> {
  return {
    ...flag(placeholder, description),
    required: true,
    read: (texts, label) => single(texts, label) ?? missing(label),
  };
}

/** A flag that may be given more than once: `--root PEM --root PEM`. */
export function texts(placeholder: string, description: string): Parameter<readonly string[]> {
  return {
    ...flag(placeholder, description),
    many: true,
    read: (given, label) => (given ?? []).map((one) => filled(one, label)),
  };
}

/** A flag whose value is one of `choices`; null where it is not given. */
export function choice<const C extends string>(
  placeholder: string,
  choices: readonly C[],
  description: string,
): Parameter<C | null> {
  return {
    ...flag(placeholder, description),
    choices,
    read: (given, label) => {
      const value = single(given, label);
      return value === null ? null : oneOf(choices, value, label);
    },
  };
}

/** A flag that takes a whole number from `least` up; null where it is not given. */
export function whole(
  placeholder: string,
  description: string,
  least = 0,
): Parameter<number | null> {
  return {
    ...flag(placeholder, description),
    read: (given, label) => {
      const value = single(given, label);
      return value === null ? null : wholeNumber(value, label, least);
    },
  };
}

function flag(placeholder: string | null, description: string): Omit<Parameter<never>, "read"> {
  return { place: "flag", placeholder, description, required: false, many: false, choices: [] };
}

/** An empty value is an error: it is nearly always a shell variable that was not set. */
function single(given: readonly string[] | null, label: string): string | null {
  if (given === null) return null;
  if (given.length > 1) throw new Failure("usage", `${label} is given ${given.length} times`);
  return filled(given[0] ?? "", label);
}

function filled(value: string, label: string): string {
  if (value === "") throw new Failure("usage", `the value of ${label} is empty`);
  return value;
}

function missing(label: string): never {
  throw new Failure("usage", `${label} is missing`);
}

/** The member of `choices` that `value` is. @throws Failure `usage`, naming the choices */
export function oneOf<C extends string>(choices: readonly C[], value: string, label: string): C {
  const found = choices.find((one) => one === value);
  if (found !== undefined) return found;
  throw new Failure("usage", `${label} cannot be ${value}`, [`it is one of ${choices.join(", ")}`]);
}

function wholeNumber(value: string, label: string, least: number): number {
  const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
  if (number >= least) return number;
  throw new Failure("usage", `${label} cannot be ${value}`, [
    `it is a whole number, at least ${least}`,
  ]);
}
