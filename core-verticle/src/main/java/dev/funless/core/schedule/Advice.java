package dev.funless.core.schedule;

/** What a policy that is a wasm function answered. */
public sealed interface Advice {

  /** No such function was asked, as by most policies. */
  Advice NOT_ASKED = new Failed("it was not asked");

  /** The worker of that name, or of that id. */
  record Named(String worker) implements Advice {}

  /** No worker; {@code reason} is a sentence for the caller. */
  record Nobody(String reason) implements Advice {}

  /** It gave no answer; {@code why} is a part of a sentence. */
  record Failed(String why) implements Advice {}
}
