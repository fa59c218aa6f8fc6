package dev.funless.tests.system;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Configuration scripts that a test stores. Used by one thread. */
final class StoredScripts implements AutoCloseable {

  private final Client client;
  private final String prefix;
  private final List<String> names = new ArrayList<>();

  /**
   * @param prefix of the scripts' names
   */
  StoredScripts(Client client, String prefix) {
    this.client = client;
    this.prefix = prefix;
  }

  /** Stores a script; gives the scheduling that names it. */
  JsonObject by(String script) {
    String name = prefix + "_" + names.size();
    names.add(name);
    client.store(name, script);
    return new JsonObject().put("language", "app").put("script", name);
  }

  /** Deletes them; what names them must be gone before. */
  @Override
  public void close() {
    for (String name : names) {
      Client.Answer answer = client.delete("/v1/scripts/app/" + name);
      if (answer.status() != 204) {
        throw new AssertionError("deleting " + name + " gave " + answer);
      }
    }
  }
}
