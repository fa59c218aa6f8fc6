package dev.funless.core.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectorTypesTest {

  record Mail(String host, int port, Optional<String> userName, Optional<Secret> password) {
    Mail {
      if (port < 1) {
        throw new IllegalArgumentException("port must be at least 1.");
      }
    }
  }

  private static final ConnectorType<Mail> MAIL =
      new ConnectorType<>() {
        @Override
        public String name() {
          return "mail";
        }

        @Override
        public Class<Mail> parameters() {
          return Mail.class;
        }
      };

  private final ParametersJson json = new ParametersJson(new Vault(new byte[32]));
  private final ConnectorTypes<ConnectorType<Mail>> types =
      new ConnectorTypes<>("events", json, List.of(MAIL));

  @Test
  void keepsSecretsEncryptedAndShowsThemHidden() throws Exception {
    NewConnector mail =
        check(
            """
            {"type": "mail", "params": {"host": "h", "port": 25, "user_name": "u",
             "password": "open sesame"}}\
            """);

    assertEquals("mail", mail.type());
    assertFalse(mail.parameters().contains("sesame"), mail.parameters());
    Mail read = json.parseStored(mail.parameters(), Mail.class);
    assertEquals("open sesame", read.password().orElseThrow().value());
    assertFalse(read.toString().contains("sesame"), read.toString());
    assertEquals(
        "{\"host\":\"h\",\"port\":25,\"user_name\":\"u\",\"password\":\"********\"}",
        types.shown(new StoredConnector(1, "mail", mail.parameters())));
  }

  @Test
  void whatCannotBeDecryptedIsSaidAndNotShown() throws Exception {
    NewConnector mail =
        check("{\"type\":\"mail\",\"params\":{\"host\":\"h\",\"port\":1,\"password\":\"p\"}}");
    byte[] other = new byte[32];
    other[0] = 1;
    ParametersJson elsewhere = new ParametersJson(new Vault(other));

    InvalidParametersException e =
        assertThrows(
            InvalidParametersException.class,
            () -> elsewhere.parseStored(mail.parameters(), Mail.class));
    assertTrue(e.getMessage().contains("another key"), e.getMessage());
    assertEquals(
        "{}",
        new ConnectorTypes<>("events", elsewhere, List.of(MAIL))
            .shown(new StoredConnector(1, "mail", mail.parameters())));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"type\":\"post\",\"params\":{}}|There is no type 'post' of events, only mail.",
        "{\"params\":{}}|There is no type '' of events, only mail.",
        "{\"type\":5,\"params\":{}}|There is no type '5' of events, only mail.",
        "{\"type\":\"mail\"}|'params' must be an object with the parameters.",
        "{\"type\":\"mail\",\"params\":[]}|'params' must be an object with the parameters.",
        "{\"type\":\"mail\",\"params\":{\"host\":\"h\"}}"
            + "|The parameter 'port' is missing or cannot be used.",
        "{\"type\":\"mail\",\"params\":{\"host\":\"h\",\"port\":\"x\"}}"
            + "|The parameter 'port' is missing or cannot be used.",
        "{\"type\":\"mail\",\"params\":{\"host\":\"h\",\"port\":0}}|port must be at least 1.",
        "{\"type\":\"mail\",\"params\":{\"host\":\"h\",\"port\":1,\"password\":5}}"
            + "|The parameter 'password' is missing or cannot be used.",
        "{\"type\":\"mail\",\"params\":{\"host\":\"h\",\"port\":1,\"extra\":5}}"
            + "|There is no parameter 'extra'."
      })
  void saysWhatIsWrong(String sent, String sentence) {
    assertEquals(
        sentence, assertThrows(InvalidParametersException.class, () -> check(sent)).getMessage());
  }

  private NewConnector check(String sent) throws Exception {
    return types.check(JsonMapper.builder().build().readTree(sent));
  }
}
