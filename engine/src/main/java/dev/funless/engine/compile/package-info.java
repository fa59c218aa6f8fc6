/** From a checked module to classes of the JVM, and from classes to machines that run calls. */
package dev.funless.engine.compile;
