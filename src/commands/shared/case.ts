import { type CasePaths, findCase } from "../../workflow/case/locate.ts";
import type { Context } from "../command.ts";

/**
 * The case a command works on: --case, then EXHIBITA_CASE, then upward from the working folder.
 *
 * @throws Failure `no-case`
 */
export function caseOf({ cwd, variables }: Context, named: string | null): CasePaths {
  return findCase(named ?? variables.EXHIBITA_CASE ?? undefined, cwd);
}
