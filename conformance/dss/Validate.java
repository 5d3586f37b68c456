import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.spi.DSSUtils;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import eu.europa.esig.dss.validation.reports.Reports;
import java.io.File;

/** Validates each file after the first argument, a trusted root in PEM; prints a line for each signature. */
public final class Validate {
  public static void main(String[] arguments) throws Exception {
    CommonTrustedCertificateSource trusted = new CommonTrustedCertificateSource();
    trusted.addCertificate(DSSUtils.loadCertificate(new File(arguments[0])));
    for (int at = 1; at < arguments.length; at++) {
      CommonCertificateVerifier verifier = new CommonCertificateVerifier();
      verifier.setTrustedCertSources(trusted);
      SignedDocumentValidator validator =
          SignedDocumentValidator.fromDocument(new FileDocument(arguments[at]));
      validator.setCertificateVerifier(verifier);
      Reports reports = validator.validateDocument();
      SimpleReport report = reports.getSimpleReport();
      if (report.getSignatureIdList().isEmpty()) System.out.println(arguments[at] + "\tno signature");
      for (String id : report.getSignatureIdList()) {
        System.out.println(
            String.join(
                "\t",
                arguments[at],
                String.valueOf(report.getIndication(id)),
                String.valueOf(report.getSubIndication(id)),
                String.valueOf(report.getSignatureFormat(id)),
                String.valueOf(report.getAdESValidationErrors(id)),
                String.valueOf(report.getAdESValidationWarnings(id)),
                String.valueOf(report.getAdESValidationInfo(id))));
      }
      if (System.getProperty("xml") != null) System.out.println(reports.getXmlSimpleReport() + reports.getXmlDetailedReport());
    }
  }
}
