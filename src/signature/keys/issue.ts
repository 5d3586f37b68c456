/** A signer's certificate under an agency's root: for a new key, a requested one, or an old one again. */
import type { KeyObject } from "node:crypto";
import type { Environment } from "../../model/environment.ts";
import { Failure } from "../../model/failure.ts";
import { type Certificate, readCertificate } from "../certificate.ts";
import { issueCertificate, type Subject } from "./certificate.ts";
import { signerExtensions } from "./extensions.ts";
import type { Root } from "./root-shelf.ts";
import { secondOf, yearsAfter } from "./validity.ts";

const SERIAL_BYTES = 16;
const YEARS = 5;

/** A certificate of 5 years from now, which never outlives its root. */
export function issueSigner(
  root: Root,
  subject: Subject,
  publicKey: KeyObject,
  environment: Environment,
): Certificate {
  const validFrom = secondOf(environment.now());
  const der = issueCertificate(
    {
      subject,
      publicKey,
      serial: environment.random(SERIAL_BYTES),
      validFrom,
      validTo: earlier(yearsAfter(validFrom, YEARS), root.certificate.x509.validToDate),
      extensions: signerExtensions(publicKey, root.certificate.x509.publicKey),
    },
    { certificate: root.certificate.der, key: root.key },
  );
  const certificate = readCertificate(der);
  if (certificate === null) throw new Failure("bug", "the new certificate cannot be read");
  return certificate;
}

function earlier(left: Date, right: Date): Date {
  return left.getTime() <= right.getTime() ? left : right;
}
