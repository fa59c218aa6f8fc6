/** Tests of the whole platform: real processes from the fat jars, over HTTP. */
package dev.funless.tests.system;
