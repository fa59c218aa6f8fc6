/**
 * What runs in JVMs of their own, with a worker's options: calls under JMH, and programs that tell
 * their figures as a line of text.
 */
package dev.funless.bench.engine.jvm;
