package dev.funless.tests.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;

/** A multipart form, as the command-line client sends it. Not thread-safe. */
final class Form {

  static final String BOUNDARY = "system-tests-boundary";
  static final String CONTENT_TYPE = "multipart/form-data; boundary=" + BOUNDARY;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  static Form empty() {
    return new Form();
  }

  static Form of(String name, byte[] code) {
    return new Form().text("name", name).file("code", code);
  }

  /** An example function with metadata. */
  static Form of(String name, String example, JsonObject metadata) {
    return of(name, Checkout.wasm(example)).text("metadata", metadata.encode());
  }

  /** A configuration script, as the command-line client sends it. */
  static Form script(String name, String script) {
    return new Form().text("name", name).file("file", script.getBytes(UTF_8));
  }

  Form text(String name, String value) {
    return text(name, value.getBytes(UTF_8));
  }

  Form text(String name, byte[] value) {
    part("Content-Disposition: form-data; name=\"" + name + "\"", value);
    return this;
  }

  Form file(String name, byte[] content) {
    part(
        "Content-Disposition: form-data; name=\""
            + name
            + "\"; filename=\"code.wasm\"\r\nContent-Type: application/octet-stream",
        content);
    return this;
  }

  byte[] bytes() {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(bytes.toByteArray());
    whole.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(UTF_8));
    return whole.toByteArray();
  }

  private void part(String headers, byte[] content) {
    bytes.writeBytes(("--" + BOUNDARY + "\r\n" + headers + "\r\n\r\n").getBytes(UTF_8));
    bytes.writeBytes(content);
    bytes.writeBytes("\r\n".getBytes(UTF_8));
  }
}
