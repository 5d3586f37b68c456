/** Certificates under the agency's root: asked for, issued to others, and renewed. */
export {
  applyAgain,
  applyWithCard,
  applyWithNewKey,
  type PutRequest,
} from "../../signature/keys/apply.ts";
export { type Issuable, readApplication } from "../../signature/keys/grant.ts";
export { readRenewal } from "../../signature/keys/renew.ts";
