package dev.funless.core.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.funless.core.connector.ConnectorTypes;
import dev.funless.core.connector.InvalidParametersException;
import dev.funless.core.connector.NewConnector;
import dev.funless.core.connector.ParametersJson;
import dev.funless.core.connector.StoredConnector;
import dev.funless.core.connector.TestCertificates;
import dev.funless.core.connector.Vault;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What users may send as parameters. */
class ParametersTest {

  private static final Vertx VERTX = Vertx.vertx();

  private final ConnectorTypes<SinkType<?>> types =
      SinkTypes.all(VERTX, new ParametersJson(new Vault(new byte[32])), Duration.ofSeconds(1));

  @AfterAll
  static void close() {
    VERTX.close();
  }

  private NewConnector check(String type, String params) throws Exception {
    return types.check(
        JsonMapper.builder()
            .build()
            .readTree("{\"type\":\"%s\",\"params\":%s}".formatted(type, params.replace('`', '"'))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "couchdb|{`url`:`http://h:5984/db`}",
        "couchdb|{`url`:`https://h/db`,`username`:`u`,`password`:`p`}",
        "http|{`url`:`http://127.0.0.1:1/x?y=z`}",
        "http|{`url`:`HTTPS://h`,`secret`:`s`,`headers`:{`X-A`:`b c`}}",
        "http|{`url`:`http://[::1]:8080/`,`secret`:null}",
        "postgres|{`host`:`h`,`database`:`d`,`username`:`u`,`table`:`t`}",
        "postgres|{`host`:`h`,`port`:5433,`database`:`d`,`username`:`u`,`password`:`p`,"
            + "`table`:`s.Results_1`,`tls`:true}",
        "mqtt|{`host`:`h`,`topic`:`a/b`}",
        "mqtt|{`host`:`h`,`port`:1884,`topic`:`t`,`qos`:2,`username`:`u`,`password`:`p`}",
        "mqtt|{`host`:`h`,`port`:`1884`,`topic`:`t`,`tls`:true}",
      })
  void takes(String type, String params) throws Exception {
    assertEquals(type, check(type, params).type());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "couchdb|{}|The parameter 'url' is missing or cannot be used.",
        "couchdb|{`url`:5}|The parameter 'url' is missing or cannot be used.",
        "couchdb|{`url`:[]}|The parameter 'url' is missing or cannot be used.",
        "couchdb|{`url`:``}|url must be a text of 1 to 2000 characters.",
        "couchdb|{`url`:`host:5984`}|url must be a URL such as https://host:port/path.",
        "couchdb|{`url`:`ftp://h/db`}|url must be a URL such as https://host:port/path.",
        "couchdb|{`url`:`http:///db`}|url must be a URL such as https://host:port/path.",
        "couchdb|{`url`:`http://h:99999/db`}|url must be a URL such as https://host:port/path.",
        "couchdb|{`url`:`http://h/a b`}|url must be a URL such as https://host:port/path.",
        "couchdb|{`url`:`http://u:p@h/db`}"
            + "|url must not hold a user or a password; they would be shown.",
        "couchdb|{`url`:`http://h/db`,`username`:`u`}"
            + "|username and password must be given together.",
        "couchdb|{`url`:`http://h/db`,`password`:`p`}"
            + "|username and password must be given together.",
        "couchdb|{`url`:`http://h/db`,`username`:`a:b`,`password`:`p`}"
            + "|username must not hold a colon.",
        "couchdb|{`url`:`http://h/db`,`username`:`u`,`password`:5}"
            + "|The parameter 'password' is missing or cannot be used.",
        "couchdb|{`url`:`http://h/db`,`retries`:5}|There is no parameter 'retries'.",
        "http|{}|The parameter 'url' is missing or cannot be used.",
        "http|{`url`:`nowhere`}|url must be a URL such as https://host:port/path.",
        "http|{`url`:`http://h`,`secret`:``}|secret must not be empty.",
        "http|{`url`:`http://h`,`secret`:{}}"
            + "|The parameter 'secret' is missing or cannot be used.",
        "http|{`url`:`http://h`,`headers`:[]}"
            + "|The parameter 'headers' is missing or cannot be used.",
        "http|{`url`:`http://h`,`headers`:{`a b`:`c`}}|headers must have names that HTTP allows.",
        "http|{`url`:`http://h`,`headers`:{`Host`:`c`}}|headers must not hold 'Host'.",
        "http|{`url`:`http://h`,`headers`:{`X`:`a\\r\\nY: z`}}"
            + "|headers: the value of 'X' must be a line of ASCII text.",
        "http|{`url`:`http://h`,`headers`:{`X`:null}}"
            + "|headers: the value of 'X' must be a line of ASCII text.",
        "postgres|{}|The parameter 'host' is missing or cannot be used.",
        "postgres|{`host`:`h`}|The parameter 'database' is missing or cannot be used.",
        "postgres|{`host`:`h`,`database`:`d`}"
            + "|The parameter 'username' is missing or cannot be used.",
        "postgres|{`host`:`h`,`database`:`d`,`username`:`u`}"
            + "|The parameter 'table' is missing or cannot be used.",
        "postgres|{`host`:`h`,`database`:`d`,`username`:`u`,`table`:`a; drop table b`}"
            + "|table must be a name, or schema.name, of letters, digits and underscores.",
        "postgres|{`host`:`h`,`database`:`d`,`username`:`u`,`table`:`a.b.c`}"
            + "|table must be a name, or schema.name, of letters, digits and underscores.",
        "postgres|{`host`:`h`,`port`:0,`database`:`d`,`username`:`u`,`table`:`t`}"
            + "|port must be a number from 1 to 65535.",
        "postgres|{`host`:`h`,`port`:`x`,`database`:`d`,`username`:`u`,`table`:`t`}"
            + "|The parameter 'port' is missing or cannot be used.",
        "postgres|{`host`:`h`,`tls`:1,`database`:`d`,`username`:`u`,`table`:`t`}"
            + "|The parameter 'tls' is missing or cannot be used.",
        "mqtt|{`topic`:`t`}|The parameter 'host' is missing or cannot be used.",
        "mqtt|{`host`:`h`}|The parameter 'topic' is missing or cannot be used.",
        "mqtt|{`host`:`h`,`topic`:`a/+/b`}|topic must be one topic, without wildcards.",
        "mqtt|{`host`:`h`,`topic`:`a/#`}|topic must be one topic, without wildcards.",
        "mqtt|{`host`:`h`,`topic`:`t`,`qos`:3}|qos must be 0, 1 or 2.",
        "mqtt|{`host`:`h`,`topic`:`t`,`qos`:`1`}"
            + "|The parameter 'qos' is missing or cannot be used.",
        "mqtt|{`host`:`h`,`topic`:`t`,`port`:`x`}|port must be a number from 1 to 65535.",
        "mqtt|{`host`:`h`,`topic`:`t`,`port`:`70000`}|port must be a number from 1 to 65535.",
        "mqtt|{`host`:`h`,`topic`:`t`,`port`:1.5}|port must be a number from 1 to 65535.",
        "mqtt|{`host`:`h`,`topic`:`t`,`password`:`p`}"
            + "|password must not be given without username.",
        "mqtt|{`host`:`h`,`topic`:`t`,`tls`:true,`ca`:`x`}"
            + "|ca must be one or more certificates in PEM.",
        "fax|{}|There is no type 'fax' of sinks, only couchdb, http, postgres, mqtt.",
      })
  void saysWhatIsWrong(String type, String params, String sentence) {
    assertEquals(
        sentence,
        assertThrows(InvalidParametersException.class, () -> check(type, params)).getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "couchdb|{`url`:`https://h/db`,`ca`:CA}|{`url`:`http://h/db`,`ca`:CA}",
        "http|{`url`:`HTTPS://h`,`ca`:CA}|{`url`:`http://h`,`ca`:CA}",
        "postgres|{`host`:`h`,`database`:`d`,`username`:`u`,`table`:`t`,`tls`:true,`ca`:CA}"
            + "|{`host`:`h`,`database`:`d`,`username`:`u`,`table`:`t`,`ca`:CA}",
        "mqtt|{`host`:`h`,`topic`:`t`,`tls`:true,`ca`:CA}"
            + "|{`host`:`h`,`topic`:`t`,`tls`:false,`ca`:CA}",
      })
  void takesCertificatesToTrustWhereItEncrypts(String type, String encrypted, String inClear)
      throws Exception {
    String ca = '"' + TestCertificates.authority().pem().replace("\n", "\\n") + '"';

    NewConnector sink = check(type, encrypted.replace("CA", ca));
    assertTrue(
        types.shown(new StoredConnector(1, type, sink.parameters())).contains("CERTIFICATE"));
    assertEquals(
        "ca must not be given without TLS.",
        assertThrows(InvalidParametersException.class, () -> check(type, inClear.replace("CA", ca)))
            .getMessage());
  }

  @Test
  void secretsAreNeitherShownNorStoredInClear() throws Exception {
    for (String params :
        new String[] {
          "couchdb {`url`:`http://h/db`,`username`:`u`,`password`:`open sesame`}",
          "http {`url`:`http://h`,`secret`:`open sesame`}",
          "postgres {`host`:`h`,`database`:`d`,`username`:`u`,`password`:`open"
              + " sesame`,`table`:`t`}",
        }) {
      String type = params.substring(0, params.indexOf(' '));
      NewConnector sink = check(type, params.substring(type.length() + 1));

      assertFalse(sink.parameters().contains("sesame"), sink.parameters());
      String shown = types.shown(new StoredConnector(1, type, sink.parameters()));
      assertFalse(shown.contains("sesame"), shown);
    }
  }
}
