package dev.funless.core.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.funless.core.connector.ConnectorTypes;
import dev.funless.core.connector.InvalidParametersException;
import dev.funless.core.connector.NewConnector;
import dev.funless.core.connector.StoredConnector;
import dev.funless.core.connector.TestCertificates;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each type takes and what it says to what it does not. */
class EventTypesTest {

  private final ConnectorTypes<EventType<?>> types =
      EventTypes.all(TestCore.JSON, Clock.systemUTC(), 1_000);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "mqtt|{'host':'h','port':1883,'topic':'a/b'}",
        "mqtt|{'host':'h','port':'1883','topic':'#'}",
        "mqtt|{'host':'h','port':1,'topic':'+/a/+/#','qos':0,'tls':true}",
        "mqtt|{'host':'h','port':1,'topic':'$share/g/a','qos':2,'username':'u','client_id':'c'}",
        "cron|{'schedule':'*/5 * * * *'}",
        "cron|{'schedule':'0 3 29 2 *','time_zone':'Europe/Rome','missed':'once','args':{'a':[1]}}",
        "cron|{'schedule':'0 0 * * 1-5','missed':'skip'}",
        "http|{'path':'/'}",
        "http|{'path':'/orders/:id','method':'POST','public':true}",
        "http|{'path':'/a.b/~c_d-e','method':'*','public':false}"
      })
  void takesAndShows(String type, String params) throws Exception {
    NewConnector checked = check(type, params);

    String shown = types.shown(new StoredConnector(1, checked.type(), checked.parameters()));
    JsonMapper mapper = JsonMapper.builder().build();
    assertEquals(
        mapper.readTree(params.replace('\'', '"').replace("\"1883\"", "1883")),
        mapper.readTree(shown));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "mqtt|{}|The parameter 'host' is missing or cannot be used.",
        "mqtt|{'host':' ','port':1,'topic':'t'}|The parameter 'host' is missing or cannot be used.",
        "mqtt|{'host':5,'port':1,'topic':'t'}|The parameter 'host' is missing or cannot be used.",
        "mqtt|{'host':null,'port':1,'topic':'t'}|The parameter 'host' is missing or cannot be"
            + " used.",
        "mqtt|{'host':'h','topic':'t'}|The parameter 'port' is missing or cannot be used.",
        "mqtt|{'host':'h','port':0,'topic':'t'}|'port' must be a number from 1 to 65535.",
        "mqtt|{'host':'h','port':65536,'topic':'t'}|'port' must be a number from 1 to 65535.",
        "mqtt|{'host':'h','port':'mqtt','topic':'t'}|'port' must be a number from 1 to 65535.",
        "mqtt|{'host':'h','port':1.5,'topic':'t'}|'port' must be a number from 1 to 65535.",
        "mqtt|{'host':'h','port':true,'topic':'t'}|'port' must be a number from 1 to 65535.",
        "mqtt|{'host':'h','port':1}|The parameter 'topic' is missing or cannot be used.",
        "mqtt|{'host':'h','port':1,'topic':''}|'topic' must be a topic filter; '+' and '#' stand"
            + " for whole levels, '#' for the last.",
        "mqtt|{'host':'h','port':1,'topic':'a/#/b'}|'topic' must be a topic filter; '+' and '#'"
            + " stand for whole levels, '#' for the last.",
        "mqtt|{'host':'h','port':1,'topic':'a+'}|'topic' must be a topic filter; '+' and '#' stand"
            + " for whole levels, '#' for the last.",
        "mqtt|{'host':'h','port':1,'topic':'t','qos':3}|'qos' must be 0, 1 or 2.",
        "mqtt|{'host':'h','port':1,'topic':'t','qos':-1}|'qos' must be 0, 1 or 2.",
        "mqtt|{'host':'h','port':1,'topic':'t','qos':'1'}|The parameter 'qos' is missing or cannot"
            + " be used.",
        "mqtt|{'host':'h','port':1,'topic':'t','tls':'yes'}|The parameter 'tls' is missing or"
            + " cannot be used.",
        "mqtt|{'host':'h','port':1,'topic':'t','username':[]}|The parameter 'username' is missing"
            + " or cannot be used.",
        "mqtt|{'host':'h','port':1,'topic':'t','password':'p'}|A 'password' needs a 'username'.",
        "mqtt|{'host':'h','port':1,'topic':'t','password':1}|The parameter 'password' is missing or"
            + " cannot be used.",
        "mqtt|{'host':'h','port':1,'topic':'t','client_id':''}|'client_id' must have 1 to 1000"
            + " characters.",
        "mqtt|{'host':'h','port':1,'topic':'t','tls':true,'ca':'x'}|ca must be one or more"
            + " certificates in PEM.",
        "mqtt|{'host':'h','port':1,'topic':'t','user':'u'}|There is no parameter 'user'.",
        "cron|{}|The parameter 'schedule' is missing or cannot be used.",
        "cron|{'schedule':5}|The parameter 'schedule' is missing or cannot be used.",
        "cron|{'schedule':''}|'schedule' must have five fields as of cron, such as '*/5 * * * *'.",
        "cron|{'schedule':'* * * *'}|'schedule' must have five fields as of cron, such as"
            + " '*/5 * * * *'.",
        "cron|{'schedule':'0 * * * * *'}|'schedule' must have five fields as of cron, such as"
            + " '*/5 * * * *'.",
        "cron|{'schedule':'60 * * * *'}|'schedule' must have five fields as of cron, such as"
            + " '*/5 * * * *'.",
        "cron|{'schedule':'0 0 31 2 *'}|'schedule' names a time that never comes.",
        "cron|{'schedule':'* * * * *','time_zone':'Mars'}|'time_zone' must be the name of a time"
            + " zone, such as 'Europe/Rome'.",
        "cron|{'schedule':'* * * * *','missed':'twice'}|'missed' must be 'skip' or 'once'.",
        "cron|{'schedule':'* * * * *','args':[]}|The parameter 'args' is missing or cannot be"
            + " used.",
        "cron|{'schedule':'* * * * *','zone':'UTC'}|There is no parameter 'zone'.",
        "http|{}|The parameter 'path' is missing or cannot be used.",
        "http|{'path':7}|The parameter 'path' is missing or cannot be used.",
        "http|{'path':'orders'}|'path' must start with '/' and have at most 1000 characters.",
        "http|{'path':'/a/'}|'path' must consist of segments of letters, digits and '._~-', or of"
            + " ':' and a name.",
        "http|{'path':'/../v1'}|'path' must consist of segments of letters, digits and '._~-', or"
            + " of ':' and a name.",
        "http|{'path':'/a/:1'}|'path' must consist of segments of letters, digits and '._~-', or of"
            + " ':' and a name.",
        "http|{'path':'/a/*'}|'path' must consist of segments of letters, digits and '._~-', or of"
            + " ':' and a name.",
        "http|{'path':'/:a/:a'}|'path' must not have two segments of one name.",
        "http|{'path':'/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a'}|'path'"
            + " must have at most 32 segments.",
        "http|{'path':'/a','method':'get'}|'method' must be GET, HEAD, POST, PUT, PATCH, DELETE,"
            + " OPTIONS or *.",
        "http|{'path':'/a','public':'yes'}|The parameter 'public' is missing or cannot be used.",
        "http|{'path':'/a','is_public':true}|There is no parameter 'is_public'.",
        "amqp|{}|There is no type 'amqp' of events, only mqtt, cron, http."
      })
  void saysWhatIsWrong(String type, String params, String sentence) {
    assertEquals(
        sentence,
        assertThrows(InvalidParametersException.class, () -> check(type, params)).getMessage());
  }

  @Test
  void takesCertificatesToTrustWhereItEncrypts() throws Exception {
    String pem = TestCertificates.authority().pem().replace("\n", "\\n");
    String params = "{'host':'h','port':1,'topic':'t','tls':true,'ca':'%s'}".formatted(pem);

    NewConnector checked = check("mqtt", params);

    String shown = types.shown(new StoredConnector(1, "mqtt", checked.parameters()));
    assertEquals(
        TestCertificates.authority().pem(),
        JsonMapper.builder().build().readTree(shown).path("ca").textValue());
    assertEquals(
        "ca must not be given without TLS.",
        assertThrows(
                InvalidParametersException.class,
                () -> check("mqtt", params.replace("'tls':true,", "")))
            .getMessage());
  }

  private NewConnector check(String type, String params) throws Exception {
    return types.check(
        JsonMapper.builder()
            .build()
            .readTree("{\"type\":\"" + type + "\",\"params\":" + params.replace('\'', '"') + "}"));
  }
}
