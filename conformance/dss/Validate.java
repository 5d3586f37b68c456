import eu.europa.esig.dss.jaxb.object.Message;
import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.spi.DSSUtils;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import java.io.File;
import java.util.stream.Collectors;

/**
 * Validates files by the default policy of DSS. Arguments: trusted roots in PEM, joined by commas, then files. For each
 * signature, a line: the file, the indication, the level of the signature, the errors.
 */
public final class Validate {
  public static void main(String[] arguments) {
    CommonTrustedCertificateSource trusted = new CommonTrustedCertificateSource();
    for (String root : arguments[0].split(",")) {
      trusted.addCertificate(DSSUtils.loadCertificate(new File(root)));
    }
    for (int at = 1; at < arguments.length; at++) {
      validate(arguments[at], trusted);
    }
  }

  private static void validate(String path, CommonTrustedCertificateSource trusted) {
    CommonCertificateVerifier verifier = new CommonCertificateVerifier();
    verifier.setTrustedCertSources(trusted);
    SignedDocumentValidator validator =
        SignedDocumentValidator.fromDocument(new FileDocument(path));
    validator.setCertificateVerifier(verifier);
    SimpleReport report = validator.validateDocument().getSimpleReport();
    for (String id : report.getSignatureIdList()) {
      String errors =
          report.getAdESValidationErrors(id).stream()
              .map(Message::getValue)
              .collect(Collectors.joining("; "));
      System.out.printf(
          "%s\t%s\t%s\t%s%n",
          path, report.getIndication(id), report.getSignatureFormat(id), errors);
    }
  }
}
