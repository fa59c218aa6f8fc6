package dev.funless.core.schedule.app;

import dev.funless.core.schedule.app.Yaml.Text;

/**
 * The part of a script that is being read, for messages.
 *
 * @param description as {@code ", tag 'a', block 2"}
 */
record Place(String description) {

  static final Place SCRIPT = new Place("");

  Place tag(String name) {
    return new Place(description + ", tag " + Shown.quoted(name));
  }

  Place block(int number) {
    return new Place(description + ", block " + number);
  }

  /** A text as it was written, which may look like a number but not be empty. */
  String name(Yaml node, String what) throws InvalidScriptException {
    if (!(node instanceof Text text)) {
      throw wrong(node.line(), what + " must be a text" + Shown.insteadOf(node) + ".");
    }
    if (text.value().isBlank()) {
      throw wrong(node.line(), what + " is empty.");
    }
    return text.value();
  }

  InvalidScriptException wrong(int line, String sentence) {
    return new InvalidScriptException("Line " + line + description + ": " + sentence, true);
  }
}
