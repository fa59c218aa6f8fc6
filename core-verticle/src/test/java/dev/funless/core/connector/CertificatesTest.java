package dev.funless.core.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CertificatesTest {

  private record Parameters(Optional<Certificates> ca) {}

  private final ParametersJson json = new ParametersJson(new Vault(new byte[32]));

  private Parameters parsed(JsonNode ca) throws InvalidParametersException {
    return json.parse(JsonNodeFactory.instance.objectNode().set("ca", ca), Parameters.class);
  }

  private void refused(String pem) {
    assertEquals(
        "ca must be one or more certificates in PEM.",
        assertThrows(
                InvalidParametersException.class,
                () -> parsed(JsonNodeFactory.instance.textNode(pem)))
            .getMessage());
  }

  @Test
  void takesOneCertificateOrMoreWithWordsBetweenThem() throws Exception {
    String chain = TestCertificates.chain();
    for (String pem :
        new String[] {
          TestCertificates.authority().pem(),
          chain,
          "The servér's:\n" + chain.replace("\n-----BEGIN", "\nThe authority's:\n-----BEGIN"),
          chain.replace("\n", "\r\n")
        }) {
      Parameters parameters = parsed(JsonNodeFactory.instance.textNode(pem));

      assertEquals(pem, parameters.ca().orElseThrow().pem());
      assertEquals(parameters, json.parseStored(json.stored(parameters), Parameters.class));
    }
  }

  @Test
  void refusesWhatAreNoCertificates() throws Exception {
    String pem = TestCertificates.authority().pem();
    refused("");
    refused("/etc/ssl/ca.pem");
    refused(TestCertificates.key());
    refused(pem + TestCertificates.key());
    refused(pem.replace("CERTIFICATE", "PKCS7"));
    refused(pem.substring(0, pem.length() / 2));
    refused(pem.replace("MII", "MIX"));
    refused(pem + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    refused(pem + " ".repeat(70_000));
    for (JsonNode no :
        new JsonNode[] {
          JsonNodeFactory.instance.numberNode(1), JsonNodeFactory.instance.objectNode()
        }) {
      assertEquals(
          "The parameter 'ca' is missing or cannot be used.",
          assertThrows(InvalidParametersException.class, () -> parsed(no)).getMessage());
    }
  }
}
