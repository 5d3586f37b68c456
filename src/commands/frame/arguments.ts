import { Failure } from "../../model/failure.ts";
import { oneOf } from "./flags.ts";
import type { Parameter } from "./parameter.ts";

/** An argument that must be given and say something. */
export function argument(placeholder: string, description: string): Parameter<string> {
  return {
    ...place(placeholder, description),
    required: true,
    read: (given, label) => {
      const value = given?.[0] ?? "";
      if (value === "") throw new Failure("usage", `${label} is empty`);
      return value;
    },
  };
}

/** An argument that may be left out; null then. Only the last may be. */
export function optionalArgument(
  placeholder: string,
  description: string,
): Parameter<string | null> {
  return { ...place(placeholder, description), read: (given) => given?.[0] ?? null };
}

/** One argument or more, up to the end of the line; it must be the last. */
export function argumentList(
  placeholder: string,
  description: string,
): Parameter<readonly string[]> {
  return {
    ...place(placeholder, description),
    required: true,
    many: true,
    read: (given) => given ?? [],
  };
}

/** Any number of arguments, up to the end of the line; it must be the last. */
export function anyArguments(
  placeholder: string,
  description: string,
): Parameter<readonly string[]> {
  return { ...argumentList(placeholder, description), required: false };
}

/** An argument that is one of `choices`. */
export function chosenArgument<const C extends string>(
  placeholder: string,
  choices: readonly C[],
  description: string,
): Parameter<C> {
  return {
    ...place(placeholder, description),
    required: true,
    choices,
    read: (given, label) => oneOf(choices, given?.[0] ?? "", label),
  };
}

function place(placeholder: string, description: string): Omit<Parameter<never>, "read"> {
  return { place: "argument", placeholder, description, required: false, many: false, choices: [] };
}
