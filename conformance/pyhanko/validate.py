"""Validates bundles and reports as AdES (ETSI EN 319 102-1) with pyHanko.

Arguments: trusted roots in PEM, joined by commas, then files. For each, a line: the file, AdES status,
whether intact, valid and trusted, time-stamps included, coverage.
"""
import asyncio
import hashlib
import sys
import zipfile

from asn1crypto import cms
from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import ades, async_validate_detached_cms, async_validate_pdf_signature
from pyhanko.sign.validation.policy_decl import SignatureValidationSpec
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.policy_decl import (
    CertRevTrustPolicy,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)
from pyhanko_certvalidator.registry import SimpleTrustManager


def policy(roots):
    """Revocation is looked up where a certificate says where; these say that there is none."""
    rule = RevocationCheckingRule.CHECK_IF_DECLARED
    revocation = RevocationCheckingPolicy(ee_certificate_rule=rule, intermediate_ca_cert_rule=rule)
    return SignatureValidationSpec(
        cert_validation_policy=CertValidationPolicySpec(
            trust_manager=SimpleTrustManager.build(roots),
            revinfo_policy=CertRevTrustPolicy(revocation),
        )
    )


async def judge_report(path, roots):
    with open(path, "rb") as file:
        signature = PdfFileReader(file).embedded_signatures[0]
        context = ValidationContext(trust_roots=roots)
        status = await async_validate_pdf_signature(signature, context, context)
        result = await ades.ades_basic_validation(
            signature.signed_data, policy(roots), raw_digest=signature.compute_digest()
        )
        return result, status.bottom_line, status.coverage.name


async def judge_bundle(path, roots):
    with zipfile.ZipFile(path) as bundle:
        content = bundle.read("META-INF/ASiCManifest001.xml")
        signed = cms.ContentInfo.load(bundle.read("META-INF/signature001.p7s"))["content"]
    algorithm = signed["signer_infos"][0]["digest_algorithm"]["algorithm"].native
    context = ValidationContext(trust_roots=roots)
    status = await async_validate_detached_cms(
        content, signed, signer_validation_context=context, ts_validation_context=context
    )
    digest = hashlib.new(algorithm, content).digest()
    result = await ades.ades_basic_validation(signed, policy(roots), raw_digest=digest)
    return result, status.bottom_line, "DETACHED"


async def main():
    roots = [load_cert_from_pemder(path) for path in sys.argv[1].split(",")]
    for path in sys.argv[2:]:
        judge = judge_report if path.endswith(".pdf") else judge_bundle
        result, sound, coverage = await judge(path, roots)
        status = result.ades_subindic.status.name
        print(path, status, str(sound).lower(), coverage, sep="\t")


asyncio.run(main())
